package dev.plugpull.sim.filesystem.squashfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Puts the content of a file together from its data blocks and its fragment. */
final class FileReader {

  private static final int UNCOMPRESSED = 1 << 24;
  private static final int FRAGMENTS_PER_BLOCK = 512;
  private static final int FRAGMENT_ENTRY = 16;

  private final ImageBytes image;
  private final Superblock superblock;
  private final MetadataReader metadata;

  FileReader(ImageBytes image, Superblock superblock, MetadataReader metadata) {
    this.image = image;
    this.superblock = superblock;
    this.metadata = metadata;
  }

  /** Reads the first {@code length} bytes; the caller has bounded the length, and it is at most the file's size. */
  byte[] read(Inode.File file, int length) throws IOException {
    boolean fragment = file.fragment() != Inode.File.NO_FRAGMENT;
    int blockSize = superblock.blockSize();
    long wholeBlocks = fragment ? file.size() / blockSize : (file.size() + blockSize - 1) / blockSize;
    byte[] out = new byte[length];
    long position = file.start();
    int done = 0;
    // The cursor is shared by all readings of this inode, so work on a copy.
    MetadataReader.Cursor blocks = file.blocks().copy();
    for (long i = 0; i < wholeBlocks && done < length; i++) {
      int header = blocks.read(4).getInt();
      int expected = (int) Math.min(blockSize, file.size() - i * blockSize);
      byte[] data = block(position, header, expected);
      int part = Math.min(length - done, expected);
      System.arraycopy(data, 0, out, done, part);
      done += part;
      position += header & ~UNCOMPRESSED;
    }
    if (done < length) {
      copyFragment(file, out, done);
    }
    return out;
  }

  private byte[] block(long position, int header, int expected) throws IOException {
    int packed = header & ~UNCOMPRESSED;
    if (packed == 0) {
      return new byte[expected];
    }
    if (packed < 0 || packed > superblock.blockSize()) {
      throw new SquashfsException("a data block says it has " + Integer.toUnsignedString(packed) + " bytes");
    }
    byte[] raw = image.read(position, packed, "data block").array();
    byte[] data = (header & UNCOMPRESSED) != 0 ? raw : superblock.compression().unpack(raw, superblock.blockSize());
    if (data.length < expected) {
      throw new SquashfsException("the data block at byte " + position + " has " + data.length + " bytes instead of "
          + expected);
    }
    return data;
  }

  private void copyFragment(Inode.File file, byte[] out, int done) throws IOException {
    byte[] fragment = fragment(file.fragment());
    long end = file.fragmentOffset() + (out.length - done);
    if (end > fragment.length) {
      throw new SquashfsException("the tail of a file ends at byte " + end + " of a fragment of " + fragment.length);
    }
    System.arraycopy(fragment, (int) file.fragmentOffset(), out, done, out.length - done);
  }

  private byte[] fragment(long index) throws IOException {
    if (index >= superblock.fragments()) {
      throw new SquashfsException("a file uses fragment " + index + " of " + superblock.fragments());
    }
    long pointer = superblock.fragmentTable() + index / FRAGMENTS_PER_BLOCK * Long.BYTES;
    long block = image.read(pointer, Long.BYTES, "fragment table").getLong();
    int offset = (int) (index % FRAGMENTS_PER_BLOCK) * FRAGMENT_ENTRY;
    ByteBuffer entry = metadata.at(block, offset).read(FRAGMENT_ENTRY);
    int header = entry.getInt(8);
    int packed = header & ~UNCOMPRESSED;
    if (packed <= 0 || packed > superblock.blockSize()) {
      throw new SquashfsException("fragment " + index + " says it has " + Integer.toUnsignedString(packed) + " bytes");
    }
    byte[] raw = image.read(entry.getLong(0), packed, "fragment").array();
    return (header & UNCOMPRESSED) != 0
        ? Arrays.copyOf(raw, raw.length)
        : superblock.compression().unpack(raw, superblock.blockSize());
  }
}
