package dev.plugpull.sim.store.vboot;

import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;

/**
 * A signature algorithm by its number: RSA sizes of 1024, 2048, 4096 and 8192 bits, each with three digests.
 *
 * @param bits of the modulus
 * @param digest {@code SHA1}, {@code SHA256} or {@code SHA512}
 */
record VbootAlgorithm(int bits, String digest) {

  private static final int[] BITS = {1024, 2048, 4096, 8192};
  private static final String[] DIGESTS = {"SHA1", "SHA256", "SHA512"};

  static VbootAlgorithm of(long number) throws TrustException {
    if (number < 0 || number >= BITS.length * DIGESTS.length) {
      throw new TrustException(Defect.FORMAT, "cannot use key: algorithm " + number + " is not known");
    }
    return new VbootAlgorithm(BITS[(int) number / DIGESTS.length], DIGESTS[(int) number % DIGESTS.length]);
  }

  /** The number of the algorithm that signs with SHA-256 and keys of that size. */
  static int sha256(int bits) {
    for (int i = 0; i < BITS.length; i++) {
      if (BITS[i] == bits) {
        return i * DIGESTS.length + 1;
      }
    }
    throw new IllegalArgumentException("cannot sign with a key of " + bits + " bits");
  }
}
