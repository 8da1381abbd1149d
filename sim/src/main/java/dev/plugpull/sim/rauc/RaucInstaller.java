package dev.plugpull.sim.rauc;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.slots.Agent;
import dev.plugpull.sim.slots.SlotImage;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotScenario;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** RAUC of the running system ({@code bootloaders.md} part 5, R1 to R8). */
final class RaucInstaller implements Agent.Installer {
  /** Offset of what the post-install hook writes: the machine's own settings inside the image. */
  static final long HOOK = SlotImage.BYTES;

  private static final int CHANGED_AT = 2 * SlotImage.BLOCK + 128;

  private final SlotMachine machine;
  private final RaucBoard board;
  private final BootSelection selection;
  private final Slot running;
  private final LiveVolume data;

  RaucInstaller(SlotMachine machine, RaucBoard board, BootSelection selection, Slot running) {
    this.machine = machine;
    this.board = board;
    this.selection = selection;
    this.running = running;
    this.data = machine.volume(RaucDevice.DATA);
  }

  @Override
  public boolean confirm() {
    selection.markGood(machine, running);
    boolean good = selection.good(machine, running);
    if (!good) {
      machine.step("the running slot is reported bad: no update is taken");
    }
    return good;
  }

  @Override
  public boolean back() {
    if (!selection.good(machine, running.other())) {
      return false;
    }
    selection.setPrimary(machine, running.other());
    return true;
  }

  @Override
  public String install(int target) {
    Slot slot = running.other();
    oldFirst(slot, target);
    boolean same = StatusFile.of(data.tree(), slot) == target;
    if (!same && !board.has(RaucDeparture.STATUS_KEPT_WHILE_WRITING)
        && !StatusFile.set(machine, "R1", slot, 0)) {
      return "no space left";
    }
    if (board.has(RaucDeparture.PRIMARY_BEFORE_IMAGE)) {
      selection.setPrimary(machine, slot);
    } else {
      selection.markBad(machine, slot);
    }
    if (same) {
      machine.step("the status says that slot " + slot + " holds release " + target + ": nothing to write");
    } else {
      write(slot, target);
      if (!StatusFile.set(machine, "R4", slot, target)) {
        return "no space left";
      }
    }
    loader(target);
    if (!board.has(RaucDeparture.HOOK_AFTER_SWITCH)) {
      hook(slot, target);
    }
    selection.setPrimary(machine, slot);
    if (board.has(RaucDeparture.HOOK_AFTER_SWITCH)) {
      hook(slot, target);
    }
    return "";
  }

  /** In one scenario the operator first installs the old release again; a cut makes him choose the new one at once. */
  private void oldFirst(Slot slot, int target) {
    boolean first = machine.scenario().is(RaucDevice.OLD_FIRST) && target == SlotScenario.NEW
        && machine.get(RaucDevice.CHOSE).isEmpty();
    machine.set(RaucDevice.CHOSE, machine.scenario().is(RaucDevice.OLD_FIRST) ? "new" : "");
    if (first && (board.has(RaucDeparture.STATUS_KEPT_WHILE_WRITING) || StatusFile.set(machine, "R1", slot, 0))) {
      selection.markBad(machine, slot);
      write(slot, SlotScenario.OLD);
      StatusFile.set(machine, "R4", slot, SlotScenario.OLD);
    }
  }

  /** R3. */
  private void write(Slot slot, int release) {
    LiveVolume partition = machine.volume(slot.volume);
    for (int block = 0; block < SlotImage.BLOCKS; block++) {
      byte[] bytes = SlotImage.block(release, block);
      boolean last = block == SlotImage.BLOCKS - 1;
      if (last && machine.scenario().is(RaucDevice.CHANGED_BUNDLE) && board.has(RaucDeparture.BUNDLE_NOT_LOCKED)) {
        bytes[CHANGED_AT - block * SlotImage.BLOCK] = 'x';
      }
      partition.writeRaw((long) block * SlotImage.BLOCK, bytes);
      machine.point("R3.written", "writes block " + block + " of the image");
    }
    if (!board.has(RaucDeparture.IMAGE_NOT_SYNCED)) {
      partition.fsyncRaw();
      machine.point("R3", "syncs the slot");
    }
  }

  private void hook(Slot slot, int release) {
    LiveVolume partition = machine.volume(slot.volume);
    partition.writeRaw(HOOK, hookOf(release));
    if (!board.has(RaucDeparture.IMAGE_NOT_SYNCED)) {
      partition.fsyncRaw();
    }
    machine.point("R4.hook", "the post-install hook patches the image");
  }

  static byte[] hookOf(int release) {
    return Arrays.copyOf(("patched release " + release).getBytes(StandardCharsets.US_ASCII), 512);
  }

  static int hookRevision(byte[] hook) {
    return hook[0] == 'p' ? hook[16] - '0' : 0;
  }

  /** A boot loader image in each of two places; the header goes last, so that a boot ROM never starts half of one. */
  private void loader(int release) {
    if (!board.loaderSlot()) {
      return;
    }
    LiveVolume volume = machine.volume(RaucDevice.LOADER);
    for (int copy = 0; copy < BootRom.COPIES; copy++) {
      long header = BootRom.header(copy);
      if (BootRom.holds(volume, copy, release)) {
        continue;
      }
      if (board.has(RaucDeparture.HEADER_FIRST)) {
        part(volume, header, BootRom.headerOf(release), "header");
        part(volume, BootRom.body(copy), BootRom.bodyOf(release), "body");
      } else {
        part(volume, header, new byte[BootRom.PART], "empty header");
        part(volume, BootRom.body(copy), BootRom.bodyOf(release), "body");
        part(volume, header, BootRom.headerOf(release), "header");
      }
    }
  }

  private void part(LiveVolume volume, long at, byte[] bytes, String what) {
    volume.writeRaw(at, bytes);
    volume.fsyncRaw();
    machine.point("R3.loader", "writes the boot loader's " + what);
  }
}
