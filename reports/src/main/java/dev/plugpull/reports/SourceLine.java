package dev.plugpull.reports;

/**
 * A line of a vendor's file.
 *
 * @param file path inside the gadget, with {@code /}
 * @param line counted from 1
 */
public record SourceLine(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
