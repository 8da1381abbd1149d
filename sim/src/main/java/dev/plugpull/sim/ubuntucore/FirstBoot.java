package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Content;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The first boot of an installed system: snapd, which finds no state, takes its snaps over from the recovery system
 * that the device was installed from. Modelled as one step that begins anew after a cut.
 */
final class FirstBoot {
  private static final List<String> FOLDERS = List.of(SnapTasks.WANTS, "/var/lib/snapd/sequence",
      "/var/lib/snapd/cache", SnapTasks.ASSERTIONS + "snap-declaration", SnapTasks.ASSERTIONS + "snap-revision");

  private final Snapd snapd;
  private final Machine machine;
  private final CoreSetup setup;

  private FirstBoot(Snapd snapd) {
    this.snapd = snapd;
    this.machine = snapd.machine;
    this.setup = snapd.setup;
  }

  /** True if nobody has started this system before. */
  static boolean isDue(Machine machine) {
    return machine.setup.hasModes() && !machine.data().tree().exists(SnapdRecord.PATH);
  }

  /**
   * Makes the first state.
   *
   * @throws SnapdError if the recovery system is not whole
   */
  static SnapdRecord seed(Snapd snapd) {
    return new FirstBoot(snapd).seed();
  }

  private SnapdRecord seed() {
    String label = Labels.of(BootState20.modeenv(machine).entries().good()).getLast();
    RecoverySystem system = RecoverySystem.read(setup, machine.seed().tree(), label);
    if (system == null) {
      throw new SnapdError("cannot seed: recovery system " + label + " is not whole");
    }
    Map<Part, SnapdRecord.Snap> snaps = new EnumMap<>(Part.class);
    FOLDERS.forEach(folder -> Writes.folders(machine.data(), folder));
    system.snaps().forEach((part, revision) -> {
      take(part, revision);
      snaps.put(part, new SnapdRecord.Snap(revision, true, List.of(revision)));
    });
    return new SnapdRecord(snaps, null, "", "", "", 0, DeviceRecord.installed());
  }

  private void take(Part part, int revision) {
    String name = setup.name(part);
    for (String type : List.of("snap-declaration", "snap-revision")) {
      Writes.atomic(machine, "seed." + type, machine.data(),
          SnapTasks.ASSERTIONS + type + "/" + setup.snapName(part) + "-" + revision,
          Content.opaque(type + " of " + setup.released(part, revision), 1500));
    }
    String unit = "snap-" + name + "-" + revision + ".mount";
    String path = SnapTasks.UNITS + "/" + unit;
    Writes.folders(machine.data(), "/snap/" + name + "/" + revision);
    Writes.folders(machine.data(), "/var/snap/" + name + "/" + revision);
    Writes.atomic(machine, "seed.unit", machine.data(), path, Content.opaque("unit " + unit, 300));
    if (!machine.data().tree().exists(SnapTasks.WANTS + "/" + unit)) {
      machine.data().symlink(path, SnapTasks.WANTS + "/" + unit);
    }
    snapd.mounted.add(unit);
    String sequence = "{\"sequence\":[" + revision + "],\"current\":\"" + revision + "\"}";
    Writes.atomic(machine, "seed.sequence", machine.data(), "/var/lib/snapd/sequence/" + name + ".json",
        Content.text(sequence));
    String target = Integer.toString(revision);
    Writes.atomicLink(machine, "seed.data", machine.data(), target, "/var/snap/" + name + "/current");
    Writes.atomicLink(machine, "seed.current", machine.data(), target, "/snap/" + name + "/current");
  }

  /** F8, unencrypted: the marker of a factory reset goes. */
  static void tidyUp(Machine machine) {
    Writes.remove(machine, "F8", machine.data(), InstallMode.MARKER);
  }
}
