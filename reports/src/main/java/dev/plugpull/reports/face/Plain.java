package dev.plugpull.reports.face;

/** Text of a vendor made safe for a line of a terminal: no control, no change of direction, no line break. */
final class Plain {
  private Plain() {}

  static String line(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints().forEach(point -> {
      int type = Character.getType(point);
      boolean harmful = type == Character.CONTROL || type == Character.FORMAT || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR || type == Character.SURROGATE;
      safe.appendCodePoint(harmful ? (point == '\n' || point == '\t' ? ' ' : 0xFFFD) : point);
    });
    return safe.toString();
  }
}
