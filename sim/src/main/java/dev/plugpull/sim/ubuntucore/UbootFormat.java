package dev.plugpull.sim.ubuntucore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * A U-Boot environment image as snapd handles it (specification section 4.3): checksum, flag byte or not, variables.
 */
final class UbootFormat implements EnvironmentFormat, RawEnvironment.RedundantFormat {
  private static final int CHECKSUM_BYTES = 4;

  private final boolean flagByte;

  UbootFormat(boolean flagByte) {
    this.flagByte = flagByte;
  }

  @Override
  public SortedMap<String, String> decode(byte[] image) {
    SortedMap<String, String> variables = decode(image, CHECKSUM_BYTES + 1);
    variables = variables == null ? decode(image, CHECKSUM_BYTES) : variables;
    if (variables == null) {
      throw new SnapdError("cannot read U-Boot environment: bad checksum");
    }
    return variables;
  }

  private static SortedMap<String, String> decode(byte[] image, int header) {
    if (image.length <= header || checksum(image, header) != storedChecksum(image)) {
      return null;
    }
    SortedMap<String, String> variables = new TreeMap<>();
    int at = header;
    while (at < image.length && image[at] != 0) {
      int end = at;
      while (end < image.length && image[end] != 0) {
        end++;
      }
      String entry = new String(image, at, end - at, StandardCharsets.UTF_8);
      int equals = entry.indexOf('=');
      if (equals > 0) {
        variables.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
      at = end + 1;
    }
    return variables;
  }

  @Override
  public SortedMap<String, String> decodeCopy(byte[] copy) {
    return decode(copy, CHECKSUM_BYTES + 1);
  }

  @Override
  public int counter(byte[] copy) {
    return copy[CHECKSUM_BYTES] & 0xFF;
  }

  @Override
  public byte[] encode(SortedMap<String, String> variables, byte[] before) {
    int counter = flagByte && before.length > CHECKSUM_BYTES ? before[CHECKSUM_BYTES] : 0;
    return encode(variables, counter, before.length);
  }

  @Override
  public byte[] encode(SortedMap<String, String> variables, int counter, int size) {
    int header = flagByte ? CHECKSUM_BYTES + 1 : CHECKSUM_BYTES;
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> entry : variables.entrySet()) {
      text.append(entry.getKey()).append('=').append(entry.getValue()).append('\0');
    }
    byte[] payload = text.append('\0').toString().getBytes(StandardCharsets.UTF_8);
    if (header + payload.length > size) {
      throw new SnapdError("cannot write U-Boot environment: more than " + size + " bytes");
    }
    byte[] image = new byte[size];
    Arrays.fill(image, (byte) 0xFF);
    System.arraycopy(payload, 0, image, header, payload.length);
    if (flagByte) {
      image[CHECKSUM_BYTES] = (byte) counter;
    }
    int checksum = checksum(image, header);
    for (int i = 0; i < CHECKSUM_BYTES; i++) {
      image[i] = (byte) (checksum >>> (8 * i));
    }
    return image;
  }

  private static int checksum(byte[] image, int from) {
    CRC32 crc = new CRC32();
    crc.update(image, from, image.length - from);
    return (int) crc.getValue();
  }

  private static int storedChecksum(byte[] image) {
    int value = 0;
    for (int i = 0; i < CHECKSUM_BYTES; i++) {
      value |= (image[i] & 0xFF) << (8 * i);
    }
    return value;
  }
}
