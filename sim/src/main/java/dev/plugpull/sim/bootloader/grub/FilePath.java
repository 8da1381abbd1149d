package dev.plugpull.sim.bootloader.grub;

/**
 * A path as scripts write it, taken apart.
 *
 * @param device without its parentheses; null if the path names none, so that {@code $root} counts
 * @param path behind the device
 */
record FilePath(String device, String path) {

  /** Null if the parenthesis of the device is not closed. */
  static FilePath parse(String text) {
    if (!text.startsWith("(")) {
      return new FilePath(null, text);
    }
    int close = text.indexOf(')');
    return close < 0 ? null : new FilePath(text.substring(1, close), text.substring(close + 1));
  }
}
