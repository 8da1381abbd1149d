package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.slots.PowerOn;
import dev.plugpull.sim.slots.SlotMachine;
import java.util.ArrayList;
import java.util.List;

/** vboot: chooses read-write firmware and kernel, counts tries, keeps the rollback version. */
final class Firmware {
  static final int INVALID_OS = 0x43;
  static final int NO_KERNEL = 0x5B;
  static final int BAD_FIRMWARE = 0x03;

  /** Fact that a warm reset keeps: power was not off. */
  private static final String ALIVE = "warm.alive";
  private static final String COLD = "cold starts while trying";

  private final ChromeBoard board;
  private final SlotMachine machine;
  private final NvData settings;
  private final TpmSpaces tpm;
  private boolean trying;

  Firmware(ChromeBoard board, SlotMachine machine) {
    this.board = board;
    this.machine = machine;
    settings = NvData.read(machine.volume(Part.NVDATA.ordinal()), board.settingsInFlash(),
        board.has(ChromeDeparture.BISECTED_LOG));
    tpm = new TpmSpaces(machine.volume(Part.TPM.ordinal()));
  }

  /** A kernel that firmware started. */
  record Booted(Slot slot, KernelImage kernel, Attributes attributes) {}

  /** Runs up to the hand-off; null with {@link #failure} set if no kernel was started. */
  Booted run() {
    machine.actor("firmware");
    if (settings.recovery() != 0) {
      return recovery();
    }
    if (board.firmwareUpdate() && !firmwareSlot()) {
      return null;
    }
    Booted booted = kernel();
    settings.commit(machine, "B1", "firmware saves its settings: " + settings);
    return booted;
  }

  /** What became of the boot when no kernel was started. */
  PowerOn failure;

  private Booted recovery() {
    if (board.has(ChromeDeparture.RECOVERY_CLEARED_EARLY)) {
      settings.recovery(0);
      settings.commit(machine, "recovery.cleared", "firmware clears the recovery request");
      if (board.benignResets() > 0 && machine.get("warm.trained").isEmpty()) {
        machine.set("warm.trained", "yes");
        failure = new PowerOn.Resets("memory training resets the machine");
        return null;
      }
    }
    failure = new PowerOn.Stops("recovery screen: no bootable system, reason 0x"
        + Integer.toHexString(settings.recovery()));
    return null;
  }

  /** vb2_select_fw_slot ({@code chrome-os.md} 3.3); false if the machine resets. */
  private boolean firmwareSlot() {
    settings.turn();
    countColdStarts();
    Slot slot = settings.tryNext();
    if (settings.previousResult() == NvData.Result.TRYING && settings.previousTried() == slot
        && settings.tryCount() == 0) {
      patience();
      slot = slot.other();
      settings.tryNext(slot);
    }
    if (settings.tryCount() > 0 && !board.lidClosed()) {
      settings.result(NvData.Result.TRYING);
      settings.tryCount(settings.tryCount() - 1);
    }
    trying = settings.result() == NvData.Result.TRYING;
    settings.tried(slot);
    int version = FirmwareImage.version(firmware(slot));
    if (version < Math.max(1, tpm.firmwareVersion())) {
      return failed(slot);
    }
    machine.step("read-write firmware " + slot + " version " + version);
    boolean settled = settings.previousTried() == slot && settings.previousResult() == NvData.Result.SUCCESS;
    if (settled) {
      tpm.firmwareVersion(machine, version);
    }
    return !resetsOnce();
  }

  private byte[] firmware(Slot slot) {
    return machine.volume(Part.FLASH.ordinal())
        .readRaw(slot == Slot.A ? 0 : FirmwareImage.BYTES, FirmwareImage.BYTES);
  }

  private boolean failed(Slot slot) {
    boolean both = settings.previousTried() != slot && settings.previousResult() == NvData.Result.FAILURE;
    settings.result(NvData.Result.FAILURE);
    settings.tryCount(0);
    settings.tryNext(slot.other());
    if (both) {
      settings.recovery(BAD_FIRMWARE);
    }
    settings.commit(machine, "B1", "firmware " + slot + " does not verify");
    failure = new PowerOn.Resets("read-write firmware " + slot + " does not verify");
    return false;
  }

  /** Monitor: cold starts while a firmware is tried, as far as they matter. */
  private void countColdStarts() {
    boolean tried = settings.previousResult() == NvData.Result.TRYING;
    if (tried && board.benignResets() > 0 && machine.get(ALIVE).isEmpty()) {
      machine.set(COLD, Integer.toString(Math.min(2, machine.world().number(COLD) + 1)));
    }
    machine.set(ALIVE, board.benignResets() > 0 ? "yes" : "");
  }

  /** Monitor of CONV: resets that the update itself asks for, and one power cut, never use a good firmware up. */
  private void patience() {
    if (board.benignResets() > 0 && machine.world().number(COLD) < 2) {
      machine.violation("CONV", "a good firmware is given up after resets that its own update asked for");
    }
  }

  /** Chips that were updated with the firmware reset the machine while its first boots go on. */
  private boolean resetsOnce() {
    int done = machine.world().number("chip.resets");
    if (!trying || done >= board.benignResets()) {
      return false;
    }
    machine.set("chip.resets", Integer.toString(done + 1));
    settings.commit(machine, "B1", "firmware saves its settings: " + settings);
    failure = new PowerOn.Resets("a chip takes its own update and resets the machine");
    return true;
  }

  /** vb2api_load_kernel ({@code chrome-os.md} 4). */
  private Booted kernel() {
    LiveVolume disk = machine.volume(Part.DISK.ordinal());
    GptCopies table = GptCopies.read(disk, Partitions.SECTORS);
    List<Slot> candidates = new ArrayList<>();
    if (table.readable()) {
      table.repair();
      if (board.repairsFirst()) {
        write(table, disk, "R");
        table.modified().clear();
      }
      candidates = candidates(table);
    }
    Booted booted = null;
    boolean failed = false;
    Attributes before = null;
    promised(candidates);
    for (Slot slot : candidates) {
      KernelImage image = verify(slot);
      before = table.attributes(slot);
      if (image.good()) {
        count(table, slot);
        booted = new Booted(slot, image, before);
        break;
      }
      machine.step("kernel " + slot + " is refused: " + image.failure());
      failed = true;
      if (!before.successful()) {
        table.set(slot, before.priority(0).tries(0));
      }
    }
    write(table, disk, "B2");
    if (booted == null) {
      settings.recovery(failed ? INVALID_OS : NO_KERNEL);
      failure = new PowerOn.Resets("no kernel can be started: recovery is requested");
      return null;
    }
    rollForward(booted, before);
    return booted;
  }

  private KernelImage verify(Slot slot) {
    byte[] partition = machine.volume(slot.kernel.ordinal()).readRaw(0, KernelImage.BLOCKS * KernelImage.BLOCK);
    return KernelImage.verify(partition, tpm.kernelVersion(), board.developer());
  }

  /** Highest priority first, lowest number on ties. */
  private List<Slot> candidates(GptCopies table) {
    List<Slot> result = new ArrayList<>();
    for (Slot slot : Slot.values()) {
      Attributes attributes = table.attributes(slot);
      boolean tries = attributes.tries() > 0 || !board.has(ChromeDeparture.TRIES_REQUIRED);
      if (attributes.candidate() && tries) {
        result.add(slot);
      }
    }
    result.sort((a, b) -> table.attributes(b).priority() - table.attributes(a).priority());
    return result;
  }

  /** Monitor of CONV: what was reported as ready to reboot is tried by the next boot. */
  private void promised(List<Slot> candidates) {
    String slot = machine.get(UpdateEngine.PROMISED);
    if (!slot.isEmpty()) {
      boolean tried = !candidates.isEmpty() && candidates.getFirst().name().equals(slot);
      if (!tried && !machine.asked().equals("cancelled")) {
        machine.violation("CONV", "the update was reported as ready to reboot, and the next boot does not try it");
      }
      machine.set(UpdateEngine.PROMISED, "");
    }
  }

  private void count(GptCopies table, Slot slot) {
    Attributes now = table.attributes(slot);
    if (!now.successful() && !board.lidClosed()) {
      table.set(slot, now.tries() > 1 ? now.tries(now.tries() - 1) : now.tries(0).priority(0));
    }
  }

  private void write(GptCopies table, LiveVolume disk, String point) {
    for (GptCopies.Region region : GptCopies.Region.values()) {
      if (table.readable() && table.modified().contains(region)) {
        disk.writeRaw(table.offset(region), table.bytes(region));
        machine.point(point + "." + region.name().toLowerCase(java.util.Locale.ROOT),
            "firmware writes the partition table: A " + table.attributes(Slot.A) + ", B " + table.attributes(Slot.B));
        if (board.storage().firmwareWritesAreDurable) {
          disk.deviceFlushed();
        }
      }
    }
  }

  /** The TPM follows the kernel that was already good before this boot ({@code chrome-os.md} 5). */
  private void rollForward(Booted booted, Attributes before) {
    if (board.developer() || trying) {
      return;
    }
    if (before.successful()) {
      tpm.kernelVersion(machine, booted.kernel().version());
    }
    if (board.has(ChromeDeparture.ROLL_FORWARD_BY_OTHER_SLOT)) {
      KernelImage other = verify(booted.slot().other());
      tpm.kernelVersion(machine, other.good() ? other.version() : 0);
    }
  }
}
