package dev.plugpull.sim.store.assertion;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The v1 encoding of keys and signatures: version byte 1, one OpenPGP packet, base64 in lines of 76 (spec 1.3). */
final class V1Encoding {

  static final int SIGNATURE_TAG = 2;
  static final int PUBLIC_KEY_TAG = 6;
  private static final int VERSION = 1;
  private static final int LINE = 76;

  private V1Encoding() {}

  /** The whole packet, header included, of the text; nothing may follow it. */
  static byte[] decode(byte[] text, int tag, String what) throws AssertionException {
    String joined = new String(text, StandardCharsets.ISO_8859_1).replace("\n", "").replace("\r", "");
    byte[] bytes;
    try {
      // Java accepts a missing padding, snapd's decoder does not.
      bytes = joined.length() % 4 == 0 ? Base64.getDecoder().decode(joined) : new byte[0];
    } catch (IllegalArgumentException e) {
      throw defect(what, "not base64", e);
    }
    if (bytes.length < 3) {
      throw defect(what, "not base64 or too short", null);
    }
    if (bytes[0] != VERSION) {
      throw defect(what, "unsupported encoding version " + (bytes[0] & 0xff), null);
    }
    byte[] packet = Arrays.copyOfRange(bytes, 1, bytes.length);
    checkFrame(packet, tag, what);
    return packet;
  }

  static byte[] encode(byte[] packet) {
    return Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encode(versioned(packet));
  }

  static byte[] versioned(byte[] packet) {
    byte[] bytes = new byte[packet.length + 1];
    bytes[0] = VERSION;
    System.arraycopy(packet, 0, bytes, 1, packet.length);
    return bytes;
  }

  /** A packet with a header of the new format. */
  static byte[] frame(int tag, byte[] contents) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xC0 | tag);
    int length = contents.length;
    if (length < 192) {
      out.write(length);
    } else if (length < 8384) {
      out.write(((length - 192) >> 8) + 192);
      out.write(length - 192);
    } else {
      out.writeBytes(new byte[] {
          (byte) 0xff, (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
    }
    out.writeBytes(contents);
    return out.toByteArray();
  }

  private static void checkFrame(byte[] packet, int tag, String what) throws AssertionException {
    int first = packet[0] & 0xff;
    boolean newFormat = (first & 0x40) != 0;
    int found = newFormat ? first & 0x3f : (first >> 2) & 0x0f;
    if ((first & 0x80) == 0 || found != tag) {
      throw defect(what, "not an OpenPGP packet of tag " + tag, null);
    }
    long end = newFormat ? newFormatEnd(packet) : oldFormatEnd(packet, first & 3);
    if (end != packet.length) {
      throw defect(what, end < 0 || end > packet.length ? "the packet is cut" : "data follow the packet", null);
    }
  }

  private static long newFormatEnd(byte[] packet) {
    int length = packet[1] & 0xff;
    if (length < 192) {
      return 2L + length;
    }
    if (length < 224) {
      return packet.length < 3 ? -1 : 3L + ((length - 192) << 8) + 192 + (packet[2] & 0xff);
    }
    return length != 255 || packet.length < 6 ? -1 : 6 + number(packet, 2, 4);
  }

  private static long oldFormatEnd(byte[] packet, int lengthType) {
    int size = 1 << lengthType;
    return size > 4 || packet.length < 1 + size ? -1 : 1 + size + number(packet, 1, size);
  }

  private static long number(byte[] bytes, int at, int size) {
    long number = 0;
    for (int i = 0; i < size; i++) {
      number = number << 8 | bytes[at + i] & 0xff;
    }
    return number;
  }

  private static AssertionException defect(String what, String why, Throwable cause) {
    return new AssertionException("cannot read " + what + ": " + why, cause);
  }
}
