package dev.plugpull.sim.store.vcdiff;

import dev.plugpull.sim.store.trust.TrustException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Takes bytes as a delta, as they are and with a proper head; and two contents, of which the delta that is made must
 * give the second.
 */
public final class VcdiffFuzzHarness {
  static final byte[] SOURCE = VcdiffTest.pair(300)[0];
  static final int MOST = 1 << 16;

  private VcdiffFuzzHarness() {}

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    apply(data);
    apply(ByteBuffer.allocate(VcdiffReader.MAGIC.length + 1 + data.length).put(VcdiffReader.MAGIC).put((byte) 0)
        .put(data).array());
    byte[] source = Arrays.copyOf(data, data.length / 2);
    byte[] target = Arrays.copyOfRange(data, data.length / 3, data.length);
    try {
      byte[] made = VcdiffReader.apply(source, VcdiffWriter.delta(source, target), target.length);
      if (!Arrays.equals(made, target)) {
        throw new IllegalStateException("a delta makes something else than it was made for");
      }
    } catch (TrustException e) {
      throw new IllegalStateException("a delta of our own is refused", e);
    }
  }

  private static void apply(byte[] delta) {
    try {
      if (VcdiffReader.apply(SOURCE, delta, MOST).length > MOST) {
        throw new IllegalStateException("more than may be made");
      }
    } catch (TrustException _) {
      // refused, as it should be
    }
  }
}
