package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.slots.SlotMachine;

/** chromeos-setgoodkernel: the running slot has booted well ({@code chrome-os.md} 7.7). */
final class GoodKernel {
  private GoodKernel() {}

  static void mark(SlotMachine machine, ChromeBoard board, Slot running) {
    machine.actor("setgoodkernel");
    Cgpt cgpt = new Cgpt(machine);
    if (board.cgptRepair() && !cgpt.table().whole()) {
      cgpt.repair("C0");
    }
    cgpt.add("C1", running, now -> now.successful(true).tries(0));
    cgpt.prioritize("C2", running);
    if (board.firmwareUpdate()) {
      NvData settings = settings(machine, board);
      settings.result(NvData.Result.SUCCESS);
      settings.commit(machine, "C3", "sets fw_result=success");
      settings.tryCount(0);
      settings.commit(machine, "C3.count", "sets fw_try_count=0");
    }
  }

  static NvData settings(SlotMachine machine, ChromeBoard board) {
    return NvData.read(machine.volume(Part.NVDATA.ordinal()), board.settingsInFlash(),
        board.has(ChromeDeparture.BISECTED_LOG));
  }
}
