package dev.plugpull.sim.filesystem.squashfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the chained 8 KiB metadata blocks that hold inodes, directories and tables.
 *
 * <p>A block always follows the one before it in the file, so a chain cannot be cyclic; the number of blocks a single
 * image may unpack is still bounded, because a hostile image can point at the same blocks again and again.
 */
final class MetadataReader {

  static final int BLOCK = 8192;
  private static final int UNCOMPRESSED = 0x8000;
  private static final int CACHED_BLOCKS = 256;
  private static final int UNPACK_BUDGET_BLOCKS = 50_000;

  private final ImageBytes image;
  private final Compression compression;
  private int unpacked;

  private final Map<Long, Block> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Block> eldest) {
          return size() > CACHED_BLOCKS;
        }
      };

  private record Block(byte[] data, long next) {}

  MetadataReader(ImageBytes image, Compression compression) {
    this.image = image;
    this.compression = compression;
  }

  /** A cursor at byte {@code offset} of the unpacked block that starts at file position {@code block}. */
  Cursor at(long block, int offset) {
    return new Cursor(block, offset);
  }

  private Block block(long position) throws IOException {
    Block cached = cache.get(position);
    if (cached != null) {
      return cached;
    }
    if (++unpacked > UNPACK_BUDGET_BLOCKS) {
      throw new SquashfsException("its metadata needs more than " + UNPACK_BUDGET_BLOCKS + " blocks to be unpacked");
    }
    int header = Short.toUnsignedInt(image.read(position, 2, "metadata block header").getShort());
    int length = header & ~UNCOMPRESSED;
    if (length == 0 || length > BLOCK) {
      throw new SquashfsException("the metadata block at byte " + position + " says it has " + length + " bytes");
    }
    byte[] raw = image.read(position + 2, length, "metadata block").array();
    byte[] data = (header & UNCOMPRESSED) != 0 ? raw : compression.unpack(raw, BLOCK);
    Block block = new Block(data, position + 2 + length);
    cache.put(position, block);
    return block;
  }

  /** A position that moves forward over block boundaries. */
  final class Cursor {
    private long position;
    private int offset;

    private Cursor(long position, int offset) {
      this.position = position;
      this.offset = offset;
    }

    /** An independent cursor at the same place. */
    Cursor copy() {
      return new Cursor(position, offset);
    }

    /** Reads exactly {@code length} bytes; callers bound the length. */
    ByteBuffer read(int length) throws IOException {
      byte[] out = new byte[length];
      int done = 0;
      while (done < length) {
        Block block = block(position);
        int available = block.data.length - offset;
        if (available < 0 || (available == 0 && block.data.length < BLOCK)) {
          throw new SquashfsException("an entry at offset " + offset + " of the metadata block at byte " + position
              + " lies behind its end");
        }
        int part = Math.min(available, length - done);
        System.arraycopy(block.data, offset, out, done, part);
        done += part;
        offset += part;
        if (offset == block.data.length && done < length) {
          position = block.next;
          offset = 0;
        }
      }
      return ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
