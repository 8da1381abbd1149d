package dev.plugpull.sim.filesystem.squashfs;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The first 96 bytes of an image.
 *
 * @param blockSize data block size in bytes, a power of two from 4 KiB to 1 MiB
 * @param fragments number of fragment table entries
 * @param rootInode reference of the root directory's inode: block offset in the upper 48 bits, byte in the lower 16
 * @param inodeTable byte position of the inode table; the other tables likewise
 */
record Superblock(
    int blockSize,
    long fragments,
    Compression compression,
    long rootInode,
    long bytesUsed,
    long inodeTable,
    long directoryTable,
    long fragmentTable) {

  static final int LENGTH = 96;
  private static final int MAGIC = 0x73717368;
  private static final int SMALLEST_BLOCK_LOG = 12;
  private static final int LARGEST_BLOCK_LOG = 20;

  static Superblock read(ImageBytes image) throws IOException {
    if (image.size() < LENGTH) {
      throw new SquashfsException("the file has " + image.size() + " bytes, too few for a superblock of " + LENGTH);
    }
    ByteBuffer raw = image.read(0, LENGTH, "superblock");
    if (raw.getInt(0) != MAGIC) {
      throw new SquashfsException("it does not begin with the squashfs magic \"hsqs\"");
    }
    int major = Short.toUnsignedInt(raw.getShort(28));
    int minor = Short.toUnsignedInt(raw.getShort(30));
    if (major != 4 || minor != 0) {
      throw new SquashfsException("format " + major + "." + minor + " is not 4.0");
    }
    int blockSize = raw.getInt(12);
    int blockLog = Short.toUnsignedInt(raw.getShort(22));
    if (blockLog < SMALLEST_BLOCK_LOG || blockLog > LARGEST_BLOCK_LOG || blockSize != 1 << blockLog) {
      throw new SquashfsException("block size " + Integer.toUnsignedString(blockSize) + " with log " + blockLog
          + " is not a power of two from 4 KiB to 1 MiB");
    }
    Superblock superblock =
        new Superblock(
            blockSize,
            Integer.toUnsignedLong(raw.getInt(16)),
            Compression.of(Short.toUnsignedInt(raw.getShort(20))),
            raw.getLong(32),
            raw.getLong(40),
            raw.getLong(64),
            raw.getLong(72),
            raw.getLong(80));
    superblock.check(image.size());
    return superblock;
  }

  private void check(long fileSize) throws SquashfsException {
    if (bytesUsed < LENGTH || bytesUsed > fileSize) {
      throw new SquashfsException("the superblock says " + Long.toUnsignedString(bytesUsed) + " bytes, the file has "
          + fileSize + " (truncated or corrupt)");
    }
    inside("inode table", inodeTable);
    inside("directory table", directoryTable);
    if (fragments > 0) {
      inside("fragment table", fragmentTable);
    }
  }

  private void inside(String what, long position) throws SquashfsException {
    if (position < LENGTH || position >= bytesUsed) {
      throw new SquashfsException("the " + what + " is said to be at byte " + Long.toUnsignedString(position)
          + ", outside the image");
    }
  }
}
