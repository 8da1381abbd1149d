package dev.plugpull.sim.chromeos;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256, cut to 16 bytes; a signature is the digest of what is signed together with the name of the key. */
final class Digest {
  static final int BYTES = 16;

  private Digest() {}

  static byte[] of(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return Arrays.copyOf(digest.digest(), BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("cannot digest: this Java has no SHA-256", e);
    }
  }

  static String hex(byte[]... parts) {
    return HexFormat.of().formatHex(of(parts));
  }

  static byte[] signature(String key, byte[] signed) {
    return of(("signed by " + key).getBytes(StandardCharsets.UTF_8), signed);
  }
}
