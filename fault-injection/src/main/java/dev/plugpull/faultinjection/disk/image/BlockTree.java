package dev.plugpull.faultinjection.disk.image;

import java.util.Arrays;

/**
 * An immutable map from block index to block: a radix tree of 64 branches whose versions share all but the changed
 * path. A state that differs from another by one write costs a few hundred bytes.
 */
final class BlockTree {
  private static final int BITS = 6;
  private static final int BRANCHES = 1 << BITS;

  private final Object[] root;
  private final int depth;

  private BlockTree(Object[] root, int depth) {
    this.root = root;
    this.depth = depth;
  }

  /** The empty map for indices below {@code blocks}. */
  static BlockTree empty(long blocks) {
    int depth = 1;
    while ((blocks - 1) >>> (BITS * depth) > 0) {
      depth++;
    }
    return new BlockTree(null, depth);
  }

  /** The block at {@code index}, or null. */
  Block get(long index) {
    Object node = root;
    for (int level = depth - 1; node != null && level >= 0; level--) {
      node = ((Object[]) node)[branch(index, level)];
    }
    return (Block) node;
  }

  /** With {@code block} at {@code index}; null takes it out. */
  BlockTree with(long index, Block block) {
    return new BlockTree(with(root, index, block, depth - 1), depth);
  }

  private static Object[] with(Object[] node, long index, Block block, int level) {
    Object[] copy = node == null ? new Object[BRANCHES] : node.clone();
    int branch = branch(index, level);
    copy[branch] = level == 0 ? block : with((Object[]) copy[branch], index, block, level - 1);
    return Arrays.stream(copy).allMatch(o -> o == null) ? null : copy;
  }

  private static int branch(long index, int level) {
    return (int) (index >>> (BITS * level)) & (BRANCHES - 1);
  }

  /** Takes each index and block, ascending. */
  void forEach(Visitor visitor) throws java.io.IOException {
    visit(root, 0, depth - 1, visitor);
  }

  private static void visit(Object[] node, long prefix, int level, Visitor visitor) throws java.io.IOException {
    for (int branch = 0; node != null && branch < BRANCHES; branch++) {
      long index = prefix << BITS | branch;
      if (node[branch] instanceof Block block) {
        visitor.accept(index, block);
      } else {
        visit((Object[]) node[branch], index, level - 1, visitor);
      }
    }
  }

  /** The first index at or after {@code from} that has a block; -1 for none. Skips empty branches. */
  long next(long from, long limit) {
    long index = from;
    while (index < limit) {
      Object node = root;
      int level = depth - 1;
      while (level >= 0 && node != null) {
        node = ((Object[]) node)[branch(index, level)];
        if (node == null) {
          break;
        }
        level--;
      }
      if (node instanceof Block) {
        return index;
      }
      int empty = root == null ? depth : level;
      long span = 1L << (BITS * empty);
      index = (index & -span) + span;
    }
    return -1;
  }

  /** Takes each index at which the two maps hold different blocks, ascending. Shared branches cost nothing. */
  static boolean differences(BlockTree a, BlockTree b, IndexTest goOn) throws java.io.IOException {
    return differences(a.root, b.root, 0, a.depth - 1, goOn);
  }

  private static boolean differences(Object[] a, Object[] b, long prefix, int level, IndexTest goOn)
      throws java.io.IOException {
    for (int branch = 0; a != b && branch < BRANCHES; branch++) {
      Object left = a == null ? null : a[branch];
      Object right = b == null ? null : b[branch];
      long index = prefix << BITS | branch;
      boolean more = left == right
          || (level == 0 ? goOn.test(index) : differences((Object[]) left, (Object[]) right, index, level - 1, goOn));
      if (!more) {
        return false;
      }
    }
    return true;
  }

  /** Takes one index; false ends the walk. */
  interface IndexTest {
    boolean test(long index) throws java.io.IOException;
  }

  /** Takes one entry of the map. */
  interface Visitor {
    void accept(long index, Block block) throws java.io.IOException;
  }
}
