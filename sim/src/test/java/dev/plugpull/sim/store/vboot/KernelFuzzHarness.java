package dev.plugpull.sim.store.vboot;

import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.RsaKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.TrustException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Takes a kernel partition as it is, and once more with its keyblock's digest and its preamble's signature made to fit:
 * what lies behind them is read with the same care.
 */
public final class KernelFuzzHarness {
  static final RsaKey KEY = RsaKey.generate(1024, new SeededRandom(2));
  private static final PackedKey SUBKEY = PackedKey.of(KEY.publicKey(), 1);

  private KernelFuzzHarness() {}

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    for (KernelJudge.Mode mode : KernelJudge.Mode.values()) {
      judge(data, mode);
    }
    judge(fitting(data), KernelJudge.Mode.DEVELOPER);
    try {
      PackedKey.read(data);
    } catch (TrustException _) {
      // refused, as it should be
    }
  }

  private static void judge(byte[] data, KernelJudge.Mode mode) {
    try {
      new KernelJudge(SUBKEY, mode, 0x10001).judge(data);
    } catch (TrustException _) {
      // refused, as it should be
    }
  }

  private static byte[] fitting(byte[] data) {
    byte[] changed = data.clone();
    if (changed.length < KernelBlob.KEYBLOCK) {
      return changed;
    }
    ByteBuffer all = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    fit(all, 48, content -> Digests.digest("SHA-512", content));
    long size = all.getLong(16);
    if (size >= KernelBlob.KEYBLOCK && size <= changed.length - KernelBlob.PREAMBLE) {
      fit(all.slice((int) size, changed.length - (int) size).order(ByteOrder.LITTLE_ENDIAN), 8,
          content -> KEY.sign("SHA256", content));
    }
    return changed;
  }

  /** Writes what the structure at {@code at} speaks of, if it and what it covers lie inside. */
  private static void fit(ByteBuffer in, int at, java.util.function.UnaryOperator<byte[]> make) {
    long offset = in.getLong(at);
    long covered = in.getLong(at + 16);
    if (covered < 0 || covered > in.capacity() || offset < 0 || offset > in.capacity()) {
      return;
    }
    byte[] content = new byte[(int) covered];
    in.get(0, content);
    byte[] made = make.apply(content);
    long room = in.capacity() - at - offset;
    if (room > 0) {
      in.put((int) (at + offset), Arrays.copyOf(made, (int) Math.min(made.length, room)));
    }
  }
}
