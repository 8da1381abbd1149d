package dev.plugpull.sim.bootloader.uboot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * An environment image as U-Boot reads and writes it ({@code bootloaders.md} 2.1).
 *
 * <p>Layout: CRC32 of the data (little-endian), one flag byte if the build has a redundant environment, then
 * {@code name=value} entries, each ended by a zero byte, and one more zero byte. The rest is zero. Bytes are mapped to
 * characters one to one (ISO 8859-1), so that any image survives a round trip.
 *
 * @param variables sorted by name
 * @param header which header the image has
 * @param flag the flag byte, 0 to 255; 0 without one
 * @param size length of the whole image in bytes
 */
public record UbootEnvironment(NavigableMap<String, String> variables, Header header, int flag, int size) {

  /** Which header stands before the data. */
  public enum Header {
    /** CRC only. */
    PLAIN(4),
    /** CRC and flag byte, as builds with a redundant environment have it. */
    FLAG(5);

    private final int length;

    Header(int length) {
      this.length = length;
    }

    /** Length in bytes. */
    public int length() {
      return length;
    }
  }

  /** Which of two copies a build uses. */
  public enum Copy {
    FIRST,
    SECOND,
    NONE
  }

  public UbootEnvironment {
    variables = Collections.unmodifiableNavigableMap(new TreeMap<>(variables));
  }

  /** Reads an image; empty if it is too short or its CRC is wrong, then U-Boot takes the default environment. */
  public static Optional<UbootEnvironment> read(byte[] image, Header header) {
    if (!crcIsGood(image, header)) {
      return Optional.empty();
    }
    byte[] data = Arrays.copyOfRange(image, header.length(), image.length);
    NavigableMap<String, String> variables = new TreeMap<>();
    if (!EnvironmentText.read(data, '\0', false, variables)) {
      return Optional.empty();
    }
    int flag = header == Header.FLAG ? image[4] & 0xff : 0;
    return Optional.of(new UbootEnvironment(variables, header, flag, image.length));
  }

  /** True if the CRC in the header is that of everything after the header. */
  public static boolean crcIsGood(byte[] image, Header header) {
    return image.length > header.length() && storedCrc(image) == crcOf(image, header.length(), image.length);
  }

  /** Reads an image of either header; a checksum over the data fits one of them only. */
  public static Optional<UbootEnvironment> read(byte[] image) {
    return read(image, Header.FLAG).or(() -> read(image, Header.PLAIN));
  }

  /**
   * What {@code mkenvimage} makes of a text: a line an entry, empty lines and lines that begin with {@code #} left out
   * (but for the first), a backslash at a line's end keeps the newline inside the value (U-Boot,
   * {@code tools/mkenvimage.c}).
   *
   * @param size length of the image in bytes, header included
   */
  public static UbootEnvironment ofSource(String source, Header header, int size) {
    StringBuilder entries = new StringBuilder();
    boolean first = true;
    for (String line : source.split("\n", -1)) {
      if (line.isEmpty() || line.startsWith("#") && !first) {
        first = false;
        continue;
      }
      first = false;
      boolean goesOn = line.endsWith("\\");
      entries.append(goesOn ? line.substring(0, line.length() - 1) : line).append(goesOn ? '\n' : '\0');
    }
    NavigableMap<String, String> variables = new TreeMap<>();
    EnvironmentText.read(entries.toString().getBytes(StandardCharsets.ISO_8859_1), '\0', false, variables);
    return new UbootEnvironment(variables, header, 0, size);
  }

  /**
   * Which copy a build with a redundant environment uses: the only good one; of two good ones that with the larger
   * flag, except that 0 follows 255; the first if the flags are equal.
   */
  public static Copy choose(byte[] first, byte[] second) {
    boolean firstGood = crcIsGood(first, Header.FLAG);
    boolean secondGood = crcIsGood(second, Header.FLAG);
    if (!firstGood && !secondGood) {
      return Copy.NONE;
    }
    if (!firstGood || !secondGood) {
      return firstGood ? Copy.FIRST : Copy.SECOND;
    }
    return secondIsNewer(first[4] & 0xff, second[4] & 0xff) ? Copy.SECOND : Copy.FIRST;
  }

  private static boolean secondIsNewer(int first, int second) {
    if (first == 255 && second == 0) {
      return true;
    }
    return !(first == 0 && second == 255) && second > first;
  }

  /**
   * The image in bytes.
   *
   * @throws IllegalArgumentException if the variables do not fit into {@link #size}
   */
  public byte[] image() {
    byte[] data = EnvironmentText.write(variables, '\0').getBytes(StandardCharsets.ISO_8859_1);
    if (data.length + 1 > size - header.length()) {
      throw new IllegalArgumentException(
          "cannot build environment image: " + (data.length + 1) + " bytes of variables, room for "
              + (size - header.length()));
    }
    byte[] image = new byte[size];
    System.arraycopy(data, 0, image, header.length(), data.length);
    seal(image, header, flag);
    return image;
  }

  /** True if the variables fit. */
  public boolean fits() {
    return EnvironmentText.write(variables, '\0').length() + 1 <= size - header.length();
  }

  /** The value of a variable, empty if it is not set. */
  public String value(String name) {
    return variables.getOrDefault(name, "");
  }

  /** The same image with other variables. */
  public UbootEnvironment with(Map<String, String> changed) {
    NavigableMap<String, String> all = new TreeMap<>(variables);
    all.putAll(changed);
    return new UbootEnvironment(all, header, flag, size);
  }

  static void seal(byte[] image, Header header, int flag) {
    int crc = crcOf(image, header.length(), image.length);
    for (int i = 0; i < 4; i++) {
      image[i] = (byte) (crc >>> (8 * i));
    }
    if (header == Header.FLAG) {
      image[4] = (byte) flag;
    }
  }

  static int storedCrc(byte[] image) {
    return image[0] & 0xff | (image[1] & 0xff) << 8 | (image[2] & 0xff) << 16 | (image[3] & 0xff) << 24;
  }

  static int crcOf(byte[] bytes, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }
}
