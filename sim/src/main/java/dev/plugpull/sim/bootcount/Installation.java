package dev.plugpull.sim.bootcount;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.slots.EnvironmentTool;
import dev.plugpull.sim.slots.SlotImage;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotScenario;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes the images of an update: the other slot, then firmware where there is any (M2, M3). */
final class Installation {
  static final int FIRMWARE_BYTES = 4096;

  private final SlotMachine machine;
  private final BootCountBoard board;
  private final EnvironmentTool environment;
  private final LiveVolume target;

  Installation(SlotMachine machine, BootCountBoard board, EnvironmentTool environment, String runningSlot) {
    this.machine = machine;
    this.board = board;
    this.environment = environment;
    this.target = machine.volume(runningSlot.equals(Scripts.A) ? BootCountDevice.SLOT_B : BootCountDevice.SLOT_A);
  }

  /** False if what was written is not what was signed. */
  boolean images(int revision) {
    boolean there = Arrays.equals(target.readRaw(0, SlotImage.BYTES), SlotImage.of(revision));
    if (board.has(BootCountDeparture.VERSION_MEANS_INSTALLED) && there) {
      machine.step("version " + revision + " stands in the other slot: nothing to install");
      return true;
    }
    boolean late = board.has(BootCountDeparture.MARKER_AFTER_FIRST_BLOCKS);
    if (board.rescue() && !late) {
      mark();
    }
    for (int block = 0; block < SlotImage.BLOCKS; block++) {
      byte[] data = SlotImage.block(revision, block);
      if (machine.scenario().is(SlotScenario.DAMAGED) && revision == SlotScenario.NEW && block == 1) {
        data[0] ^= 1;
      }
      if (block == SlotImage.BLOCKS - 1 && board.has(BootCountDeparture.TAIL_NOT_SYNCED)) {
        target.fsyncRaw();
      }
      target.writeRaw((long) block * SlotImage.BLOCK, data);
      machine.point("M2.written", "writes block " + block + " of the image");
      if (board.rescue() && late && block == 0) {
        target.fsyncRaw();
        mark();
      }
    }
    if (!board.has(BootCountDeparture.TAIL_NOT_SYNCED)) {
      target.fsyncRaw();
    }
    machine.point("M2", "closes the slot");
    firmware(revision);
    return Arrays.equals(target.readRaw(0, SlotImage.BYTES), SlotImage.of(revision));
  }

  private void mark() {
    environment.set(machine, "M2.marker", Map.of(Scripts.PROGRESS, "in_progress"));
  }

  private void firmware(int revision) {
    if (board.firmware()) {
      LiveVolume firmware = machine.volume(BootCountDevice.FIRMWARE);
      firmware.writeRaw(0, firmwareOf(revision));
      firmware.fsyncRaw();
      machine.point("M2.firmware", "writes firmware " + revision);
    }
  }

  static byte[] firmwareOf(int revision) {
    return Arrays.copyOf(("firmware " + revision).getBytes(StandardCharsets.US_ASCII), FIRMWARE_BYTES);
  }

  static int firmwareRevision(byte[] firmware) {
    return firmware[9] - '0';
  }
}
