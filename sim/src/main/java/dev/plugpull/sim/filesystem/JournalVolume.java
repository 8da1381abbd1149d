package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.filesystem.Inode.DirData;
import dev.plugpull.sim.filesystem.Inode.FileData;
import dev.plugpull.sim.filesystem.Inode.LinkData;
import dev.plugpull.sim.media.Hash128;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What never changes about a formatted journalled volume.
 *
 * @param blocks usable blocks of 4096 bytes, metadata overhead already taken off
 * @param inodes usable inode numbers
 * @param reads what a boot loader reads of it: there home blocks that lag behind the journal matter
 * @param canonical states that were recovered and written home before, by what recovery gives: many boots begin with
 *     few of them
 */
record JournalVolume(
    Identity identity, JournalRules rules, long blocks, long inodes, BootReads reads,
    Map<Hash128, JournalState> canonical) {
  static final int BLOCK_BYTES = 4096;
  static final int ROOT = 2;
  static final int FIRST_INODE = 12;
  /** Inodes of 256 bytes in a block of 4096. */
  static final int INODES_PER_BLOCK = 16;

  JournalVolume(Identity identity, JournalRules rules, long blocks, long inodes, BootReads reads) {
    this(identity, rules, blocks, inodes, reads, new ConcurrentHashMap<>());
  }

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

  /** First block of a file; -1 of anything else. */
  static long start(Inode inode) {
    return inode instanceof FileData file ? file.start() : -1;
  }

  /** Blocks that an inode, which may be null, takes. */
  static long blocksOf(Inode inode) {
    return switch (inode) {
      case FileData file -> file.blocks();
      case LinkData link -> link.blocks();
      case DirData directory -> blocksOfDirectory(directory);
      case null -> 0;
    };
  }

  /** Blocks of a symbolic link; short ones live in the inode. */
  static long blocksOfLink(String target) {
    return target.length() >= 60 ? 1 : 0;
  }

  /** Entries of 8 bytes and the name, in blocks with a tail of 12 bytes; {@code .} and {@code ..} take 24. */
  static long blocksOfDirectory(DirData directory) {
    long used = 24;
    for (String name : directory.names) {
      used += 8 + (name.length() + 3 & ~3);
    }
    return (used + BLOCK_BYTES - 13) / (BLOCK_BYTES - 12);
  }

  static long blocksOf(long bytes) {
    return (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
  }
}
