package dev.plugpull.sim.store.payload;

import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.RsaKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Takes a payload as it is, and as a manifest with data behind it that somebody signed properly: what lies behind a
 * signature is read with the same care.
 */
public final class PayloadFuzzHarness {
  private static final RsaKey KEY = RsaKey.generate(1024, new SeededRandom(1));
  /** Bytes that say how long the manifest is. */
  static final int LENGTH = 2;

  private PayloadFuzzHarness() {}

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    apply(data, new Announced(data.length, Digests.sha256(data), metadataSize(data)));
    if (data.length >= LENGTH) {
      byte[] signed = signed(data);
      apply(signed, PayloadWriter.announce(signed));
    }
  }

  private static void apply(byte[] payload, Announced announced) {
    try {
      new PayloadReader(KEY.publicKey(), announced, 0).apply(payload);
    } catch (PayloadException _) {
      // refused, as it should be
    }
  }

  private static long metadataSize(byte[] data) {
    return data.length < PayloadWriter.HEADER ? 0 : PayloadWriter.HEADER + ByteBuffer.wrap(data).getLong(12);
  }

  private static byte[] signed(byte[] data) {
    int length = Math.min(data.length - LENGTH, ByteBuffer.wrap(data).getShort() & 0xffff);
    byte[] manifest = Arrays.copyOfRange(data, LENGTH, LENGTH + length);
    byte[] behind = Arrays.copyOfRange(data, LENGTH + length, data.length);
    int size = PayloadWriter.signatures(new byte[KEY.publicKey().bytes()]).length;
    byte[] metadata = ByteBuffer.allocate(PayloadWriter.HEADER + length).put(PayloadWriter.MAGIC)
        .putLong(PayloadWriter.MAJOR).putLong(length).putInt(size).put(manifest).array();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(metadata);
    out.writeBytes(PayloadWriter.signatures(KEY.sign("SHA256", metadata)));
    out.writeBytes(behind);
    return out.toByteArray();
  }
}
