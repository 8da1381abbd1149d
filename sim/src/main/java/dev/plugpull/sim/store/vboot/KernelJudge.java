package dev.plugpull.sim.store.vboot;

import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What firmware checks of one kernel partition (spec chrome-os 4, table of candidates). */
public final class KernelJudge {

  private static final int MAX_VERSION = 0xffff;

  /** How the machine was started. */
  public enum Mode {
    NORMAL(0x1 | 0x4), DEVELOPER(0x2 | 0x4), RECOVERY(0x1 | 0x8);

    private final long needs;

    /** Bits of a keyblock's flags that must be set: developer switch off 1, on 2; recovery off 4, on 8. */
    Mode(long needs) {
      this.needs = needs;
    }
  }

  /**
   * A kernel that may start.
   *
   * @param version key version in the upper, kernel version in the lower 16 bits, as the TPM keeps it
   */
  public record Verified(long version, byte[] body) {}

  private final PackedKey subkey;
  private final Mode mode;
  private final long tpmVersion;

  /**
   * A judge.
   *
   * @param subkey kernel subkey of the verified firmware; in recovery mode the recovery key
   * @param tpmVersion version in the TPM
   */
  public KernelJudge(PackedKey subkey, Mode mode, long tpmVersion) {
    this.subkey = subkey;
    this.mode = mode;
    this.tpmVersion = tpmVersion;
  }

  /** Accepts a partition's content, or says which check refused it. */
  public Verified judge(byte[] partition) throws TrustException {
    ByteBuffer in = ByteBuffer.wrap(partition).order(ByteOrder.LITTLE_ENDIAN);
    int keyblockSize = keyblock(in);
    PackedKey dataKey = PackedKey.read(in, 80, keyblockSize);
    if (mode == Mode.NORMAL && (dataKey.version() < tpmVersion >>> 16 || dataKey.version() > MAX_VERSION)) {
      throw new TrustException(Defect.ROLLBACK, "cannot start kernel: key version " + dataKey.version()
          + " is below " + (tpmVersion >>> 16) + " or too large");
    }
    return preamble(in.slice(keyblockSize, partition.length - keyblockSize).order(ByteOrder.LITTLE_ENDIAN), dataKey);
  }

  private int keyblock(ByteBuffer in) throws TrustException {
    byte[] bytes = in.array();
    if (bytes.length < KernelBlob.KEYBLOCK
        || !Arrays.equals(Arrays.copyOf(bytes, KernelBlob.MAGIC.length), KernelBlob.MAGIC)) {
      throw defect("no keyblock");
    }
    long size = in.getLong(16);
    if (in.getInt(8) != 2 || size < KernelBlob.KEYBLOCK || size > bytes.length) {
      throw defect("a keyblock of version " + in.getInt(8) + " and " + size + " bytes");
    }
    try {
      signature(in, 24, (int) size, subkey, "keyblock");
    } catch (TrustException e) {
      // A developer's own keyblock: its digest is enough.
      if (mode != Mode.DEVELOPER) {
        throw e;
      }
      hash(in, (int) size);
    }
    if (mode != Mode.DEVELOPER && (in.getLong(72) & mode.needs) != mode.needs) {
      throw new TrustException(Defect.MISMATCH, "cannot start kernel: its keyblock is not for " + mode + " mode");
    }
    return (int) size;
  }

  private static void hash(ByteBuffer in, int size) throws TrustException {
    byte[] hash = part(in, 48, size);
    byte[] content = slice(in, 0, in.getLong(48 + 16), size);
    if (!Arrays.equals(Digests.digest("SHA-512", content), hash)) {
      throw new TrustException(Defect.DIGEST, "cannot start kernel: the keyblock has another digest");
    }
  }

  private Verified preamble(ByteBuffer in, PackedKey dataKey) throws TrustException {
    if (in.capacity() < KernelBlob.PREAMBLE) {
      throw defect("no preamble");
    }
    long size = in.getLong(0);
    if (size < KernelBlob.PREAMBLE || size > in.capacity()) {
      throw defect("a preamble of " + size + " bytes");
    }
    signature(in, 8, (int) size, dataKey, "preamble");
    // Only now may anything of it be believed.
    if (in.getInt(32) != 2) {
      throw defect("a preamble of version " + in.getInt(32));
    }
    long version = dataKey.version() << 16 | in.getLong(40) & MAX_VERSION;
    if (mode == Mode.NORMAL && (version < tpmVersion || in.getLong(40) > MAX_VERSION)) {
      throw new TrustException(Defect.ROLLBACK,
          "cannot start kernel: version 0x%x is below 0x%x".formatted(version, tpmVersion));
    }
    byte[] bodySignature = part(in, 72, (int) size);
    byte[] body = slice(in, size, in.getLong(72 + 16), in.capacity());
    if (!dataKey.key().fits(dataKey.how().digest(), body, bodySignature)) {
      throw new TrustException(Defect.SIGNATURE, "cannot start kernel: its body is not what was signed");
    }
    return new Verified(version, body);
  }

  /** Checks the signature whose structure lies at {@code at} over the begin of the buffer. */
  private static void signature(ByteBuffer in, int at, int end, PackedKey key, String what) throws TrustException {
    byte[] signature = part(in, at, end);
    byte[] content = slice(in, 0, in.getLong(at + 16), end);
    // What is not covered must not hold anything that is used.
    boolean covers = content.length >= (what.equals("keyblock") ? KernelBlob.KEYBLOCK : KernelBlob.PREAMBLE);
    if (!covers || !key.key().fits(key.how().digest(), content, signature)) {
      throw new TrustException(Defect.SIGNATURE, "cannot start kernel: the signature of its " + what
          + " does not fit");
    }
  }

  private static byte[] part(ByteBuffer in, int at, int end) throws TrustException {
    long offset = in.getLong(at);
    return slice(in, offset < 0 ? -1 : at + offset, in.getLong(at + 8), end);
  }

  private static byte[] slice(ByteBuffer in, long from, long length, int end) throws TrustException {
    if (from < 0 || length < 0 || from > end || length > end - from) {
      throw defect("something of " + length + " bytes at " + from + ", outside its structure");
    }
    byte[] bytes = new byte[(int) length];
    in.get((int) from, bytes);
    return bytes;
  }

  private static TrustException defect(String why) {
    return new TrustException(Defect.FORMAT, "cannot start kernel: " + why);
  }
}
