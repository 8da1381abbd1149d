package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The name space of a file system: an immutable tree of directories, files and symbolic links.
 *
 * <p>Updates share structure and cost one small array per path component. {@link #hash()} depends on names and contents
 * only, never on inode numbers or history, so two trees that no program can tell apart have one hash.
 *
 * <p>Paths are absolute with {@code /} between names; symbolic links in the middle of a path are not followed here.
 */
public final class Tree {

  public static final Tree EMPTY = new Tree(Directory.empty(0));

  private final Directory root;

  private Tree(Directory root) {
    this.root = root;
  }

  /** Something that has a name. */
  public sealed interface Node {
    Hash128 hash();
  }

  /**
   * A regular file.
   *
   * @param inode identity inside the file system, not part of the hash
   * @param extent identity of the data blocks: an overwrite in place keeps it, a truncation ends it; not part of
   * the hash
   */
  public record File(Content content, long inode, long extent) implements Node {
    @Override
    public Hash128 hash() {
      return content.hash();
    }
  }

  /** A symbolic link. */
  public record Symlink(String target, long inode, Hash128 hash) implements Node {
    public Symlink(String target, long inode) {
      this(target, inode, Hash128.of("link:" + target));
    }
  }

  /** A directory: names in sorted order. */
  public static final class Directory implements Node {
    private static final Hash128 NO_ENTRIES = Hash128.of("directory");
    /** Up to so many names looking at each is quicker than halving. */
    private static final int FEW = 16;

    private final long inode;
    private final Name[] names;
    private final Node[] nodes;
    private final Hash128 hash;

    private Directory(long inode, Name[] names, Node[] nodes, Hash128 hash) {
      this.inode = inode;
      this.names = names;
      this.nodes = nodes;
      this.hash = hash;
    }

    /** An empty directory; a negative inode number stands for a file system whose names have no case (FAT). */
    public static Directory empty(long inode) {
      return new Directory(inode, new Name[0], new Node[0], NO_ENTRIES);
    }

    public long inode() {
      return inode;
    }

    /** The names, sorted. */
    public List<String> names() {
      List<String> result = new ArrayList<>(names.length);
      for (Name name : names) {
        result.add(name.text());
      }
      return result;
    }

    public int size() {
      return names.length;
    }

    /** The name at a place, counted from 0 in sorted order. */
    public String name(int at) {
      return names[at].text();
    }

    /** The node whose name stands at a place. */
    public Node node(int at) {
      return nodes[at];
    }

    /** The same names with other nodes of equal fingerprints: numbers changed, contents did not. */
    Directory renumbered(long number, Node[] others) {
      return new Directory(number, names, others, hash);
    }

    /** The node of that name, or null; without regard to case where the file system has none. */
    public Node get(String name) {
      int at = indexOf(name);
      if (at < 0 && inode < 0) {
        at = foldedIndexOf(name);
      }
      return at < 0 ? null : nodes[at];
    }

    /** The node whose name is a part of {@code path}; no string is made of it. */
    private Node get(String path, int from, int to) {
      int at = indexOf(path, from, to);
      return at >= 0 ? nodes[at] : inode < 0 ? get(path.substring(from, to)) : null;
    }

    /** Place of a name that is a part of {@code path}, negative if it is not here. Most differ in length or end. */
    private int indexOf(String path, int from, int to) {
      if (names.length > FEW) {
        return indexOf(path.substring(from, to));
      }
      int length = to - from;
      char last = path.charAt(to - 1);
      for (int i = 0; i < names.length; i++) {
        String name = names[i].text();
        if (name.length() == length && name.charAt(length - 1) == last && name.regionMatches(0, path, from, length)) {
          return i;
        }
      }
      return -1;
    }

    private int foldedIndexOf(String name) {
      for (int i = 0; i < names.length; i++) {
        if (names[i].text().equalsIgnoreCase(name)) {
          return i;
        }
      }
      return -1;
    }

    /** This directory with a name bound to a node, in place of what it was bound to before. */
    public Directory with(String name, Node node) {
      int at = indexOf(name);
      return at >= 0 ? replaced(at, node) : inserted(-at - 1, Name.of(name), node);
    }

    private Directory replaced(int at, Node node) {
      if (nodes[at] == node) {
        return this;
      }
      Node[] changed = nodes.clone();
      changed[at] = node;
      return new Directory(inode, names, changed, hash.minus(entry(names[at], nodes[at])).plus(entry(names[at], node)));
    }

    private Directory inserted(int place, Name name, Node node) {
      Name[] moreNames = new Name[names.length + 1];
      Node[] moreNodes = new Node[names.length + 1];
      System.arraycopy(names, 0, moreNames, 0, place);
      System.arraycopy(nodes, 0, moreNodes, 0, place);
      moreNames[place] = name;
      moreNodes[place] = node;
      System.arraycopy(names, place, moreNames, place + 1, names.length - place);
      System.arraycopy(nodes, place, moreNodes, place + 1, names.length - place);
      return new Directory(inode, moreNames, moreNodes, hash.plus(entry(name, node)));
    }

    /** This directory without a name; itself when the name is not there. */
    public Directory without(String name) {
      int at = indexOf(name);
      return at < 0 ? this : removed(at);
    }

    private Directory removed(int at) {
      Name[] fewerNames = new Name[names.length - 1];
      Node[] fewerNodes = new Node[names.length - 1];
      System.arraycopy(names, 0, fewerNames, 0, at);
      System.arraycopy(nodes, 0, fewerNodes, 0, at);
      System.arraycopy(names, at + 1, fewerNames, at, fewerNames.length - at);
      System.arraycopy(nodes, at + 1, fewerNodes, at, fewerNodes.length - at);
      return new Directory(inode, fewerNames, fewerNodes, hash.minus(entry(names[at], nodes[at])));
    }

    @Override
    public Hash128 hash() {
      return hash;
    }

    private Directory mapFiles(UnaryOperator<File> change) {
      Node[] changed = null;
      Hash128 sum = hash;
      for (int i = 0; i < nodes.length; i++) {
        Node now =
            switch (nodes[i]) {
              case File file -> change.apply(file);
              case Directory directory -> directory.mapFiles(change);
              case Symlink link -> link;
            };
        if (now != nodes[i]) {
          changed = changed == null ? nodes.clone() : changed;
          changed[i] = now;
          sum = sum.minus(entry(names[i], nodes[i])).plus(entry(names[i], now));
        }
      }
      return changed == null ? this : new Directory(inode, names, changed, sum);
    }

    private static Hash128 entry(Name name, Node node) {
      return name.hash().then(node.hash());
    }

    private int indexOf(String name) {
      int low = 0;
      int high = names.length - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = names[middle].text().compareTo(name);
        if (order == 0) {
          return middle;
        }
        if (order < 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return -low - 1;
    }
  }

  /** A tree with this root. */
  static Tree of(Directory root) {
    return new Tree(root);
  }

  /** This tree with every regular file replaced; shares whatever does not change. */
  Tree mapFiles(UnaryOperator<File> change) {
    Directory changed = root.mapFiles(change);
    return changed == root ? this : new Tree(changed);
  }

  private record Name(String text, Hash128 hash) {
    static Name of(String text) {
      return new Name(text, Hash128.of(text));
    }
  }

  public Directory root() {
    return root;
  }

  /** The node at a path ({@code /} is the root), or null. */
  public Node get(String path) {
    return get(path, path.length());
  }

  private Node get(String path, int length) {
    Node node = root;
    int start = 1;
    while (start < length) {
      if (!(node instanceof Directory directory)) {
        return null;
      }
      int end = path.indexOf('/', start, length);
      end = end < 0 ? length : end;
      node = directory.get(path, start, end);
      start = end + 1;
    }
    return node;
  }

  public boolean exists(String path) {
    return get(path) != null;
  }

  /** The content of the regular file at a path, or null. */
  public Content content(String path) {
    return get(path) instanceof File file ? file.content() : null;
  }

  /** The target of the symbolic link at a path, or null. */
  public String target(String path) {
    return get(path) instanceof Symlink link ? link.target() : null;
  }

  /** The sorted names in the directory at a path; empty when there is no directory. */
  public List<String> names(String path) {
    return get(path) instanceof Directory directory ? directory.names() : List.of();
  }

  /**
   * This tree with a node at a path.
   *
   * @throws IllegalArgumentException if the parent directory is missing
   */
  public Tree with(String path, Node node) {
    return new Tree((Directory) put(root, path, 1, node));
  }

  /** This tree without the node at a path; itself when there is none. */
  public Tree without(String path) {
    return get(path) == null ? this : new Tree((Directory) put(root, path, 1, null));
  }

  /** The directory that holds a path's last name, or null. */
  Directory above(String path) {
    int end = path.lastIndexOf('/');
    return get(path, Math.max(end, 1)) instanceof Directory directory ? directory : null;
  }

  private static Node put(Node at, String path, int start, Node node) {
    if (!(at instanceof Directory directory)) {
      throw new IllegalArgumentException("cannot change " + path + ": no directory above it");
    }
    int end = path.indexOf('/', start);
    if (end < 0) {
      int place = directory.indexOf(path, start, path.length());
      if (node == null) {
        return place < 0 ? directory : directory.removed(place);
      }
      return place < 0 ? directory.with(path.substring(start), node) : directory.replaced(place, node);
    }
    int place = directory.indexOf(path, start, end);
    Node below = place < 0 ? directory.get(path, start, end) : directory.nodes[place];
    Node changed = put(below, path, end + 1, node);
    return place < 0 ? directory.with(path.substring(start, end), changed) : directory.replaced(place, changed);
  }

  /** Depends on names, link targets and contents only. */
  public Hash128 hash() {
    return root.hash();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tree tree && tree.hash().equals(hash());
  }

  @Override
  public int hashCode() {
    return hash().hashCode();
  }
}
