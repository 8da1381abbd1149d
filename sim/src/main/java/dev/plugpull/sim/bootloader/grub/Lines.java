package dev.plugpull.sim.bootloader.grub;

/**
 * The lines of a script in the order in which GRUB's parser asks for them.
 *
 * <p>A configuration file and a block differ: GRUB drops file lines whose first character is {@code #} before the lexer
 * sees them, even inside a quoted string.
 */
final class Lines {

  private final String text;
  private final boolean dropsComments;
  private int at;
  private int line;
  private boolean ended;

  private Lines(String text, int firstLine, boolean dropsComments) {
    this.text = text;
    this.line = firstLine - 1;
    this.dropsComments = dropsComments;
  }

  static Lines ofFile(String text) {
    Lines lines = new Lines(text, 1, true);
    lines.ended = text.isEmpty();
    return lines;
  }

  static Lines ofBody(String text, int firstLine) {
    return new Lines(text, firstLine, false);
  }

  /** The next line without its end, or null. */
  String next() {
    while (!ended) {
      int end = text.indexOf('\n', at);
      String result = end < 0 ? text.substring(at) : text.substring(at, end);
      line++;
      // a file that ends in a newline has no empty last line; a block has
      at = end + 1;
      ended = end < 0 || (dropsComments && at == text.length());
      if (dropsComments) {
        if (result.startsWith("#")) {
          continue;
        }
        result = result.indexOf('\r') < 0 ? result : result.replace("\r", "");
      }
      return result;
    }
    return null;
  }

  /** Number of the line that {@link #next} gave last. */
  int line() {
    return line;
  }
}
