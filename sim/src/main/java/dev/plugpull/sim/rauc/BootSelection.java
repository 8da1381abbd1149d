package dev.plugpull.sim.rauc;

import dev.plugpull.sim.slots.PowerOn;
import dev.plugpull.sim.slots.SlotMachine;

/** A boot loader's half of RAUC, and RAUC's half of the boot loader ({@code bootloaders.md} part 5). */
interface BootSelection {

  /** Runs the loader: the partition number of the slot whose kernel it starts, or how it ended. */
  Loaded load(SlotMachine machine);

  /** True if RAUC takes a slot for good. */
  boolean good(SlotMachine machine, Slot slot);

  /** R2: before a slot is written. */
  void markBad(SlotMachine machine, Slot slot);

  /** R5 and R6: after a slot was written. */
  void setPrimary(SlotMachine machine, Slot slot);

  /** R8: after a good boot. */
  void markGood(SlotMachine machine, Slot slot);

  /**
   * How the loader ended.
   *
   * @param revision of the started kernel
   * @param slot it came from
   * @param failed null if a kernel was started
   */
  record Loaded(int revision, Slot slot, PowerOn failed) {}
}
