package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A GRUB environment block ({@code grubenv}), byte for byte.
 *
 * <p>One variable-sized store of {@code name=value} lines behind a signature line; {@code \} escapes a backslash or a
 * newline in a value; the rest is filled with {@code #}. There is no checksum, so a torn block is still valid as
 * long as
 * its first line is.
 *
 * <p>Two programs read it differently. GRUB takes any size and stops quietly at the first line that runs into the end
 * ({@link #grub}); snapd demands exactly 1024 bytes and splits plain lines ({@link #snapd}). Bytes are kept as Latin-1
 * characters, so every byte string has a text and back.
 *
 * <p>Immutable. Spec: {@code bootloaders.md} 1.1, hazards B1, B2.
 */
public final class GrubEnvironment {

  /** The size that every tool gives the file, and the only one snapd accepts. */
  public static final int SIZE = 1024;

  static final String SIGNATURE = "# GRUB Environment Block\n";

  private final byte[] block;

  private GrubEnvironment(byte[] block) {
    this.block = block;
  }

  /** An empty block of 1024 bytes, as {@code grub-editenv create} makes it. */
  public static GrubEnvironment empty() {
    byte[] block = new byte[SIZE];
    Arrays.fill(block, (byte) '#');
    byte[] signature = latin(SIGNATURE);
    System.arraycopy(signature, 0, block, 0, signature.length);
    return new GrubEnvironment(block);
  }

  /** GRUB's reading: empty unless the first line is the signature. Any size is taken. */
  public static Optional<GrubEnvironment> grub(Content file) {
    if (file.value() instanceof GrubEnvironment parsed) {
      return Optional.of(parsed);
    }
    return file.bytes().flatMap(GrubEnvironment::grub);
  }

  /** GRUB's reading of plain bytes. */
  public static Optional<GrubEnvironment> grub(byte[] bytes) {
    byte[] signature = latin(SIGNATURE);
    // GRUB compares the size with the signature including the string's end mark
    if (bytes.length <= signature.length || !startsWith(bytes, 0, signature)) {
      return Optional.empty();
    }
    return Optional.of(new GrubEnvironment(bytes.clone()));
  }

  /**
   * snapd's reading: the whole file or nothing.
   *
   * @return the variables in the order of the file
   * @throws GrubEnvironmentException if the file is not exactly 1024 bytes, has no signature, or a line without
   *     {@code =}
   */
  public static Map<String, String> snapd(Content file) throws GrubEnvironmentException {
    byte[] bytes = file.bytes().orElse(new byte[0]);
    if (bytes.length != SIZE) {
      throw new GrubEnvironmentException("cannot read grub environment: size is " + bytes.length + ", not " + SIZE);
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.startsWith(SIGNATURE)) {
      throw new GrubEnvironmentException("cannot read grub environment: the first line is not the signature");
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : text.substring(SIGNATURE.length()).split("\n", -1)) {
      if (line.startsWith("#") || line.isEmpty()) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 0) {
        throw new GrubEnvironmentException("cannot read grub environment: line without '=': " + shown(line));
      }
      variables.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return variables;
  }

  /**
   * The file as snapd writes it: a fresh block with the variables in the map's order.
   *
   * @throws GrubEnvironmentException if they need more than 1024 bytes
   */
  public static Content snapdFile(Map<String, String> variables) throws GrubEnvironmentException {
    StringBuilder text = new StringBuilder(SIGNATURE);
    variables.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    if (text.length() > SIZE) {
      throw new GrubEnvironmentException(
          "cannot write grub environment: " + text.length() + " bytes do not fit into " + SIZE);
    }
    text.append("#".repeat(SIZE - text.length()));
    return Content.of(latin(text.toString()));
  }

  /** The bytes of the block. */
  public byte[] bytes() {
    return block.clone();
  }

  /** This block as the content of a file, remembered so that it need not be parsed again. */
  public Content content() {
    for (byte b : block) {
      if (b < 0) {
        return Content.of(block);
      }
    }
    return Content.parsed(new String(block, StandardCharsets.ISO_8859_1), this);
  }

  /** Variables as GRUB's {@code load_env} sees them, in file order; a value that runs into the end is not there. */
  public Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    int at = SIGNATURE.length();
    while (at < block.length) {
      if (block[at] == '#') {
        at = afterLine(at);
        continue;
      }
      int equals = at;
      while (equals < block.length && block[equals] != '=') {
        equals++;
      }
      if (equals == block.length) {
        break;
      }
      int end = endOfValue(equals + 1);
      if (end >= block.length) {
        break;
      }
      variables.put(text(at, equals), unescaped(equals + 1, end));
      at = end + 1;
    }
    return variables;
  }

  /** The value of a variable, if it is set and whole. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(variables().get(name));
  }

  /**
   * Sets a variable in place or appends it.
   *
   * @return empty if the block is too small, or broken so that its free space cannot be told ("environment block too
   *     small")
   */
  public Optional<GrubEnvironment> set(String name, String value) {
    int space = block.length - 1;
    while (space >= 0 && block[space] == '#') {
      space--;
    }
    if (space < 0 || block[space] != '\n') {
      return Optional.empty();
    }
    space++;
    byte[] key = latin(name + "=");
    byte[] escaped = latin(escape(value));
    for (int at = SIGNATURE.length(); at + key.length < space; at = afterLine(at)) {
      if (startsWith(block, at, key)) {
        return replace(at + key.length, space, escaped);
      }
    }
    if (block.length - space < key.length + escaped.length + 1) {
      return Optional.empty();
    }
    byte[] result = block.clone();
    System.arraycopy(key, 0, result, space, key.length);
    System.arraycopy(escaped, 0, result, space + key.length, escaped.length);
    result[space + key.length + escaped.length] = '\n';
    return Optional.of(new GrubEnvironment(result));
  }

  private Optional<GrubEnvironment> replace(int start, int space, byte[] escaped) {
    int end = endOfValue(start);
    if (end >= block.length || block.length - space < escaped.length - (end - start)) {
      return Optional.empty();
    }
    byte[] result = new byte[block.length];
    Arrays.fill(result, (byte) '#');
    System.arraycopy(block, 0, result, 0, start);
    System.arraycopy(escaped, 0, result, start, escaped.length);
    System.arraycopy(block, end, result, start + escaped.length, space - end);
    return Optional.of(new GrubEnvironment(result));
  }

  /** Removes a variable; the same block if it is not there or runs into the end. */
  public GrubEnvironment unset(String name) {
    byte[] key = latin(name + "=");
    for (int at = SIGNATURE.length(); at + key.length < block.length; at = afterLine(at)) {
      if (startsWith(block, at, key)) {
        int end = endOfValue(at + key.length);
        if (end >= block.length) {
          return this;
        }
        byte[] result = new byte[block.length];
        Arrays.fill(result, (byte) '#');
        System.arraycopy(block, 0, result, 0, at);
        System.arraycopy(block, end + 1, result, at, block.length - end - 1);
        return new GrubEnvironment(result);
      }
    }
    return this;
  }

  private int afterLine(int at) {
    return endOfValue(at) + 1;
  }

  /** Index of the unescaped newline at or after {@code at}; at or behind the block's end if there is none. */
  private int endOfValue(int at) {
    int end = at;
    while (end < block.length && block[end] != '\n') {
      end += block[end] == '\\' ? 2 : 1;
    }
    return end;
  }

  private String unescaped(int from, int to) {
    StringBuilder value = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      if (block[i] == '\\' && i + 1 < to) {
        i++;
      }
      value.append((char) (block[i] & 0xff));
    }
    return value.toString();
  }

  private String text(int from, int to) {
    return new String(block, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String escape(String value) {
    if (value.indexOf('\\') < 0 && value.indexOf('\n') < 0) {
      return value;
    }
    StringBuilder escaped = new StringBuilder(value.length() + 4);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' || c == '\n') {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  private static boolean startsWith(byte[] bytes, int at, byte[] start) {
    return at + start.length <= bytes.length
        && Arrays.equals(bytes, at, at + start.length, start, 0, start.length);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String shown(String line) {
    return line.length() > 40 ? line.substring(0, 40) + "..." : line;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GrubEnvironment environment && Arrays.equals(block, environment.block);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(block);
  }

  @Override
  public String toString() {
    return block.length + " bytes " + variables();
  }
}
