package dev.plugpull.conformance.certify;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Hazards of platform and medium that the specification knows by id, and how one recognises a violation as one of them.
 * They explain why a violation is not the gadget's; they are never an input of the exploration.
 */
enum KnownHazard {
  H3("a mount unit that is written but not enabled is not enabled on repeat",
      "power fails between writing and enabling the unit; the refresh fails, the device survives",
      w -> w.why().contains("never became active")),
  H4("boot files of the new kernel are not synced when their task is recorded as done",
      "power fails after mount-snap is recorded and before the next global sync; a board that resets falls back to"
          + " the old"
          + " kernel",
      w -> w.point().startsWith("P17") && w.why().contains("kernel")),
  H5("a partial drivers tree is accepted on repeat",
      "power fails while the tree is built (UC24 and later)",
      w -> w.why().contains("incomplete")),
  H6("the data trash is overwritten on repeat",
      "power fails while data is copied after a revert",
      w -> w.property().equals("DATA")),
  H9("an environment of the wrong size or checksum is an endless reboot",
      "power fails while snapd or the boot script rewrites the run environment in place; only recovery from the"
          + " seed helps",
      w -> w.why().contains("cannot get information from boot loader")),
  H12("boot success is not marked again after an error", "marking fails once; the next boot rolls back",
      w -> w.why().contains("still being tried")),
  H17("an empty loader environment of UC16 and UC18 names no kernel",
      "power fails while the one environment is rewritten in place; a person is needed",
      w -> w.series() < 20 && w.point().startsWith("U")),
  B7("a single copy of a U-Boot environment can be torn",
      "power fails while boot.sel or uboot.env is written in place",
      w -> w.loader().startsWith("u-boot") && !w.loader().contains("raw")),
  B13("the boot loader reads the file system as it was before its journal",
      "power fails within seconds after the boot state changed on an ext4 boot partition; the loader sees some"
          + " blocks old and"
          + " some new until the kernel mounts the partition again",
      w -> w.loader().contains("ext4") || w.loader().contains("grub")),
  H15("a rename on FAT is several writes", "power fails between the directory updates",
      w -> w.loader().contains("vfat"));

  /** What is known of a violation. */
  record Witness(String property, String why, String point, String loader, int series) {}

  private final String title;
  private final String condition;
  private final Predicate<Witness> explains;

  KnownHazard(String title, String condition, Predicate<Witness> explains) {
    this.title = title;
    this.condition = condition;
    this.explains = explains;
  }

  String title() {
    return title;
  }

  String condition() {
    return condition;
  }

  /** The first hazard that explains a violation. */
  static Optional<KnownHazard> explaining(Witness witness) {
    for (KnownHazard hazard : values()) {
      if (hazard.explains.test(witness)) {
        return Optional.of(hazard);
      }
    }
    return Optional.empty();
  }
}
