package dev.plugpull.scenarios.trial;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of inputs and of texts. */
final class Digest {
  private Digest() {}

  static String of(byte[] bytes) {
    try {
      return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("cannot digest: this Java has no SHA-256", e);
    }
  }

  /** A short stable id from a text. */
  static String shortId(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8)).substring(7, 15);
  }
}
