package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/** What live volumes with a plain tree have in common: checking calls and counting space. */
abstract class TreeLive implements LiveVolume {
  private final Identity identity;
  private final long capacity;
  private Tree tree;
  private long used;
  private long nextInode;
  private boolean mounted;
  private final TreeMap<String, Tree.File> nameless = new TreeMap<>();

  TreeLive(Identity identity, long capacity, Tree tree) {
    this.identity = identity;
    this.capacity = capacity;
    see(tree);
  }

  /** The live tree is another one. */
  final void see(Tree now) {
    tree = now;
    long[] sum = new long[2];
    count(now.root(), sum, new HashSet<>());
    used = sum[0];
    nextInode = Math.max(nextInode, sum[1] + 1);
  }

  /** Blocks in use, an extent that several files share once; and the highest number given out. */
  private static void count(Tree.Directory directory, long[] sum, Set<Long> extents) {
    sum[1] = Math.max(sum[1], directory.inode());
    for (int i = 0; i < directory.size(); i++) {
      switch (directory.node(i)) {
        case Tree.Directory below -> count(below, sum, extents);
        case Tree.Symlink link -> sum[1] = Math.max(sum[1], link.inode());
        case Tree.File file -> {
          sum[0] += extents.add(file.extent()) ? JournalVolume.blocksOf(file.content().length()) : 0;
          sum[1] = Math.max(sum[1], Math.max(file.inode(), file.extent()));
        }
      }
    }
  }

  /** How many files lie in an extent. */
  final int holders(long extent) {
    return holders(tree.root(), extent);
  }

  private static int holders(Tree.Directory directory, long extent) {
    int sum = 0;
    for (int i = 0; i < directory.size(); i++) {
      sum += switch (directory.node(i)) {
        case Tree.Directory below -> holders(below, extent);
        case Tree.File file -> file.extent() == extent ? 1 : 0;
        case Tree.Symlink link -> 0;
      };
    }
    return sum;
  }

  final long freshInode() {
    return nextInode++;
  }

  @Override
  public final Tree tree() {
    return tree;
  }

  @Override
  public void mount() {
    mounted = true;
  }

  final boolean isMounted() {
    return mounted;
  }

  final void change(Tree now) {
    tree = now;
  }

  final Tree.Directory freeIn(String call, String path) {
    requireMounted(call, path);
    if (tree.exists(path)) {
      throw new IllegalStateException("cannot " + call + " " + path + ": it exists");
    }
    return parent(call, path);
  }

  final Tree.Directory parent(String call, String path) {
    if (tree.above(path) instanceof Tree.Directory directory) {
      return directory;
    }
    throw new IllegalStateException("cannot " + call + " " + path + ": no directory above it");
  }

  final Tree.File file(String call, String path) {
    requireMounted(call, path);
    if (tree.get(path) instanceof Tree.File file) {
      return file;
    }
    if (nameless.get(path) instanceof Tree.File file) {
      return file;
    }
    throw new IllegalStateException("cannot " + call + " " + path + ": no such regular file");
  }

  final Tree.Directory directory(String call, String path) {
    requireMounted(call, path);
    if (tree.get(path) instanceof Tree.Directory directory) {
      return directory;
    }
    throw new IllegalStateException("cannot " + call + " " + path + ": no such directory");
  }

  /** The node to be renamed, after the usual checks. */
  final Tree.Node movable(String from, String to) {
    requireMounted("rename", from);
    Tree.Node node = tree.get(from);
    parent("rename", to);
    Tree.Node target = tree.get(to);
    boolean fits =
        node != null
            && (target == null
                || (target instanceof Tree.Directory other
                    ? node instanceof Tree.Directory && other.size() == 0
                    : !(node instanceof Tree.Directory)));
    if (!fits) {
      throw new IllegalStateException("cannot rename " + from + " to " + to + ": missing or not replaceable");
    }
    return node;
  }

  final Tree.Node removable(String path) {
    requireMounted("unlink", path);
    Tree.Node node = nameless.containsKey(path) ? nameless.get(path) : tree.get(path);
    if (node == null || node instanceof Tree.Directory) {
      throw new IllegalStateException("cannot unlink " + path + ": no such file");
    }
    return node;
  }

  final void requireMounted(String call, String path) {
    if (!mounted) {
      throw new IllegalStateException("cannot " + call + " " + path + ": the volume is not mounted");
    }
  }

  /** Takes or (negative) gives back blocks. */
  final void take(String path, long blocks) {
    if (blocks > 0 && used + blocks > capacity) {
      throw new NoSpaceException(
          "cannot write " + path + ": " + blocks + " blocks needed, " + (capacity - used) + " free on "
              + identity.label());
    }
    used += blocks;
  }

  static long blocks(Content content) {
    return JournalVolume.blocksOf(content.length());
  }

  /** The new content must continue the old one. */
  static void requireLonger(String path, Tree.File old, Content content) {
    if (content.length() < old.content().length()) {
      throw new IllegalStateException("cannot append to " + path + ": the new content is shorter than the file");
    }
  }

  static void requireSameLength(String path, Tree.File old, Content content) {
    if (content.length() != old.content().length()) {
      throw new IllegalStateException("cannot overwrite " + path + " in place: the lengths differ");
    }
  }

  /** Every name of an inode shows another file. */
  final Tree withFile(long inode, Tree.File now) {
    nameless.replaceAll((path, file) -> file.inode() == inode ? now : file);
    return tree.mapFiles(file -> file.inode() == inode ? now : file);
  }

  static boolean hasInode(Tree.Directory directory, long inode) {
    for (String name : directory.names()) {
      Tree.Node node = directory.get(name);
      boolean here =
          node instanceof Tree.File file ? file.inode() == inode
              : node instanceof Tree.Directory below && hasInode(below, inode);
      if (here) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String temporary(String directory) {
    directory("make a nameless file in", directory);
    long inode = freshInode();
    nameless.put("/#" + inode, new Tree.File(Content.EMPTY, inode, inode));
    return "/#" + inode;
  }

  @Override
  public void close(String path) {
    file("close", path);
  }

  @Override
  public final Space space() {
    return new Space(capacity - used, Long.MAX_VALUE);
  }
}
