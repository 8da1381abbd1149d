package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.slots.SlotMachine;
import java.nio.ByteBuffer;

/** The TPM's spaces for rollback versions ({@code chrome-os.md} 3.2); each changes as a whole. */
final class TpmSpaces {
  static final int BYTES = 16;
  private static final int KERNEL_VERSION = 0;
  private static final int FIRMWARE_VERSION = 8;

  private final LiveVolume volume;

  TpmSpaces(LiveVolume volume) {
    this.volume = volume;
  }

  static byte[] fresh(int kernelVersion, int firmwareVersion) {
    return ByteBuffer.allocate(BYTES).putInt(KERNEL_VERSION, kernelVersion).putInt(FIRMWARE_VERSION, firmwareVersion)
        .array();
  }

  int kernelVersion() {
    return number(KERNEL_VERSION);
  }

  int firmwareVersion() {
    return number(FIRMWARE_VERSION);
  }

  private int number(int at) {
    return ByteBuffer.wrap(volume.readRaw(at, Integer.BYTES)).getInt();
  }

  void kernelVersion(SlotMachine machine, int version) {
    raise(machine, KERNEL_VERSION, version, "kernel");
  }

  void firmwareVersion(SlotMachine machine, int version) {
    raise(machine, FIRMWARE_VERSION, version, "firmware");
  }

  private void raise(SlotMachine machine, int at, int version, String what) {
    if (version > number(at)) {
      volume.writeRaw(at, ByteBuffer.allocate(Integer.BYTES).putInt(version).array());
      volume.fsyncRaw();
      machine.point("C5", "raises the TPM's " + what + " version");
    }
  }
}
