package dev.plugpull.sim.microos;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of {@code /loader/entries} on the EFI system partition (micro-os.md section 6, bootloaders.md part 3): its
 * snapshot and its tries stand in the name.
 *
 * @param left tries left, -1 if boots of this entry are not counted
 * @param done tries done
 */
record BootEntry(int snapshot, int left, int done) {
  static final String FOLDER = "/loader/entries";
  private static final Pattern NAME = Pattern.compile("os-(\\d+)(?:\\+(\\d)(?:-(\\d))?)?\\.conf");

  /** The entry that a file name stands for, null if it is none. */
  static BootEntry of(String name) {
    Matcher matcher = NAME.matcher(name);
    return !matcher.matches() ? null : new BootEntry(
        Integer.parseInt(matcher.group(1)),
        matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2)),
        matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
  }

  /** Every entry on an EFI system partition, in the order of their names. */
  static List<BootEntry> all(Tree esp) {
    List<BootEntry> entries = new ArrayList<>();
    for (String name : esp.names(FOLDER)) {
      BootEntry entry = of(name);
      if (entry != null && esp.content(FOLDER + "/" + name) != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** What an entry's file says; null if it cannot be read. */
  Numbered.Entry text(Tree esp) {
    Content content = esp.content(path());
    return content != null && content.value() instanceof Numbered.Entry text ? text : null;
  }

  String path() {
    return FOLDER + "/os-" + snapshot + (left < 0 ? "" : "+" + left + (done > 0 ? "-" + done : "")) + ".conf";
  }

  /** The same name under another numbering of snapshots. */
  BootEntry renamed(int other) {
    return new BootEntry(other, left, done);
  }

  boolean counted() {
    return left >= 0;
  }

  boolean usedUp() {
    return left == 0;
  }

  /** As the boot loader leaves it when it starts the entry. */
  BootEntry tried() {
    return counted() ? new BootEntry(snapshot, Math.max(0, left - 1), Math.min(9, done + 1)) : this;
  }

  BootEntry blessed() {
    return new BootEntry(snapshot, -1, 0);
  }

  static String kernel(int release) {
    return "/os/" + release + "/linux-" + release;
  }

  static String initrd(int release) {
    return "/os/" + release + "/initrd-" + release;
  }
}
