package dev.plugpull.sim.store;

import dev.plugpull.sim.store.trust.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The draw that decides which devices see a release that is still being phased in. */
public final class Phasing {

  private Phasing() {}

  /**
   * A number from 0 up to below 100 that is always the same for one device and release, and independent between
   * releases: a device that is late once is not late always.
   */
  public static double draw(String device, String release) {
    byte[] digest = Digests.sha256((device + "\n" + release).getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1.0p-53 * 100;
  }

  /** Whether the device is among the first so many per cent. */
  public static boolean sees(String device, String release, double percentage) {
    return draw(device, release) < percentage;
  }
}
