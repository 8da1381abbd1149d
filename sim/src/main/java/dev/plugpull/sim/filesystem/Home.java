package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.filesystem.Inode.DirData;
import dev.plugpull.sim.filesystem.Inode.FileData;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;

/**
 * How the home locations lag behind the journal: the metadata blocks that are older on disk than after recovery, and
 * what has been written since to blocks that only such stale metadata still points to.
 *
 * <p>A block that is not listed is current. Inode-table blocks have numbers from 0, directory blocks negative ones.
 */
final class Home {

  /** Blocks of a freed file that were written again. */
  record Ghost(long start, long blocks, Content content) {}

  private static final Ghost[] NO_GHOSTS = new Ghost[0];
  static final DirData NEVER_WRITTEN = DirData.empty(Integer.MIN_VALUE);

  final int[] blocks;
  /** Old content: {@link DirData} of a directory block, {@code Inode[]} of an inode-table block. */
  final Object[] contents;
  final Ghost[] ghosts;
  private Hash128 hash;

  private Home(int[] blocks, Object[] contents, Ghost[] ghosts) {
    this.blocks = blocks;
    this.contents = contents;
    this.ghosts = ghosts;
  }

  /** A home in which one block is as in {@code before}; null stands for a home without stale blocks. */
  static Home stale(Home home, int block, JournalState before) {
    if (home == null) {
      return new Home(new int[] {block}, new Object[] {read(before, block)}, NO_GHOSTS);
    }
    if (home.find(block) >= 0) {
      return home;
    }
    int count = home.blocks.length;
    int[] moreBlocks = Arrays.copyOf(home.blocks, count + 1);
    Object[] moreContents = Arrays.copyOf(home.contents, count + 1);
    moreBlocks[count] = block;
    moreContents[count] = read(before, block);
    return new Home(moreBlocks, moreContents, home.ghosts);
  }

  private static Object read(JournalState state, int block) {
    if (block >= 0) {
      int from = block * JournalVolume.INODES_PER_BLOCK + 1;
      Inode[] copy = new Inode[JournalVolume.INODES_PER_BLOCK];
      int count = Math.min(copy.length, state.inodes.length - from);
      if (count > 0) {
        System.arraycopy(state.inodes, from, copy, 0, count);
      }
      return copy;
    }
    for (Inode inode : state.inodes) {
      if (inode instanceof DirData directory && directory.block == block) {
        return directory;
      }
    }
    return NEVER_WRITTEN;
  }

  /** This home after one block was written home; null if nothing is stale any more. */
  static Home written(Home home, int block) {
    int at = home == null ? -1 : home.find(block);
    if (at < 0) {
      return home;
    }
    int count = home.blocks.length - 1;
    if (count == 0) {
      return null;
    }
    int[] fewerBlocks = Arrays.copyOf(home.blocks, count);
    Object[] fewerContents = Arrays.copyOf(home.contents, count);
    System.arraycopy(home.blocks, at + 1, fewerBlocks, at, count - at);
    System.arraycopy(home.contents, at + 1, fewerContents, at, count - at);
    return new Home(fewerBlocks, fewerContents, home.ghosts);
  }

  /** Fingerprint of every old content and where it stands. */
  Hash128 hash() {
    Hash128 known = hash;
    if (known == null) {
      known = new Hash128(blocks.length, ghosts.length);
      for (int i = 0; i < blocks.length; i++) {
        known = known.then(new Hash128(blocks[i], 0));
        for (Inode inode : contents[i] instanceof Inode[] table ? table : new Inode[] {(DirData) contents[i]}) {
          known = known.then(inode == null ? Hash128.ZERO : inode.hash());
        }
      }
      for (Ghost ghost : ghosts) {
        known = known.then(new Hash128(ghost.start(), ghost.blocks())).then(ghost.content().hash());
      }
      hash = known;
    }
    return known;
  }

  int find(int block) {
    for (int i = 0; i < blocks.length; i++) {
      if (blocks[i] == block) {
        return i;
      }
    }
    return -1;
  }

  /** True if stale metadata points to one of these blocks. */
  boolean refersTo(long start, long count) {
    for (Object content : contents) {
      if (content instanceof Inode[] table) {
        for (Inode inode : table) {
          if (inode instanceof FileData file && file.overlaps(start, count)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** True if stale metadata points to the blocks of this file and remembers other data in them. */
  boolean remembersOther(FileData file) {
    if (file.start() < 0) {
      return false;
    }
    for (Object content : contents) {
      if (content instanceof Inode[] table) {
        for (Inode inode : table) {
          if (inode instanceof FileData old && old.start() == file.start() && old.content() != file.content()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** This home after data was written to blocks that stale metadata points to. */
  Home withGhost(long start, long count, Content content) {
    int kept = 0;
    Ghost[] others = new Ghost[ghosts.length + 1];
    for (Ghost ghost : ghosts) {
      if (ghost.start() != start) {
        others[kept++] = ghost;
      }
    }
    others[kept++] = new Ghost(start, count, content);
    return new Home(blocks, contents, Arrays.copyOf(others, kept));
  }
}
