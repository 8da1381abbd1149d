package dev.plugpull.sim.bootloader.grub;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path as scripts write it, taken apart.
 *
 * @param device without its parentheses; null if the path names none, so that {@code $root} counts
 * @param path behind the device
 */
record FilePath(String device, String path) {

  private static final Pattern BLOCKS = Pattern.compile("(\\d*)\\+(\\d+)");
  private static final int SECTOR_BYTES = 512;

  /** The run of sectors that the path means, {@code FIRST+COUNT}; null if it names a file. */
  Blocks blocks() {
    Matcher matcher = BLOCKS.matcher(path);
    if (!matcher.matches() || matcher.group(1).length() > 12 || matcher.group(2).length() > 4) {
      return null;
    }
    long first = matcher.group(1).isEmpty() ? 0 : Long.parseLong(matcher.group(1));
    return new Blocks(first * SECTOR_BYTES, Math.multiplyExact(Integer.parseInt(matcher.group(2)), SECTOR_BYTES));
  }

  /** A run of bytes on a device. */
  record Blocks(long offset, int length) {}

  /** Null if the parenthesis of the device is not closed. */
  static FilePath parse(String text) {
    if (!text.startsWith("(")) {
      return new FilePath(null, text);
    }
    int close = text.indexOf(')');
    return close < 0 ? null : new FilePath(text.substring(1, close), text.substring(close + 1));
  }
}
