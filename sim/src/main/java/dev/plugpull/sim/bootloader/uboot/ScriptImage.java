package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.media.Content;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A script as {@code source} takes it: a legacy image ({@code boot.scr}), a FIT image, or plain text.
 *
 * <p>U-Boot itself refuses plain text. It is taken here only where a source stands for an image that the gadget's build
 * makes from it ({@code X.in}, {@code X.source} for {@code X}); an image that begins with a magic number is checked as
 * U-Boot checks it.
 */
public final class ScriptImage {

  static final int LEGACY_MAGIC = 0x27051956;
  private static final int HEADER = 64;
  private static final int TYPE_SCRIPT = 6;

  /** A script, or why there is none. */
  public sealed interface Result {
    /** The text, one character a byte. */
    record Script(String text) implements Result {}

    /** What U-Boot prints when it refuses the image. */
    record Refused(String message) implements Result {}
  }

  private ScriptImage() {}

  /** Wraps a text in a legacy image, as {@code mkimage -T script} does (time stamp 0, name empty). */
  public static byte[] legacy(String script) {
    byte[] text = script.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer image = ByteBuffer.allocate(HEADER + 8 + text.length);
    image.position(HEADER);
    image.putInt(text.length).putInt(0).put(text);
    int dataCrc = UbootEnvironment.crcOf(image.array(), HEADER, image.capacity());
    image.putInt(0, LEGACY_MAGIC).putInt(12, 8 + text.length).putInt(24, dataCrc);
    image.put(28, (byte) 5).put(29, (byte) 2).put(30, (byte) TYPE_SCRIPT);
    image.putInt(4, UbootEnvironment.crcOf(image.array(), 0, HEADER));
    return image.array();
  }

  /**
   * Takes the script out of what was loaded.
   *
   * @param unit name of the image inside a FIT, null for the default one
   * @param verify check the data CRC and the hashes, as U-Boot does unless {@code verify=n}
   * @param textStands accept plain text
   */
  public static Result read(Content content, String unit, boolean verify, boolean textStands) {
    if (content.isPart()) {
      return new Result.Refused("Bad data crc");
    }
    byte[] bytes = content.bytes().orElse(null);
    if (bytes == null || bytes.length < 4) {
      return new Result.Refused("Wrong image format for \"source\" command");
    }
    return switch (ByteBuffer.wrap(bytes).getInt()) {
      case LEGACY_MAGIC -> legacy(bytes, verify);
      case FlatTree.MAGIC -> fit(bytes, unit, verify);
      default -> textStands && isText(bytes) ? new Result.Script(new String(bytes, StandardCharsets.ISO_8859_1))
          : new Result.Refused("Wrong image format for \"source\" command");
    };
  }

  private static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (b >= 0 && b < 32 && b != '\n' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private static Result legacy(byte[] bytes, boolean verify) {
    if (bytes.length < HEADER) {
      return new Result.Refused("Bad header crc");
    }
    ByteBuffer image = ByteBuffer.wrap(bytes);
    byte[] header = Arrays.copyOf(bytes, HEADER);
    Arrays.fill(header, 4, 8, (byte) 0);
    if (UbootEnvironment.crcOf(header, 0, HEADER) != image.getInt(4)) {
      return new Result.Refused("Bad header crc");
    }
    long size = Integer.toUnsignedLong(image.getInt(12));
    if (size > bytes.length - HEADER
        || verify && UbootEnvironment.crcOf(bytes, HEADER, HEADER + (int) size) != image.getInt(24)) {
      return new Result.Refused("Bad data crc");
    }
    if (bytes[30] != TYPE_SCRIPT) {
      return new Result.Refused("Bad image type");
    }
    return firstPart(image, HEADER + (int) size);
  }

  /** A script image is a list of sizes that ends with 0, then the parts; only the first part runs. */
  private static Result firstPart(ByteBuffer image, int end) {
    int at = HEADER;
    long length = at + 4 <= end ? Integer.toUnsignedLong(image.getInt(at)) : 0;
    if (length == 0) {
      return new Result.Refused("Empty Script");
    }
    while (at + 4 <= end && image.getInt(at) != 0) {
      at += 4;
    }
    at += 4;
    if (at > end) {
      return new Result.Refused("Empty Script");
    }
    return script(image.array(), at, (int) Math.min(length, end - at));
  }

  private static Result script(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(0);
    return new Result.Script(end < 0 ? text : text.substring(0, end));
  }

  private static Result fit(byte[] bytes, String unit, boolean verify) {
    Optional<FlatTree> tree = FlatTree.read(bytes);
    Optional<FlatTree> images = tree.flatMap(root -> root.node("images"));
    if (images.isEmpty()) {
      return new Result.Refused("Bad FIT image format");
    }
    String name = unit != null ? unit : defaultImage(tree.get(), images.get());
    if (name == null) {
      return new Result.Refused("No FIT subimage unit name");
    }
    FlatTree image = images.get().children().get(name);
    if (image == null) {
      return new Result.Refused("Can't find '" + name + "' FIT subimage");
    }
    if (!image.text("type").orElse("").equals("script")) {
      return new Result.Refused("Not a image image");
    }
    byte[] data = data(bytes, image);
    if (data == null) {
      return new Result.Refused("Could not find script subimage data");
    }
    if (verify && !hashesAreGood(image, data)) {
      return new Result.Refused("Bad Data Hash");
    }
    return script(data, 0, data.length);
  }

  /** {@code /images/default}, or the script of the default configuration. */
  private static String defaultImage(FlatTree root, FlatTree images) {
    return images.text("default").orElseGet(() -> root.node("configurations")
        .flatMap(all -> all.text("default").flatMap(all::node))
        .flatMap(configuration -> configuration.text("script")).orElse(null));
  }

  private static byte[] data(byte[] bytes, FlatTree image) {
    byte[] data = image.properties().get("data");
    if (data != null) {
      return data;
    }
    int size = image.number("data-size").orElse(-1);
    int total = ByteBuffer.wrap(bytes).getInt(4);
    long offset = image.number("data-position").map(Integer::longValue)
        .orElse(image.number("data-offset").map(value -> (total + 3L & ~3L) + value).orElse(-1L));
    if (size < 0 || offset < 0 || offset + size > bytes.length) {
      return null;
    }
    return Arrays.copyOfRange(bytes, (int) offset, (int) offset + size);
  }

  private static boolean hashesAreGood(FlatTree image, byte[] data) {
    for (Map.Entry<String, FlatTree> child : image.children().entrySet()) {
      byte[] value = child.getValue().properties().get("value");
      if (child.getKey().startsWith("hash") && (value == null || !matches(child.getValue(), value, data))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(FlatTree hash, byte[] value, byte[] data) {
    String algorithm = hash.text("algo").orElse("");
    if (algorithm.equals("crc32")) {
      return value.length == 4 && ByteBuffer.wrap(value).getInt() == UbootEnvironment.crcOf(data, 0, data.length);
    }
    try {
      String name = switch (algorithm) {
        case "sha1" -> "SHA-1";
        case "sha256" -> "SHA-256";
        case "sha384" -> "SHA-384";
        case "sha512" -> "SHA-512";
        case "md5" -> "MD5";
        default -> "unknown " + algorithm;
      };
      return Arrays.equals(MessageDigest.getInstance(name).digest(data), value);
    } catch (NoSuchAlgorithmException e) {
      return false;
    }
  }
}
