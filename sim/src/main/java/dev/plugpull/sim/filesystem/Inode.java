package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;

/** What an inode number stands for in a journalled file system. Immutable. */
sealed interface Inode {

  /** Fingerprint of content and place. Which truncation the data are of is not in it. */
  Hash128 hash();

  /**
   * A regular file.
   *
   * @param epoch identity of the data blocks: new with the file and with each truncation
   * @param start first block of 4096 bytes, -1 if no block is allocated or nobody cares where the blocks lie
   * @param blocks number of blocks
   */
  record FileData(Content content, long epoch, long start, long blocks) implements Inode {
    static FileData empty(long epoch) {
      return new FileData(Content.EMPTY, epoch, -1, 0);
    }

    FileData with(Content other) {
      return new FileData(other, epoch, start, blocks);
    }

    @Override
    public Hash128 hash() {
      return content.hash().then(new Hash128(start, blocks));
    }

    boolean overlaps(long otherStart, long otherBlocks) {
      return start >= 0 && start < otherStart + otherBlocks && otherStart < start + blocks;
    }
  }

  /** A symbolic link; {@code blocks} is 1 if the target is too long for the inode. */
  record LinkData(String target, long blocks) implements Inode {
    @Override
    public Hash128 hash() {
      return Hash128.of(target).then(new Hash128(blocks, 1));
    }
  }

  /** What a directory entry says of the kind of its inode. */
  enum Kind {
    FILE,
    DIRECTORY,
    LINK
  }

  /** A directory: sorted names with inode numbers and kinds. */
  final class DirData implements Inode {
    /** Home block of the entries, negative; directories that have the same number one after the other differ here. */
    final int block;
    final String[] names;
    final int[] inodes;
    final Kind[] kinds;
    private Hash128 hash;

    private DirData(int block, String[] names, int[] inodes, Kind[] kinds) {
      this.block = block;
      this.names = names;
      this.inodes = inodes;
      this.kinds = kinds;
    }

    @Override
    public Hash128 hash() {
      Hash128 known = hash;
      if (known == null) {
        known = new Hash128(block, names.length);
        for (int i = 0; i < names.length; i++) {
          known = known.then(Hash128.of(names[i])).then(new Hash128(inodes[i], kinds[i].ordinal()));
        }
        hash = known;
      }
      return known;
    }

    static DirData empty(int block) {
      return new DirData(block, new String[0], new int[0], new Kind[0]);
    }

    /** A directory with these entries, in the order of their names. */
    static DirData of(int block, String[] names, int[] inodes, Kind[] kinds) {
      return new DirData(block, names, inodes, kinds);
    }

    /** Index of a name, negative if it is not there. */
    int find(String name) {
      return Arrays.binarySearch(names, name);
    }

    DirData with(String name, int inode, Kind kind) {
      int at = find(name);
      if (at >= 0) {
        int[] otherInodes = inodes.clone();
        Kind[] otherKinds = kinds.clone();
        otherInodes[at] = inode;
        otherKinds[at] = kind;
        return new DirData(block, names, otherInodes, otherKinds);
      }
      int place = -at - 1;
      int count = names.length;
      String[] moreNames = Arrays.copyOf(names, count + 1);
      int[] moreInodes = Arrays.copyOf(inodes, count + 1);
      Kind[] moreKinds = Arrays.copyOf(kinds, count + 1);
      System.arraycopy(names, place, moreNames, place + 1, count - place);
      System.arraycopy(inodes, place, moreInodes, place + 1, count - place);
      System.arraycopy(kinds, place, moreKinds, place + 1, count - place);
      moreNames[place] = name;
      moreInodes[place] = inode;
      moreKinds[place] = kind;
      return new DirData(block, moreNames, moreInodes, moreKinds);
    }

    DirData without(String name) {
      int at = find(name);
      int count = names.length;
      String[] fewerNames = Arrays.copyOf(names, count - 1);
      int[] fewerInodes = Arrays.copyOf(inodes, count - 1);
      Kind[] fewerKinds = Arrays.copyOf(kinds, count - 1);
      System.arraycopy(names, at + 1, fewerNames, at, count - at - 1);
      System.arraycopy(inodes, at + 1, fewerInodes, at, count - at - 1);
      System.arraycopy(kinds, at + 1, fewerKinds, at, count - at - 1);
      return new DirData(block, fewerNames, fewerInodes, fewerKinds);
    }
  }
}
