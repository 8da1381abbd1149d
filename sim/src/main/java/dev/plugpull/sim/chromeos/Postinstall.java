package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotWrites;
import java.util.Arrays;

/** chromeos-postinst: makes the new slot bootable ({@code chrome-os.md} 7.5, U11 to U19). */
final class Postinstall {
  private final SlotMachine machine;
  private final ChromeBoard board;
  private final Payload payload;
  private final Slot target;
  private final LiveVolume state;
  private final Cgpt cgpt;

  Postinstall(SlotMachine machine, ChromeBoard board, Payload payload, Slot running) {
    this.machine = machine;
    this.board = board;
    this.payload = payload;
    this.target = running.other();
    this.state = machine.volume(Part.STATE.ordinal());
    this.cgpt = new Cgpt(machine);
  }

  /** What went wrong, empty if nothing did. */
  String run() {
    machine.actor("postinst");
    if (board.powerwash()) {
      marker("U11", Startup.POWERWASH, "safe fast keepimg reason=update_engine\n");
    }
    if (!setImage()) {
      return "postinst: the hash tree does not match the kernel";
    }
    machine.sync();
    machine.point("U13", "postinst syncs");
    if (board.cgptRepair() && !cgpt.table().whole()) {
      cgpt.repair("U14.repair");
    }
    cgpt.prioritize("U14", target);
    boolean good = board.has(ChromeDeparture.ACTIVE_AS_SUCCESSFUL);
    if (!cgpt.add("U15", target, now -> now.successful(good))
        || !cgpt.add("U16", target, now -> now.tries(board.maxTries()))) {
      return "postinst: the partition table cannot be changed";
    }
    marker("U17", Startup.INSTALLED, "");
    if (board.firmwareUpdate()) {
      firmware();
    }
    machine.sync();
    machine.point("U19", "postinst syncs");
    return "";
  }

  private void marker(String point, String path, String text) {
    try {
      SlotWrites.plain(machine, point, state, path, Content.text(text));
    } catch (NoSpaceException e) {
      machine.step("cannot write " + path + ": no space left");
    }
  }

  /** U12: the hash tree is computed again, compared with the signed digest, and appended. */
  private boolean setImage() {
    LiveVolume root = machine.volume(target.root.ordinal());
    byte[] data = root.readRaw(0, RootImage.DATA_BLOCKS * RootImage.BLOCK);
    byte[] tree = RootImage.hashTree(data);
    if (!RootImage.digest(tree).equals(RootImage.digest(RootImage.hashTree(payload.root())))) {
      return false;
    }
    root.writeRaw((long) RootImage.DATA_BLOCKS * RootImage.BLOCK, tree);
    machine.point("U12", "appends the hash tree");
    return true;
  }

  /** U18: writes the other firmware slot, then asks for it: slot first, count second (hazard H9). */
  private void firmware() {
    NvData settings = GoodKernel.settings(machine, board);
    Slot next = settings.tried().other();
    LiveVolume flash = machine.volume(Part.FLASH.ordinal());
    byte[] image = FirmwareImage.build(payload.target());
    long at = next == Slot.A ? 0 : FirmwareImage.BYTES;
    flash.writeRaw(at + FirmwareImage.BLOCK, Arrays.copyOfRange(image, FirmwareImage.BLOCK, FirmwareImage.BYTES));
    machine.point("U18.body", "writes the body of firmware " + next);
    flash.writeRaw(at, Arrays.copyOf(image, FirmwareImage.BLOCK));
    flash.fsyncRaw();
    machine.point("U18.head", "writes the head of firmware " + next);
    settings.tryNext(next);
    settings.commit(machine, "U18.next", "sets fw_try_next=" + next);
    settings.tryCount(board.has(ChromeDeparture.TRIES_OVERFLOW) ? 17 : board.firmwareTries());
    settings.commit(machine, "U18", "sets fw_try_count");
  }
}
