package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Boots in another mode than run, from the recovery system on the seed (specification sections 4.2, 4.4 and 7.7; GRUB
 * on UC20 and later). Of recover mode only what it writes to the device is modelled; a person then reboots. Install
 * mode is modelled as done when it begins: until its last write every boot begins it again.
 */
final class RecoveryMode {
  /** At rest: somebody asks for a reboot into the recovery system. */
  static final String ASKED = "recover";

  private static final String LABEL = "20260101";
  private static final String PATH = "/EFI/ubuntu/grubenv";

  private RecoveryMode() {}

  private static FileEnvironment environment() {
    return FileEnvironment.onSeed(PATH, new GrubFormat(), FileEnvironment.Rewrite.TRUNCATING);
  }

  /** What the image build put on the seed for it: path to the name of the kernel's blob. */
  static String kernelPath(CoreSetup setup) {
    return "/snaps/" + setup.blob(Part.KERNEL, Revisions.OLD);
  }

  static String variablesPath() {
    return "/systems/" + LABEL + "/grubenv";
  }

  /** R8. */
  static void ask(Machine machine) {
    environment().write(machine, "R8",
        new TreeMap<>(Map.of("snapd_recovery_mode", "recover", "snapd_recovery_system", LABEL)));
  }

  /** True if a kernel was started in a mode that this device has. */
  static boolean begins(CoreSetup setup, String mode) {
    return setup.scenario().events().contains(ASKED) && (mode.equals("recover") || mode.equals("install"));
  }

  static BootEnd<CoreState> run(Machine machine, String mode) {
    machine.actor("initramfs");
    machine.mount();
    if (mode.equals("install")) {
      machine.step("install mode removes ubuntu-boot and ubuntu-data and makes new ones", "");
      return new BootEnd.Restart<>(installedAgain(machine), "installed again from the seed");
    }
    try {
      environment().write(machine, "R10", new TreeMap<>(Map.of("snapd_recovery_mode", "run")));
    } catch (SnapdError e) {
      return new BootEnd.Restart<>(machine.settled(null), "initramfs emergency: " + e.getMessage());
    }
    return new BootEnd.Restart<>(machine.settled(null), "a person leaves the recovery system");
  }

  private static CoreState installedAgain(Machine machine) {
    CoreSetup setup = machine.setup;
    List<VolumeState> volumes = new ArrayList<>(setup.installed());
    LiveVolume data = volumes.get(setup.layout().data()).open();
    data.mount();
    for (Part part : setup.parts()) {
      for (String revision : data.tree().names("/var/snap/" + setup.name(part))) {
        String file = "/var/snap/" + setup.name(part) + "/" + revision + "/data";
        if (!revision.equals("current") && data.tree().exists(file)) {
          data.unlink(file);
        }
      }
    }
    data.sync();
    volumes.set(setup.layout().data(), data.settled());
    return new CoreState(volumes, machine.environment(), machine.monitors(), null);
  }
}
