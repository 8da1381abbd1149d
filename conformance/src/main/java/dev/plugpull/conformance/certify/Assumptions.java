package dev.plugpull.conformance.certify;

import dev.plugpull.sim.ubuntucore.gadget.Target;
import java.util.List;

/** What every certificate of an Ubuntu Core device takes for granted, beside what its board assumes. */
final class Assumptions {
  private Assumptions() {}

  static List<String> of(Target target) {
    return List.of(
        "snapd, its initramfs and systemd behave as their sources of 2026 say; the model was read from source and its"
            + " runs were not compared with a real device",
        "file systems follow the rules of docs/fault-model.md: ext4 ordered with auto_da_alloc, FAT without any order;"
            + " of a home block that lags, the version at mount, the last commit and later ones are looked at",
        "bounds: at most 4,096 crash states a volume and 200,000 a crash point; larger windows are counted as bounded",
        "reductions: temporary names are inert; revisions are renamed; boot ids count only as this boot or another;"
            + " opaque files count as whole, damaged, empty or missing; unreadable environments count by what the boot"
            + " loader makes of them; lagging home blocks likewise; where a loader stops without having written,"
            + " nothing else on the disk counts",
        "events other than power cuts strike at most once, before the first cut; cuts strike anywhere, any number"
            + " of times",
        "a kernel or snap that is cut off or damaged is refused by whoever loads or mounts it",
        "secure boot and disk encryption are off; try counts: one try a refresh"
            + (target.series() >= 20 ? "; recovery systems, installation and factory reset: the first boot takes its"
                + " snaps over in one step, which a cut begins anew; of recover mode only what it writes" : ""));
  }
}
