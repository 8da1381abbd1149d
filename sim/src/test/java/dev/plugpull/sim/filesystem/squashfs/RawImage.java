package dev.plugpull.sim.filesystem.squashfs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A squashfs image of which nothing is compressed, so that a test knows where each field stands and can let it lie.
 * Blocks have 4 KiB; inodes and listings must fit into one metadata block each.
 */
final class RawImage {
  static final int BLOCK = 4096;
  static final int PLAIN = 1 << 24;
  private static final int NO_FRAGMENT = -1;
  private static final int SUPERBLOCK = 96;

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream inodes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream listings = new ByteArrayOutputStream();
  private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();

  /** Numbers and texts as they stand in an image, one after another. */
  static byte[] fields(Object... fields) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (Object field : fields) {
      switch (field) {
        case Short number -> buffer.putShort(number);
        case Integer number -> buffer.putInt(number);
        case Long number -> buffer.putLong(number);
        case byte[] bytes -> buffer.put(bytes);
        default -> buffer.put(field.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Appends an inode and says where it stands in the table. */
  int inode(int type, Object... body) {
    int at = inodes.size();
    inodes.writeBytes(fields((short) type, (short) 0644, (short) 0, (short) 0, 0, at));
    inodes.writeBytes(fields(body));
    return at;
  }

  /** Appends bytes of data and says where they stand in the file. */
  int data(byte[] bytes) {
    int at = SUPERBLOCK + data.size();
    data.writeBytes(bytes);
    return at;
  }

  /** A file of whole blocks and a shorter last one. */
  int file(byte[] content) {
    int start = data(content);
    ByteArrayOutputStream sizes = new ByteArrayOutputStream();
    for (int at = 0; at < content.length; at += BLOCK) {
      sizes.writeBytes(fields(Math.min(BLOCK, content.length - at) | PLAIN));
    }
    return inode(2, start, NO_FRAGMENT, 0, content.length, sizes.toByteArray());
  }

  /** Appends a fragment and says which one it is. */
  int fragment(byte[] content) {
    return fragment(data(content), content.length | PLAIN);
  }

  int fragment(long start, int size) {
    fragments.writeBytes(fields(start, size, 0));
    return fragments.size() / 16 - 1;
  }

  /** A directory with one entry that has this name. */
  int directory(String name, int inode) {
    return directory(new LinkedHashMap<>(Map.of(name, inode)));
  }

  /** A directory: name to where the inode stands. */
  int directory(SequencedMap<String, Integer> entries) {
    int at = listings.size();
    listings.writeBytes(fields(entries.size() - 1, 0, 0));
    entries.forEach((name, inode) -> {
      int length = name.getBytes(StandardCharsets.UTF_8).length;
      listings.writeBytes(fields(inode.shortValue(), (short) 0, (short) 2, (short) (length - 1), name));
    });
    return inode(1, 0, 2, (short) (listings.size() - at + 3), (short) at, 0);
  }

  /** Where the inode table begins in the file. */
  int inodeTable() {
    return SUPERBLOCK + data.size();
  }

  /** Where a field of an inode stands in the file. */
  int at(int inode, int field) {
    return inodeTable() + 2 + inode + field;
  }

  /** Where a byte of the listings stands in the file. */
  int listing(int offset) {
    return directoryTable() + 2 + offset;
  }

  private int directoryTable() {
    return inodeTable() + 2 + inodes.size();
  }

  private static byte[] metadata(ByteArrayOutputStream block) {
    return fields((short) (block.size() | 0x8000), block.toByteArray());
  }

  /** The whole image. */
  byte[] bytes(int root) {
    long fragmentBlock = directoryTable() + 2L + listings.size();
    long fragmentTable = fragmentBlock + 2 + fragments.size();
    long end = fragmentTable + 8;
    return fields("hsqs", 1, 0, BLOCK, fragments.size() / 16, (short) 1, (short) 12, (short) 0, (short) 1, (short) 4,
        (short) 0, (long) root, end, -1L, -1L, (long) inodeTable(), (long) directoryTable(), fragmentTable, -1L,
        data.toByteArray(), metadata(inodes), metadata(listings), metadata(fragments), fragmentBlock);
  }
}
