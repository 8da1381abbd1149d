package dev.plugpull.sim.store.payload;

import dev.plugpull.sim.store.payload.PayloadException.Code;
import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.RsaPublicKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tukaani.xz.XZInputStream;

/** Judges full payloads and applies them, in the order in which the update engine looks. */
public final class PayloadReader {

  private static final long MAX_PARTITION = 256L << 20;

  private final RsaPublicKey key;
  private final Announced announced;
  private final long runningTimestamp;

  /**
   * A reader.
   *
   * @param key the key in the running system's verified root
   * @param runningTimestamp of the running system, in seconds since 1970; an older payload is refused
   */
  public PayloadReader(RsaPublicKey key, Announced announced, long runningTimestamp) {
    this.key = key;
    this.announced = announced;
    this.runningTimestamp = runningTimestamp;
  }

  /** Partition name to content, after every check of spec 7.3 that needs no disk. */
  public SortedMap<String, byte[]> apply(byte[] payload) throws PayloadException {
    int metadataSize = metadataSize(payload);
    int signatureSize = ByteBuffer.wrap(payload).getInt(PayloadWriter.HEADER - 4);
    if (signatureSize <= 0) {
      throw new PayloadException(Code.DOWNLOAD_METADATA_SIGNATURE_MISSING, "the metadata are not signed");
    }
    int dataStart = metadataSize + signatureSize;
    if (dataStart < 0 || dataStart > payload.length) {
      throw new PayloadException(Code.DOWNLOAD_TRANSFER_ERROR, "it ends within its metadata");
    }
    byte[] metadata = Arrays.copyOf(payload, metadataSize);
    if (!signed(Arrays.copyOfRange(payload, metadataSize, dataStart), metadata)) {
      throw new PayloadException(Code.DOWNLOAD_METADATA_SIGNATURE_MISMATCH, "the metadata signature does not fit");
    }
    Manifest manifest = Manifest.read(Arrays.copyOfRange(metadata, PayloadWriter.HEADER, metadataSize));
    validate(manifest);
    SortedMap<String, byte[]> written = new TreeMap<>();
    for (Manifest.Partition partition : manifest.partitions()) {
      written.put(partition.name(), write(partition, payload, dataStart));
    }
    whole(payload);
    payloadSignature(manifest, payload, metadata, dataStart);
    for (Manifest.Partition partition : manifest.partitions()) {
      if (!Arrays.equals(Digests.sha256(written.get(partition.name())), partition.sha256())) {
        throw new PayloadException(Code.NEW_ROOTFS_VERIFICATION_ERROR,
            "partition " + partition.name() + " has another digest");
      }
    }
    return written;
  }

  private int metadataSize(byte[] payload) throws PayloadException {
    if (payload.length < PayloadWriter.HEADER) {
      throw new PayloadException(Code.DOWNLOAD_TRANSFER_ERROR, "it ends within its header");
    }
    if (!Arrays.equals(Arrays.copyOf(payload, PayloadWriter.MAGIC.length), PayloadWriter.MAGIC)) {
      throw new PayloadException(Code.DOWNLOAD_INVALID_METADATA_MAGIC_STRING, "it does not begin with CrAU");
    }
    ByteBuffer header = ByteBuffer.wrap(payload);
    if (header.getLong(PayloadWriter.MAGIC.length) != PayloadWriter.MAJOR) {
      throw new PayloadException(Code.UNSUPPORTED_MAJOR_PAYLOAD_VERSION,
          "major version " + header.getLong(PayloadWriter.MAGIC.length));
    }
    long size = header.getLong(PayloadWriter.MAGIC.length + Long.BYTES);
    // Compared before anything of that length is read or kept.
    if (size < 0 || size > Integer.MAX_VALUE || PayloadWriter.HEADER + size != announced.metadataSize()) {
      throw new PayloadException(Code.DOWNLOAD_INVALID_METADATA_SIZE,
          "its metadata are not the announced " + announced.metadataSize() + " bytes");
    }
    if (PayloadWriter.HEADER + size > payload.length) {
      throw new PayloadException(Code.DOWNLOAD_TRANSFER_ERROR, "it ends within its manifest");
    }
    return (int) (PayloadWriter.HEADER + size);
  }

  private boolean signed(byte[] signatures, byte[] content) {
    try {
      ProtoReader in = new ProtoReader(signatures);
      for (int field = in.field(); field != 0; field = in.field()) {
        if (field != 1) {
          in.skip();
          continue;
        }
        ProtoReader one = new ProtoReader(in.bytes());
        for (int inner = one.field(); inner != 0; inner = one.field()) {
          if (inner != 2) {
            one.skip();
          } else if (key.fits("SHA256", content, one.bytes())) {
            return true;
          }
        }
      }
      return false;
    } catch (PayloadException e) {
      return false;
    }
  }

  private void validate(Manifest manifest) throws PayloadException {
    if (manifest.minorVersion() != 0) {
      throw new PayloadException(Code.PAYLOAD_MISMATCHED_TYPE,
          "it is a delta of minor version " + manifest.minorVersion() + ", a full one is needed");
    }
    if (manifest.maxTimestamp() < runningTimestamp) {
      throw new PayloadException(Code.PAYLOAD_TIMESTAMP_ERROR, "it is older than the running system");
    }
  }

  private byte[] write(Manifest.Partition partition, byte[] payload, int dataStart) throws PayloadException {
    if (partition.size() < 0 || partition.size() > MAX_PARTITION) {
      throw new PayloadException(Code.DOWNLOAD_MANIFEST_PARSE_ERROR, "a partition of " + partition.size() + " bytes");
    }
    byte[] target = new byte[(int) partition.size()];
    for (Operation operation : partition.operations()) {
      if (operation.length() > payload.length - dataStart - operation.offset()) {
        throw new PayloadException(Code.DOWNLOAD_TRANSFER_ERROR, "it ends within the data of an operation");
      }
      int from = (int) (dataStart + operation.offset());
      byte[] data = Arrays.copyOfRange(payload, from, (int) (from + operation.length()));
      boolean needsData = operation.length() > 0;
      if (needsData && !Arrays.equals(Digests.sha256(data), operation.sha256())) {
        throw new PayloadException(Code.DOWNLOAD_OPERATION_HASH_MISMATCH, "the data of an operation are not what the"
            + " manifest says");
      }
      place(expand(operation, data), operation.targets(), target);
    }
    return target;
  }

  private static byte[] expand(Operation operation, byte[] data) throws PayloadException {
    long blocks = operation.targets().stream().mapToLong(Operation.Extent::count).sum();
    if (blocks < 0 || blocks * Manifest.BLOCK > MAX_PARTITION) {
      throw new PayloadException(Code.DOWNLOAD_MANIFEST_PARSE_ERROR, "an operation on " + blocks + " blocks");
    }
    return switch (operation.type()) {
      case REPLACE -> data;
      case ZERO, DISCARD -> new byte[(int) blocks * Manifest.BLOCK];
      case REPLACE_XZ -> unpack(data, (int) blocks * Manifest.BLOCK);
      case REPLACE_BZ, MOVE, BSDIFF, SOURCE_COPY, SOURCE_BSDIFF, PUFFDIFF, BROTLI_BSDIFF, REPLACE_ZSTD, ZUCCHINI,
          LZ4DIFF -> throw new PayloadException(Code.UNSUPPORTED_MINOR_PAYLOAD_VERSION,
              "operation " + operation.type() + " is not applied here");
    };
  }

  private static byte[] unpack(byte[] data, int length) throws PayloadException {
    try (XZInputStream in = new XZInputStream(new ByteArrayInputStream(data), 64 << 10)) {
      return in.readNBytes(length);
    } catch (IOException e) {
      throw new PayloadException(Code.DOWNLOAD_OPERATION_HASH_MISMATCH, "its xz data are broken");
    }
  }

  private static void place(byte[] content, List<Operation.Extent> extents, byte[] target) throws PayloadException {
    int done = 0;
    for (Operation.Extent extent : extents) {
      long from = extent.start() * Manifest.BLOCK;
      long count = extent.count() * Manifest.BLOCK;
      boolean inside = extent.start() >= 0 && extent.count() >= 0 && extent.start() <= target.length
          && extent.count() <= target.length && from + count <= target.length && done + count <= content.length;
      if (!inside) {
        throw new PayloadException(Code.DOWNLOAD_MANIFEST_PARSE_ERROR, "an operation outside its partition");
      }
      System.arraycopy(content, done, target, (int) from, (int) count);
      done += (int) count;
    }
  }

  private void whole(byte[] payload) throws PayloadException {
    if (payload.length != announced.size()) {
      throw new PayloadException(Code.PAYLOAD_SIZE_MISMATCH_ERROR,
          payload.length + " bytes came, " + announced.size() + " were announced");
    }
    if (!Arrays.equals(Digests.sha256(payload), announced.sha256())) {
      throw new PayloadException(Code.PAYLOAD_HASH_MISMATCH_ERROR, "it does not have the announced digest");
    }
  }

  private void payloadSignature(Manifest manifest, byte[] payload, byte[] metadata, int dataStart)
      throws PayloadException {
    long offset = manifest.signaturesOffset();
    long size = manifest.signaturesSize();
    if (size == 0) {
      throw new PayloadException(Code.SIGNED_DELTA_PAYLOAD_EXPECTED_ERROR, "it is not signed");
    }
    if (offset < 0 || size < 0 || offset > payload.length || dataStart + offset + size != payload.length) {
      throw new PayloadException(Code.DOWNLOAD_PAYLOAD_PUB_KEY_VERIFICATION_ERROR, "its signature is not at its end");
    }
    byte[] content = Arrays.copyOf(metadata, (int) (metadata.length + offset));
    System.arraycopy(payload, dataStart, content, metadata.length, (int) offset);
    if (!signed(Arrays.copyOfRange(payload, (int) (dataStart + offset), payload.length), content)) {
      throw new PayloadException(Code.DOWNLOAD_PAYLOAD_PUB_KEY_VERIFICATION_ERROR,
          "the payload signature does not fit");
    }
  }
}
