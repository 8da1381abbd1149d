package dev.plugpull.sim.systemdboot;

import dev.plugpull.sim.media.Content;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A boot entry: its version and its tries stand in the name of its file ({@code bootloaders.md} part 3).
 *
 * @param left tries left, -1 if boots of this entry are not counted
 * @param done tries done
 */
record Entry(int version, int left, int done) {
  static final String FOLDER = "/loader/entries";
  private static final Pattern NAME = Pattern.compile("os_([0-9])(?:\\+([0-9])(?:-([0-9]))?)?\\.conf");

  /** The entry that a file name stands for, null if it is none. */
  static Entry of(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    return new Entry(Integer.parseInt(matcher.group(1)),
        matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2)),
        matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
  }

  String path() {
    return FOLDER + "/os_" + version + (left < 0 ? "" : "+" + left + (done > 0 ? "-" + done : "")) + ".conf";
  }

  boolean counted() {
    return left >= 0;
  }

  Entry tried() {
    return new Entry(version, Math.max(0, left - 1), Math.min(9, done + 1));
  }

  Entry blessed() {
    return new Entry(version, -1, 0);
  }

  Entry bad() {
    return new Entry(version, 0, done);
  }

  static String kernel(int version) {
    return "/os/kernel-" + version;
  }

  /** What the file says. */
  static Content text(int version, String slot) {
    return Content.text("title OS " + version + "\nlinux " + kernel(version) + "\noptions root=" + slot + "\n");
  }

  /** The slot that a file names, empty if it cannot be read. */
  static String slot(Content content) {
    String text = content == null ? "" : content.text().orElse("");
    int at = text.indexOf("options root=");
    return at < 0 || at + 14 > text.length() ? "" : text.substring(at + 13, at + 14);
  }
}
