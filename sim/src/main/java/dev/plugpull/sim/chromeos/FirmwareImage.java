package dev.plugpull.sim.chromeos;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A read-write firmware slot in SPI flash: two blocks, the second one checked by a digest in the first. */
final class FirmwareImage {
  static final int BLOCK = 4096;
  static final int BYTES = 2 * BLOCK;
  private static final int DIGEST = 64;

  private FirmwareImage() {}

  static byte[] build(int version) {
    byte[] image = new byte[BYTES];
    byte[] body = ("body of firmware " + version).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(body, 0, image, BLOCK, body.length);
    byte[] head = ("RWFW version=" + version).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, image, 0, head.length);
    byte[] digest = digest(image).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digest, 0, image, DIGEST, digest.length);
    return image;
  }

  private static String digest(byte[] image) {
    return HexFormat.of().formatHex(
        Digest.signature("firmware data key", Digest.of(Arrays.copyOf(image, DIGEST),
            Arrays.copyOfRange(image, BLOCK, BYTES))));
  }

  /** Version of a slot, 0 if it does not verify. */
  static int version(byte[] slot) {
    String head = new String(slot, 0, DIGEST, StandardCharsets.US_ASCII).strip().replace("\0", "");
    String digest = new String(slot, DIGEST, 2 * Digest.BYTES, StandardCharsets.US_ASCII);
    boolean good = head.startsWith("RWFW version=") && digest.equals(digest(slot));
    return good ? Integer.parseInt(head.substring(13)) : 0;
  }
}
