package dev.plugpull.sim.ubuntucore;

import java.util.Map;
import java.util.SortedMap;

/**
 * R11: what became of a recovery system on trial, looked at once a boot before any task runs. snapd holds its state
 * locked all the while: that the trial went well is written last, when modeenv and the loader's variables are cleared.
 */
final class TriedSystem {
  private TriedSystem() {}

  /**
   * Looks, notes and clears.
   *
   * @throws SnapdError if the variables or modeenv cannot be read or written
   */
  static void inspect(Snapd snapd) {
    Machine machine = snapd.machine;
    SortedMap<String, String> variables = SeedEnvironment.read(machine);
    String status = variables.getOrDefault(SeedEnvironment.STATUS, "");
    String label = variables.getOrDefault(SeedEnvironment.TRIED, "");
    if (status.isEmpty() && label.isEmpty()) {
      return;
    }
    Modeenv modeenv = BootState20.modeenv(machine);
    boolean worked = status.equals("tried") && Labels.contain(modeenv.entries().current(), label);
    machine.step("recovery system " + label + (worked ? " was tried and works" : " did not pass its trial"), "");
    if (worked) {
      DeviceRecord device = snapd.record.device();
      snapd.record = snapd.record.with(device.tried(Labels.with(device.tried(), label)));
      if (machine.setup.platform().recovery().outcomeKeptFirst()) {
        snapd.checkpoint("P17.tried");
      }
    }
    Modeenv cleared = modeenv.with(modeenv.entries().tried(label));
    if (!cleared.equals(modeenv)) {
      Writes.atomic(machine, "R11.modeenv", machine.data(), Modeenv.PATH, cleared.content());
    }
    SeedEnvironment.write(machine, "R11", Map.of(SeedEnvironment.TRIED, "", SeedEnvironment.STATUS, ""));
    if (!machine.setup.platform().recovery().outcomeKeptFirst()) {
      snapd.checkpoint("P17.tried");
    }
  }
}
