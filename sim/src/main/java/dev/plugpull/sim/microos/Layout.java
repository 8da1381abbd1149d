package dev.plugpull.sim.microos;

import dev.plugpull.sim.filesystem.Subvolumes;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;

/** Where things are on the btrfs volume (micro-os.md section 1). */
final class Layout {
  static final String SNAPSHOTS = "/@/.snapshots";
  static final String MISC = "/@/var/lib/misc";
  static final String TRANSACTIONAL_STATE = MISC + "/transactional-update.state";
  static final String HEALTH_STATE = MISC + "/health-check.state";
  static final String REBOOTED = MISC + "/health-check.rebooted";
  static final String OVERLAYS = "/@/var/lib/overlay";
  /** What an application keeps in /var, which no snapshot holds. */
  static final String APPLICATION = "/@/var/lib/app/state";
  static final Content APPLICATION_STATE = Content.text("written by an application\n");
  static final String DOCUMENT = "/@/home/user/document";
  /** 512 bytes at 256 KiB of the partition: what GRUB can write on btrfs. */
  static final long ENVIRONMENT_OFFSET = 512 * 512;
  static final int ENVIRONMENT_BYTES = 512;
  static final String ENVIRONMENT_BLOCK = "(hd0,gpt2)512+1";

  private Layout() {}

  static String folder(int number) {
    return SNAPSHOTS + "/" + number;
  }

  static String root(int number) {
    return folder(number) + "/snapshot";
  }

  static String info(int number) {
    return folder(number) + "/info.xml";
  }

  static String grubEntry(int number) {
    return folder(number) + "/grub-snapshot.cfg";
  }

  static String etc(int number) {
    return root(number) + "/etc";
  }

  static String syncpoint(int number) {
    return etc(number) + "/etc.syncpoint";
  }

  static String upper(int number) {
    return OVERLAYS + "/" + number + "/etc";
  }

  /** Numbers of the snapshots that snapper lists: a folder without info.xml is none. */
  static List<Integer> listed(Tree tree) {
    List<Integer> numbers = new ArrayList<>();
    for (int number : numbers(tree, SNAPSHOTS)) {
      if (tree.exists(info(number))) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** Folders with numbers for names, by number. */
  static List<Integer> numbers(Tree tree, String folder) {
    List<Integer> numbers = new ArrayList<>();
    for (String name : tree.names(folder)) {
      numbers.add(Integer.parseInt(name));
    }
    numbers.sort(null);
    return numbers;
  }

  /** The snapshot that is the default subvolume. */
  static int defaultSnapshot(Tree tree) {
    return number(Subvolumes.defaultIn(tree));
  }

  /** The number in {@code @/.snapshots/N/snapshot}, 0 if there is none. */
  static int number(String path) {
    String[] parts = path.split("/");
    return parts.length >= 3 && parts[parts.length - 1].equals("snapshot")
        ? Integer.parseInt(parts[parts.length - 2])
        : 0;
  }
}
