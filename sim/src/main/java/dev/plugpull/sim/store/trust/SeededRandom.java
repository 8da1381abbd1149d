package dev.plugpull.sim.store.trust;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * A stream of bytes that its seed fixes, for keys of simulated stores: the same store owns the same keys in every run.
 * Never for keys that protect anything.
 */
public final class SeededRandom extends SecureRandom {

  private static final long serialVersionUID = 1;

  private final long seed;
  private long block;
  private byte[] rest = {};

  public SeededRandom(long seed) {
    super(null, null);
    this.seed = seed;
  }

  @Override
  public synchronized void nextBytes(byte[] bytes) {
    int done = 0;
    while (done < bytes.length) {
      if (rest.length == 0) {
        rest = Digests.sha256(ByteBuffer.allocate(16).putLong(seed).putLong(block++).array());
      }
      int count = Math.min(rest.length, bytes.length - done);
      System.arraycopy(rest, 0, bytes, done, count);
      rest = java.util.Arrays.copyOfRange(rest, count, rest.length);
      done += count;
    }
  }

  @Override
  public byte[] generateSeed(int count) {
    byte[] bytes = new byte[count];
    nextBytes(bytes);
    return bytes;
  }
}
