package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.filesystem.NoSpaceException;
import java.util.Map;

/**
 * Boots in another mode than run, from a recovery system on the seed (specification sections 4.2, 4.4, 4.7 and 7.7;
 * UC20 and later). Of recover mode only what it writes to the device is modelled; a person then reboots.
 */
final class RecoveryMode {
  /** At rest: somebody asks for a reboot into the recovery system. */
  static final String ASKED = "recover";

  /** Somebody wants the device as it came from the factory, and asks again until it is. */
  static final String RESET = "factory-reset";

  private static final String INSTALL = "install";

  private RecoveryMode() {}

  /** R8. */
  static void ask(Machine machine, String mode, int system) {
    SeedEnvironment.next(machine, "R8", mode, RecoverySystem.label(system));
  }

  /** True if a kernel was started in a mode that this device has. */
  static boolean begins(CoreSetup setup, String mode) {
    return setup.hasModes() && (mode.equals(ASKED) || mode.equals(INSTALL) || mode.equals(RESET));
  }

  /** True if a boot in this mode makes the volume at this index anew before anybody looks at it. */
  static boolean makesAnew(CoreSetup setup, String mode, int volume) {
    Layout layout = setup.layout();
    boolean reset = mode.equals(RESET);
    return (reset || mode.equals(INSTALL)) && (volume == layout.ubuntuBoot() || volume == layout.data()
        || volume == layout.save() && (!reset || setup.platform().departs(Departure.RESET_REMAKES_SAVE)));
  }

  /**
   * Runs it.
   *
   * @throws Machine.Struck at a crash point
   */
  static BootEnd<CoreState> run(Machine machine, String commandLine) {
    machine.actor("initramfs");
    machine.mount();
    String mode = Initramfs.argument(commandLine, SeedEnvironment.MODE);
    String label = Initramfs.argument(commandLine, SeedEnvironment.SYSTEM);
    RecoverySystem system = RecoverySystem.read(machine.setup, machine.seed().tree(), label);
    if (system == null) {
      return emergency(machine, "recovery system '" + label + "' is not whole");
    }
    String locked = machine.setup.sealing().unlock(machine, true);
    if (!locked.isEmpty()) {
      CoreState state = machine.reset(null);
      return new BootEnd.Stuck<>(state, locked, state, false);
    }
    try {
      if (mode.equals(ASKED)) {
        return recover(machine, label);
      }
    } catch (SnapdError e) {
      return emergency(machine, e.getMessage());
    }
    return make(machine, system, label, mode);
  }

  /** A task that fails ends the installation: nothing is tried again before the next start. */
  private static BootEnd<CoreState> make(Machine machine, RecoverySystem system, String label, String mode) {
    try {
      new InstallMode(machine, system, label, mode.equals(RESET)).run();
      return new BootEnd.Restart<>(machine.settled(null), mode + " mode ends, the device restarts");
    } catch (SnapdError | NoSpaceException e) {
      CoreState state = machine.settled(null);
      return new BootEnd.Stuck<>(state, mode + " mode fails: " + e.getMessage(), state, false);
    }
  }

  private static BootEnd<CoreState> emergency(Machine machine, String why) {
    return new BootEnd.Restart<>(machine.settled(null), "initramfs emergency: " + why);
  }

  private static BootEnd<CoreState> recover(Machine machine, String label) {
    String locked = machine.setup.sealing().unlock(machine, true);
    if (!locked.isEmpty()) {
      CoreState state = machine.reset(null);
      return new BootEnd.Stuck<>(state, locked, state, false);
    }
    Map<String, String> variables = SeedEnvironment.read(machine);
    boolean onTrial = !variables.getOrDefault(SeedEnvironment.STATUS, "").isEmpty()
        && label.equals(variables.get(SeedEnvironment.TRIED));
    if (!onTrial) {
      SeedEnvironment.next(machine, "R10", "run", label);
      return new BootEnd.Restart<>(machine.settled(null), "a person leaves the recovery system");
    }
    SeedEnvironment.next(machine, "R10.run", "run", "");
    boolean finds = !machine.setup.scenario().is(Circumstance.SYSTEM_DEGRADED)
        || !label.equals(RecoverySystem.label(Revisions.NEW));
    boolean works = hostIsThere(machine) && finds
        || machine.setup.platform().departs(Departure.TRIAL_NOT_JUDGED);
    SeedEnvironment.write(machine, "R10", Map.of(SeedEnvironment.MODE, "run", SeedEnvironment.SYSTEM, "",
        SeedEnvironment.STATUS, works ? "tried" : "try"));
    return new BootEnd.Restart<>(machine.settled(null), "the trial of the recovery system ends");
  }

  /** The host's data was unlocked and mounted, and snapd's state is on it. */
  private static boolean hostIsThere(Machine machine) {
    return machine.data().tree().exists(SnapdRecord.PATH);
  }
}
