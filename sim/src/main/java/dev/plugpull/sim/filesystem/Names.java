package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;

/**
 * The name space at one place of the metadata stream. Because that stream is ordered, the name space of a crash
 * state is
 * always one of these, so it is computed once, when the system call is made.
 *
 * @param tree names; the contents of its files are those of the live view and mean nothing here
 * @param weights two lanes for each inode number: the sum of the weights of the paths of this file
 * @param high lane of the fingerprint of all directories and symbolic links
 * @param low as {@code high}
 */
record Names(Tree tree, long[] weights, long high, long low, Below below) {

  Names(Tree tree, long[] weights, long high, long low) {
    this(tree, weights, high, low, new Below());
  }

  /** What lies below what, as pairs of inode numbers; made when somebody asks. */
  static final class Below {
    private int[] pairs;
  }

  /** Pairs of inode numbers, a child's before that of the directory it is in; a child comes before its parent. */
  int[] pairs() {
    int[] known = below.pairs;
    if (known == null) {
      known = Arrays.copyOf(new int[0], 2 * count(tree.root()));
      collect(tree.root(), known, 0);
      below.pairs = known;
    }
    return known;
  }

  private static int count(Tree.Directory directory) {
    int sum = directory.size();
    for (int i = 0; i < directory.size(); i++) {
      sum += directory.node(i) instanceof Tree.Directory inner ? count(inner) : 0;
    }
    return sum;
  }

  private static int collect(Tree.Directory directory, int[] into, int from) {
    int at = from;
    for (int i = 0; i < directory.size(); i++) {
      at = directory.node(i) instanceof Tree.Directory inner ? collect(inner, into, at) : at;
      into[at++] = JournalState.numberOf(directory.node(i));
      into[at++] = (int) directory.inode();
    }
    return at;
  }

  static Names of(Tree tree) {
    Names names = new Names(tree, new long[64], 0, 0);
    Sum sum = new Sum(names);
    sum.add(tree.root(), "/", 1);
    return sum.result(tree);
  }

  /** This name space with a node more; the path must be free. */
  Names with(String path, Tree.Node node) {
    Sum sum = new Sum(this);
    sum.add(node, path, 1);
    return sum.result(tree.with(path, node));
  }

  Names without(String path) {
    Sum sum = new Sum(this);
    sum.add(tree.get(path), path, -1);
    return sum.result(tree.without(path));
  }

  /** The same names, another live tree. */
  Names seen(Tree live) {
    return new Names(live, weights, high, low, below);
  }

  /** True if the inode has this name and no other. */
  boolean isOnly(int inode, String path) {
    return highOf(inode) == PathHash.high(path) && lowOf(inode) == PathHash.low(path);
  }

  Names moved(String from, String to) {
    Sum sum = new Sum(this);
    Tree.Node node = tree.get(from);
    Tree.Node replaced = tree.get(to);
    if (replaced != null) {
      sum.add(replaced, to, -1);
    }
    sum.add(node, from, -1);
    sum.add(node, to, 1);
    return sum.result(tree.without(from).with(to, node));
  }

  long highOf(int inode) {
    return 2 * inode < weights.length ? weights[2 * inode] : 0;
  }

  long lowOf(int inode) {
    return 2 * inode < weights.length ? weights[2 * inode + 1] : 0;
  }

  private static final class Sum {
    private long[] weights;
    private long high;
    private long low;

    Sum(Names from) {
      weights = from.weights.clone();
      high = from.high;
      low = from.low;
    }

    void add(Tree.Node node, String path, long sign) {
      long wide = PathHash.high(path);
      long other = PathHash.low(path);
      switch (node) {
        case Tree.File file -> {
          int at = 2 * Math.toIntExact(file.inode());
          if (at >= weights.length) {
            weights = Arrays.copyOf(weights, at * 2);
          }
          weights[at] += sign * wide;
          weights[at + 1] += sign * other;
        }
        case Tree.Symlink link -> {
          Hash128 hash = link.hash();
          high += sign * wide * ~hash.hi();
          low += sign * other * ~hash.lo();
        }
        case Tree.Directory directory -> {
          high += sign * PathHash.ofDirectory(wide);
          low += sign * PathHash.ofDirectory(other);
          for (int i = 0; i < directory.size(); i++) {
            add(directory.node(i), PathHash.child(path, directory.name(i)), sign);
          }
        }
      }
    }

    Names result(Tree tree) {
      return new Names(tree, weights, high, low);
    }
  }
}
