package dev.plugpull.sim.filesystem.squashfs;

import io.airlift.compress.v3.Decompressor;
import io.airlift.compress.v3.lz4.Lz4JavaDecompressor;
import io.airlift.compress.v3.lzo.LzoDecompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tukaani.xz.SingleXZInputStream;

/** How the blocks of an image are packed; the ids are those of the superblock. */
enum Compression {
  GZIP(1) {
    @Override
    byte[] unpack(byte[] packed, int limit) throws SquashfsException {
      try (Inflater inflater = new Inflater()) {
        inflater.setInput(packed);
        byte[] out = new byte[limit];
        int length = 0;
        while (length < limit) {
          int got = inflater.inflate(out, length, limit - length);
          if (got == 0) {
            break;
          }
          length += got;
        }
        if (!inflater.finished() && inflater.inflate(new byte[1]) > 0) {
          throw tooLong(limit);
        }
        if (!inflater.finished()) {
          throw new SquashfsException("a gzip block ends too early");
        }
        return Arrays.copyOf(out, length);
      } catch (DataFormatException e) {
        throw damaged(e);
      }
    }
  },
  LZO(3) {
    @Override
    byte[] unpack(byte[] packed, int limit) throws SquashfsException {
      return unpack(new LzoDecompressor(), packed, limit);
    }
  },
  XZ(4) {
    @Override
    byte[] unpack(byte[] packed, int limit) throws SquashfsException {
      try (InputStream in = new SingleXZInputStream(new ByteArrayInputStream(packed), XZ_MEMORY_KIB)) {
        byte[] out = in.readNBytes(limit);
        if (out.length == limit && in.read() >= 0) {
          throw tooLong(limit);
        }
        return out;
      } catch (SquashfsException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        throw damaged(e);
      }
    }
  },
  LZ4(5) {
    @Override
    byte[] unpack(byte[] packed, int limit) throws SquashfsException {
      return unpack(new Lz4JavaDecompressor(), packed, limit);
    }
  },
  ZSTD(6) {
    @Override
    byte[] unpack(byte[] packed, int limit) throws SquashfsException {
      return unpack(new ZstdJavaDecompressor(), packed, limit);
    }
  };

  /** Linux takes a dictionary of at most one block, so of at most 1 MiB; a header that asks for more is refused. */
  private static final int XZ_MEMORY_KIB = 2 * 1024;

  private final int id;

  Compression(int id) {
    this.id = id;
  }

  /** Unpacks one block; a block that would give more than {@code limit} bytes is an error. */
  abstract byte[] unpack(byte[] packed, int limit) throws SquashfsException;

  static Compression of(int id) throws SquashfsException {
    for (Compression compression : values()) {
      if (compression.id == id) {
        return compression;
      }
    }
    throw new SquashfsException(
        id == 2
            ? "its compression is lzma, which no Linux kernel reads; pack the snap with xz or lzo"
            : "its compression id " + id + " is none of gzip, lzo, xz, lz4, zstd");
  }

  SquashfsException tooLong(int limit) {
    return new SquashfsException("a " + label() + " block unpacks to more than " + limit + " bytes");
  }

  SquashfsException damaged(Exception cause) {
    return new SquashfsException("a " + label() + " block is damaged: " + cause.getMessage(), cause);
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  byte[] unpack(Decompressor decompressor, byte[] packed, int limit) throws SquashfsException {
    byte[] out = new byte[limit];
    try {
      int length = decompressor.decompress(packed, 0, packed.length, out, 0, limit);
      return Arrays.copyOf(out, length);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }
}
