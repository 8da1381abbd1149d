package dev.plugpull.sim.microos;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.LinkedHashMap;
import java.util.Map;

/** The read-only files of a release, as packages bring them. */
final class Release {
  /** Of no release, or not whole. */
  static final int NONE = -1;
  static final int OLD = 1;
  static final int NEW = 2;
  static final int NEXT = 3;

  /** A small file of the base that is the same in every release: what programs try to change. */
  static final String NOTICE = "usr/lib/notice";
  static final Content NOTICE_TEXT = Content.text("this system updates itself\n");

  private static final long MIB = 1 << 20;
  private static final Map<String, Long> SIZES = new LinkedHashMap<>();

  static {
    SIZES.put("usr/base", 100 * MIB);
    SIZES.put("usr/lib/modules", 40 * MIB);
    SIZES.put("boot/vmlinuz", 12 * MIB);
    SIZES.put("usr/lib/sysimage/rpmdb", 8 * MIB);
    SIZES.put("boot/initrd", 30 * MIB);
  }

  private Release() {}

  /** What rpm unpacks, in order; the initrd is made on the device. */
  static Iterable<String> packaged() {
    return SIZES.keySet().stream().filter(file -> !file.endsWith("initrd")).toList();
  }

  static Iterable<String> files() {
    return SIZES.keySet();
  }

  static Content file(String file, int release) {
    return Content.opaque(file.substring(file.lastIndexOf('/') + 1) + "-" + release, SIZES.get(file));
  }

  static long blocks() {
    return SIZES.values().stream().mapToLong(Long::longValue).sum() / 4096;
  }

  /** The release of an opaque file, {@link #NONE} if it is not whole or of none. */
  static int of(Content content) {
    if (content == null || !content.isOpaque() || content.isPart()) {
      return NONE;
    }
    int dash = content.name().lastIndexOf('-');
    String number = dash < 0 ? "" : content.name().substring(dash + 1);
    return number.matches("\\d") ? Integer.parseInt(number) : NONE;
  }

  /** The release of a file in a snapshot. */
  static int of(Tree tree, int snapshot, String file) {
    return of(tree.content(Layout.root(snapshot) + "/" + file));
  }

  /** The release that a snapshot holds in every file, {@link #NONE} if it is a mixture. */
  static int whole(Tree tree, int snapshot) {
    int release = of(tree, snapshot, "usr/base");
    for (String file : files()) {
      if (of(tree, snapshot, file) != release) {
        return NONE;
      }
    }
    return release;
  }
}
