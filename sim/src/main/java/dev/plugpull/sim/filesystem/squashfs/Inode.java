package dev.plugpull.sim.filesystem.squashfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What an inode says; extended attributes, owners and times are not read, because no boot program looks at them. */
sealed interface Inode {

  /** Longest target of a symbolic link that Linux accepts, in bytes. */
  int LONGEST_LINK = 4095;

  /**
   * @param listing length of the directory's listing in bytes
   * @param block offset of its first metadata block in the directory table
   * @param offset byte in that block
   */
  record Directory(long listing, long block, int offset) implements Inode {}

  /**
   * @param start file position of the first data block
   * @param fragment index into the fragment table, or {@link #NO_FRAGMENT}
   * @param fragmentOffset byte in the unpacked fragment block
   * @param blocks cursor standing on the list of block sizes
   */
  record File(long size, long start, long fragment, long fragmentOffset, MetadataReader.Cursor blocks)
      implements Inode {
    static final long NO_FRAGMENT = 0xFFFF_FFFFL;
  }

  record Link(String target) implements Inode {}

  /** A device node, pipe or socket. */
  record Special() implements Inode {}

  static Inode read(MetadataReader metadata, long table, long reference) throws IOException {
    MetadataReader.Cursor cursor = metadata.at(table + (reference >>> 16), (int) (reference & 0xFFFF));
    int type = Short.toUnsignedInt(cursor.read(16).getShort());
    return switch (type) {
      case 1 -> basicDirectory(cursor.read(16));
      case 2 -> basicFile(cursor);
      case 3, 10 -> link(cursor);
      case 4, 5, 6, 7, 11, 12, 13, 14 -> new Special();
      case 8 -> extendedDirectory(cursor.read(24));
      case 9 -> extendedFile(cursor);
      default -> throw new SquashfsException("an inode has the unknown type " + type);
    };
  }

  private static Directory basicDirectory(ByteBuffer raw) {
    return new Directory(
        Math.max(0, Short.toUnsignedInt(raw.getShort(8)) - 3L),
        Integer.toUnsignedLong(raw.getInt(0)),
        Short.toUnsignedInt(raw.getShort(10)));
  }

  private static Directory extendedDirectory(ByteBuffer raw) {
    return new Directory(
        Math.max(0, Integer.toUnsignedLong(raw.getInt(4)) - 3L),
        Integer.toUnsignedLong(raw.getInt(8)),
        Short.toUnsignedInt(raw.getShort(18)));
  }

  private static File basicFile(MetadataReader.Cursor cursor) throws IOException {
    ByteBuffer raw = cursor.read(16);
    return new File(
        Integer.toUnsignedLong(raw.getInt(12)),
        Integer.toUnsignedLong(raw.getInt(0)),
        Integer.toUnsignedLong(raw.getInt(4)),
        Integer.toUnsignedLong(raw.getInt(8)),
        cursor);
  }

  private static File extendedFile(MetadataReader.Cursor cursor) throws IOException {
    ByteBuffer raw = cursor.read(40);
    long size = raw.getLong(8);
    if (size < 0) {
      throw new SquashfsException("a file says it has " + Long.toUnsignedString(size) + " bytes");
    }
    return new File(
        size,
        raw.getLong(0),
        Integer.toUnsignedLong(raw.getInt(28)),
        Integer.toUnsignedLong(raw.getInt(32)),
        cursor);
  }

  private static Link link(MetadataReader.Cursor cursor) throws IOException {
    long length = Integer.toUnsignedLong(cursor.read(8).getInt(4));
    if (length == 0 || length > LONGEST_LINK) {
      throw new SquashfsException("a symbolic link says its target has " + length + " bytes");
    }
    return new Link(new String(cursor.read((int) length).array(), StandardCharsets.UTF_8));
  }
}
