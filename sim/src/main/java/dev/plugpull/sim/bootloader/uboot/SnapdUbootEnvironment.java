package dev.plugpull.sim.bootloader.uboot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A U-Boot environment as snapd reads and writes it ({@code ubuntu-core.md} 4.2 and 4.3): {@code uboot.env},
 * {@code boot.sel}, {@code piboot.conf} and the two copies on a raw {@code ubuntu-boot-state} partition.
 *
 * <p>It differs from U-Boot's own code: values are not escaped, variables with an empty value are left out when
 * written, the rest of the image is 0xFF, and an entry without {@code =} is an error.
 *
 * @param variables sorted by name
 * @param header with or without flag byte
 * @param flag the flag byte
 * @param size length of one image in bytes, never changed by snapd
 */
public record SnapdUbootEnvironment(
    NavigableMap<String, String> variables, UbootEnvironment.Header header, int flag, int size) {

  /** Size of each raw copy, in bytes. */
  public static final int RAW_COPY_SIZE = 8192;

  /** Size of a {@code boot.sel} that snapd makes, in bytes. */
  public static final int BOOT_SEL_SIZE = 4096;

  /** snapd cannot read the bytes; the message says why. */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }

  public SnapdUbootEnvironment {
    variables = Collections.unmodifiableNavigableMap(new TreeMap<>(variables));
  }

  /** A new, empty environment with a flag byte, as snapd creates it. */
  public static SnapdUbootEnvironment create(int size) {
    return new SnapdUbootEnvironment(new TreeMap<>(), UbootEnvironment.Header.FLAG, 0, size);
  }

  /** Reads a file: with the flag byte first, then without if the CRC does not fit. */
  public static SnapdUbootEnvironment readFile(byte[] image) throws UnreadableException {
    if (image.length < UbootEnvironment.Header.FLAG.length()) {
      throw new UnreadableException("cannot read environment: " + image.length + " bytes are less than a header");
    }
    for (UbootEnvironment.Header header : new UbootEnvironment.Header[] {
        UbootEnvironment.Header.FLAG, UbootEnvironment.Header.PLAIN}) {
      if (crcIsGood(image, header)) {
        return parse(image, header, false);
      }
    }
    throw new UnreadableException("cannot read environment: bad CRC");
  }

  /**
   * Reads the raw partition: two copies one after the other. A copy with a bad CRC is ignored; of two good ones the
   * newer wins, by the difference of the flags as a signed byte; the first if they are equal.
   */
  public static SnapdUbootEnvironment readRaw(byte[] partition, int copySize) throws UnreadableException {
    if (partition.length < 2 * copySize) {
      throw new UnreadableException("cannot read boot state: partition is shorter than two copies of " + copySize);
    }
    byte[] copy = switch (chooseRaw(partition, copySize)) {
      case FIRST -> Arrays.copyOf(partition, copySize);
      case SECOND -> Arrays.copyOfRange(partition, copySize, 2 * copySize);
      case NONE -> throw new UnreadableException("cannot read boot state: both copies have a bad CRC");
    };
    return parse(copy, UbootEnvironment.Header.FLAG, true);
  }

  /** Which raw copy snapd takes as the current one. */
  public static UbootEnvironment.Copy chooseRaw(byte[] partition, int copySize) {
    byte[] first = Arrays.copyOf(partition, copySize);
    byte[] second = Arrays.copyOfRange(partition, copySize, 2 * copySize);
    boolean firstGood = crcIsGood(first, UbootEnvironment.Header.FLAG);
    boolean secondGood = crcIsGood(second, UbootEnvironment.Header.FLAG);
    if (firstGood && secondGood) {
      return (byte) (second[4] - first[4]) > 0 ? UbootEnvironment.Copy.SECOND : UbootEnvironment.Copy.FIRST;
    }
    if (firstGood) {
      return UbootEnvironment.Copy.FIRST;
    }
    return secondGood ? UbootEnvironment.Copy.SECOND : UbootEnvironment.Copy.NONE;
  }

  /** The same environment with some values changed; an empty value removes the variable. */
  public SnapdUbootEnvironment with(Map<String, String> changes) {
    NavigableMap<String, String> all = new TreeMap<>(variables);
    changes.forEach((name, value) -> {
      if (value.isEmpty()) {
        all.remove(name);
      } else {
        all.put(name, value);
      }
    });
    return new SnapdUbootEnvironment(all, header, flag, size);
  }

  /** The same environment with the next serial in the flag byte, for the other raw copy. */
  public SnapdUbootEnvironment next() {
    return new SnapdUbootEnvironment(variables, header, flag + 1 & 0xff, size);
  }

  /** The value of a variable, empty if it is not set. */
  public String value(String name) {
    return variables.getOrDefault(name, "");
  }

  /**
   * The image in bytes, padded with 0xFF.
   *
   * @throws IllegalArgumentException if the variables do not fit
   */
  public byte[] image() {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    variables.forEach((name, value) -> {
      payload.writeBytes((name + "=" + value).getBytes(StandardCharsets.ISO_8859_1));
      payload.write(0);
    });
    payload.write(0);
    if (variables.isEmpty()) {
      payload.write(0);
    }
    if (payload.size() > size - header.length()) {
      throw new IllegalArgumentException("cannot write environment: " + payload.size() + " bytes, room for "
          + (size - header.length()));
    }
    byte[] image = new byte[size];
    Arrays.fill(image, (byte) 0xff);
    System.arraycopy(payload.toByteArray(), 0, image, header.length(), payload.size());
    UbootEnvironment.seal(image, header, flag);
    return image;
  }

  private static boolean crcIsGood(byte[] image, UbootEnvironment.Header header) {
    return UbootEnvironment.storedCrc(image) == UbootEnvironment.crcOf(image, header.length(), image.length);
  }

  private static SnapdUbootEnvironment parse(byte[] image, UbootEnvironment.Header header, boolean bestEffort)
      throws UnreadableException {
    String payload = new String(image, header.length(), image.length - header.length(), StandardCharsets.ISO_8859_1);
    int end = payload.indexOf("\0\0");
    NavigableMap<String, String> variables = new TreeMap<>();
    for (String entry : (end < 0 ? payload : payload.substring(0, end)).split("\0")) {
      if (entry.isEmpty() || entry.charAt(0) == 0xff) {
        continue;
      }
      int equals = entry.indexOf('=');
      if (equals > 0) {
        variables.put(entry.substring(0, equals), entry.substring(equals + 1));
      } else if (!bestEffort) {
        throw new UnreadableException("cannot read environment: no key=value pair in \"" + entry + "\"");
      }
    }
    int flag = header == UbootEnvironment.Header.FLAG ? image[4] & 0xff : 0;
    return new SnapdUbootEnvironment(variables, header, flag, image.length);
  }
}
