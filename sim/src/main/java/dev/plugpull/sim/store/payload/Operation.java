package dev.plugpull.sim.store.payload;

import java.util.ArrayList;
import java.util.List;

/**
 * One operation of a partition.
 *
 * @param offset of its data behind the metadata, in bytes
 * @param length of its data in bytes
 * @param targets where it writes
 * @param sha256 digest of its data; empty if the manifest has none
 */
public record Operation(Type type, long offset, long length, List<Extent> targets, byte[] sha256) {

  /** Blocks of a partition. */
  public record Extent(long start, long count) {}

  /** Kinds of operation by their number in the manifest. */
  public enum Type {
    REPLACE, REPLACE_BZ, MOVE, BSDIFF, SOURCE_COPY, SOURCE_BSDIFF, ZERO, DISCARD, REPLACE_XZ, PUFFDIFF,
    BROTLI_BSDIFF, REPLACE_ZSTD, ZUCCHINI, LZ4DIFF
  }

  public Operation {
    targets = List.copyOf(targets);
  }

  byte[] encode() {
    ProtoWriter out = new ProtoWriter().number(1, type.ordinal());
    if (length > 0) {
      out.number(2, offset).number(3, length);
    }
    targets.forEach(extent ->
        out.bytes(6, new ProtoWriter().number(1, extent.start()).number(2, extent.count()).done()));
    return sha256.length == 0 ? out.done() : out.bytes(8, sha256).done();
  }

  static Operation read(byte[] bytes) throws PayloadException {
    ProtoReader in = new ProtoReader(bytes);
    long type = 0;
    long offset = 0;
    long length = 0;
    byte[] sha256 = {};
    List<Extent> targets = new ArrayList<>();
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> type = in.number();
        case 2 -> offset = in.number();
        case 3 -> length = in.number();
        case 6 -> targets.add(extent(in.bytes()));
        case 8 -> sha256 = in.bytes();
        default -> in.skip();
      }
    }
    if (type < 0 || type >= Type.values().length || offset < 0 || length < 0) {
      throw new PayloadException(PayloadException.Code.DOWNLOAD_MANIFEST_PARSE_ERROR, "an operation of type " + type);
    }
    return new Operation(Type.values()[(int) type], offset, length, targets, sha256);
  }

  private static Extent extent(byte[] bytes) throws PayloadException {
    ProtoReader in = new ProtoReader(bytes);
    long start = 0;
    long count = 0;
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> start = in.number();
        case 2 -> count = in.number();
        default -> in.skip();
      }
    }
    return new Extent(start, count);
  }
}
