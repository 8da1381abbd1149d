package dev.plugpull.sim.slots;

import dev.plugpull.sim.filesystem.LiveVolume;
import java.util.Arrays;

/**
 * A program that tries to change the running base, on every boot: a careless installer, or somebody with root rights.
 * Where the base is mounted read-only, the kernel refuses; otherwise the bytes change.
 */
public final class BaseWriter {
  static final String CHANGED = "base changed";
  private static final byte[] MARK = "changed while it ran".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private BaseWriter() {}

  /**
   * The attempt.
   *
   * @param base partition of the running root file system
   * @param offset in bytes, of something that a program could reach through a file
   * @param readOnly how it is mounted
   */
  public static void attempt(SlotMachine machine, LiveVolume base, long offset, boolean readOnly) {
    if (readOnly) {
      machine.step("a program tries to write to the base: read-only file system");
      return;
    }
    byte[] before = base.readRaw(offset, MARK.length);
    base.writeRaw(offset, MARK);
    machine.step("a program writes to the base");
    if (!Arrays.equals(before, MARK)) {
      machine.point("base.written", "changes the base");
    }
    machine.remember(CHANGED, "yes");
  }
}
