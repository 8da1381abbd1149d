package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotWrites;

/** What happens before update_engine starts ({@code chrome-os.md} 7.6 and 8). */
final class Startup {
  static final String POWERWASH = "/factory_install_reset";
  static final String INSTALLED = "/.install_completed";
  static final String USER_DATA = "/home/user/documents";
  static final String APP_DATA = "/home/app/state";

  private Startup() {}

  static void run(SlotMachine machine) {
    machine.actor("startup");
    LiveVolume state = machine.volume(Part.STATE.ordinal());
    if (state.tree().exists(POWERWASH)) {
      powerwash(machine, state);
    }
    if (state.tree().exists(INSTALLED)) {
      machine.step("cleans up after an installation");
      SlotWrites.remove(machine, "B5", state, INSTALLED);
    }
  }

  /** Wipes what belongs to users; the marker goes last, so that a cut repeats the wipe. */
  private static void powerwash(SlotMachine machine, LiveVolume state) {
    SlotWrites.remove(machine, "PW1", state, USER_DATA);
    SlotWrites.remove(machine, "PW2", state, APP_DATA);
    state.sync();
    machine.point("PW3", "powerwash: the stateful partition is made new");
    SlotWrites.remove(machine, "PW4", state, POWERWASH);
    state.sync();
    machine.point("PW5", "powerwash is completed");
  }
}
