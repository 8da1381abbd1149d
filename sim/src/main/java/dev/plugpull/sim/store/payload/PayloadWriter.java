package dev.plugpull.sim.store.payload;

import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.RsaKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Makes full payloads and signs them. */
public final class PayloadWriter {

  static final byte[] MAGIC = "CrAU".getBytes(StandardCharsets.US_ASCII);
  static final int MAJOR = 2;
  static final int HEADER = 24;
  private static final int CHUNK_BLOCKS = 16;

  private PayloadWriter() {}

  /**
   * A payload that replaces partitions as a whole.
   *
   * @param partitions name to new content, a multiple of 4096 bytes; applied in the order of the names
   * @param timestamp seconds since 1970, see {@link Manifest#maxTimestamp}
   */
  public static byte[] full(SortedMap<String, byte[]> partitions, long timestamp, RsaKey key) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    List<Manifest.Partition> described = new ArrayList<>();
    for (Map.Entry<String, byte[]> partition : partitions.entrySet()) {
      described.add(describe(partition.getKey(), partition.getValue(), data));
    }
    int signature = signatures(new byte[key.publicKey().bytes()]).length;
    byte[] manifest = new Manifest(0, data.size(), signature, timestamp, described).encode();
    byte[] metadata = ByteBuffer.allocate(HEADER + manifest.length).put(MAGIC).putLong(MAJOR)
        .putLong(manifest.length).putInt(signature).put(manifest).array();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(metadata);
    out.writeBytes(signatures(key.sign("SHA256", metadata)));
    out.writeBytes(data.toByteArray());
    byte[] signed = Arrays.copyOf(metadata, metadata.length + data.size());
    System.arraycopy(data.toByteArray(), 0, signed, metadata.length, data.size());
    out.writeBytes(signatures(key.sign("SHA256", signed)));
    return out.toByteArray();
  }

  private static Manifest.Partition describe(String name, byte[] content, ByteArrayOutputStream data) {
    if (content.length == 0 || content.length % Manifest.BLOCK != 0) {
      throw new IllegalArgumentException("cannot make a payload: partition " + name + " has " + content.length
          + " bytes, not a multiple of " + Manifest.BLOCK);
    }
    List<Operation> operations = new ArrayList<>();
    int blocks = content.length / Manifest.BLOCK;
    for (int block = 0; block < blocks; block += CHUNK_BLOCKS) {
      int count = Math.min(CHUNK_BLOCKS, blocks - block);
      byte[] piece = Arrays.copyOfRange(content, block * Manifest.BLOCK, (block + count) * Manifest.BLOCK);
      operations.add(new Operation(Operation.Type.REPLACE, data.size(), piece.length,
          List.of(new Operation.Extent(block, count)), Digests.sha256(piece)));
      data.writeBytes(piece);
    }
    return new Manifest.Partition(name, name.equals("root"), content.length, Digests.sha256(content), operations);
  }

  /** The message that holds one signature. */
  static byte[] signatures(byte[] signature) {
    byte[] one = new ProtoWriter().bytes(2, signature).fixed32(3, signature.length).done();
    return new ProtoWriter().bytes(1, one).done();
  }

  /** What a truthful server announces about a payload. */
  public static Announced announce(byte[] payload) {
    return new Announced(payload.length, Digests.sha256(payload),
        HEADER + ByteBuffer.wrap(payload).getLong(MAGIC.length + Long.BYTES));
  }
}
