package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.slots.PowerOn;
import dev.plugpull.sim.slots.SlotMachine;

/** The kernel's handler for a root file system that does not verify ({@code chrome-os.md} 6). */
final class Verity {
  private Verity() {}

  /** First error: notes it in the partition table. Second one: makes the kernel's partition unbootable. Then panics. */
  static PowerOn failed(SlotMachine machine, Firmware.Booted booted) {
    machine.actor("kernel");
    LiveVolume disk = machine.volume(Part.DISK.ordinal());
    GptCopies table = GptCopies.read(disk, Partitions.SECTORS);
    Slot slot = booted.slot();
    if (table.readable() && !table.attributes(slot).error()) {
      table.repair();
      table.set(slot, table.attributes(slot).error(true));
      for (GptCopies.Region region : GptCopies.Region.values()) {
        disk.writeRaw(table.offset(region), table.bytes(region));
        disk.deviceFlushed();
        machine.point("V1", "verity notes its first error in the partition table");
      }
    } else {
      LiveVolume kernel = machine.volume(slot.kernel.ordinal());
      kernel.writeRaw(0, KernelImage.VERITY_ERROR);
      kernel.deviceFlushed();
      machine.point("V2", "verity marks the kernel's partition as bad");
    }
    return new PowerOn.Resets("the root file system of slot " + slot + " does not verify: panic");
  }
}
