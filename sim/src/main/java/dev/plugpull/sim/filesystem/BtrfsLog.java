package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** What replaying the log gives after one more fsync: the old recovered tree and the few items that the fsync logs. */
final class BtrfsLog {
  private Tree replayed;
  private final Tree live;
  private final LongPredicate onDisk;

  BtrfsLog(Tree replayed, Tree live, LongPredicate onDisk) {
    this.replayed = replayed;
    this.live = live;
    this.onDisk = onDisk;
  }

  /** fsync of a file: its data, all its present names, the directories above them if they are new. */
  Tree file(Tree.File node) {
    for (String path : paths(replayed, node.inode())) {
      replayed = replayed.without(path);
    }
    for (String path : paths(live, node.inode())) {
      String directory = placeOf(PathHash.parent(path));
      replayed = replayed.with(PathHash.child(directory, PathHash.name(path)), node);
    }
    return replayed;
  }

  /** Where a live directory stands after replay: at its old place if it has one, else it is made. */
  private String placeOf(String path) {
    if (path.equals("/")) {
      return path;
    }
    Tree.Directory directory = (Tree.Directory) live.get(path);
    List<String> known = paths(replayed, directory.inode());
    if (!known.isEmpty()) {
      return known.getFirst();
    }
    String made = PathHash.child(placeOf(PathHash.parent(path)), PathHash.name(path));
    replayed = replayed.with(made, Tree.Directory.empty(directory.inode()));
    return made;
  }

  /**
   * fsync of a directory: its names as they are now. A new inode that was never flushed is logged empty, even in
   * place of
   * one that had data. Null if something moved out of the directory: then the whole transaction is committed.
   */
  Tree directory(Tree.Directory node) {
    String livePath = node == live.root() ? "/" : paths(live, node.inode()).getFirst();
    String place = placeOf(livePath);
    Tree.Directory before = (Tree.Directory) replayed.get(place);
    for (String name : before.names()) {
      Tree.Node old = before.get(name);
      Tree.Node now = node.get(name);
      if (now == null || inode(now) != inode(old)) {
        boolean movedOut = paths(live, inode(old)).stream().anyMatch(path -> !PathHash.parent(path).equals(livePath));
        if (movedOut) {
          return null;
        }
      }
    }
    Tree.Directory names = Tree.Directory.empty(node.inode());
    for (String name : node.names()) {
      names = names.with(name, logged(node.get(name)));
    }
    replayed = place.equals("/") ? Tree.of(names) : replayed.with(place, names);
    return replayed;
  }

  private Tree.Node logged(Tree.Node node) {
    return switch (node) {
      case Tree.Symlink link -> link;
      case Tree.File file -> {
        Tree.File known = find(file.inode());
        yield known != null ? known : onDisk.test(file.inode()) ? file
            : new Tree.File(Content.EMPTY, file.inode(), file.extent());
      }
      case Tree.Directory directory -> {
        List<String> known = paths(replayed, directory.inode());
        if (!known.isEmpty()) {
          yield replayed.get(known.getFirst());
        }
        Tree.Directory made = Tree.Directory.empty(directory.inode());
        for (String name : directory.names()) {
          made = made.with(name, logged(directory.get(name)));
        }
        yield made;
      }
    };
  }

  private Tree.File find(long inode) {
    List<String> known = paths(replayed, inode);
    return known.isEmpty() ? null : (Tree.File) replayed.get(known.getFirst());
  }

  private static long inode(Tree.Node node) {
    return switch (node) {
      case Tree.Directory directory -> directory.inode();
      case Tree.Symlink link -> link.inode();
      case Tree.File file -> file.inode();
    };
  }

  /** All names of an inode, in path order. */
  static List<String> paths(Tree tree, long inode) {
    List<String> found = new ArrayList<>(1);
    collect(tree.root(), null, inode, found);
    return found;
  }

  /** The names that lead to a directory; a path is made only where something was found. */
  private record Way(Way above, String name) {
    String path() {
      return (above == null ? "" : above.path()) + "/" + name;
    }
  }

  private static void collect(Tree.Directory directory, Way way, long inode, List<String> found) {
    for (String name : directory.names()) {
      Tree.Node node = directory.get(name);
      if (inode(node) == inode) {
        found.add(new Way(way, name).path());
      }
      if (node instanceof Tree.Directory below) {
        collect(below, new Way(way, name), inode, found);
      }
    }
  }
}
