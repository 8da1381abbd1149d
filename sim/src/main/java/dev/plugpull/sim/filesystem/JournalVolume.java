package dev.plugpull.sim.filesystem;

/**
 * What never changes about a formatted journalled volume.
 *
 * @param blocks usable blocks of 4096 bytes, metadata overhead already taken off
 * @param inodes usable inode numbers
 * @param reads what a boot loader reads of it: there home blocks that lag behind the journal matter
 */
record JournalVolume(Identity identity, JournalRules rules, long blocks, long inodes, BootReads reads) {
  static final int BLOCK_BYTES = 4096;
  static final int ROOT = 2;
  static final int FIRST_INODE = 12;
  /** Inodes of 256 bytes in a block of 4096. */
  static final int INODES_PER_BLOCK = 16;

  /** True if a boot loader reads anything of it. */
  boolean bootReadable() {
    return !reads.nothing();
  }

  static int inodeBlock(int inode) {
    return (inode - 1) / INODES_PER_BLOCK;
  }

  /** Home block of a directory's entries, as an identity apart from the inode-table blocks. */
  int directoryBlock(int inode, Inode.DirData directory) {
    return rules.inlineDirectories() ? inodeBlock(inode) : directory.block;
  }

  static long blocksOf(long bytes) {
    return (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
  }
}
