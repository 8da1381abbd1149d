package dev.plugpull.sim.bootloader;

import dev.plugpull.sim.media.Content;
import java.util.List;
import java.util.Optional;

/**
 * What firmware offers to a boot loader: volumes, and an ear for what the loader says and does.
 *
 * <p>Time is virtual: a loader that sleeps or loops is charged steps, and {@link BootOutcome.Endless} ends it.
 */
public interface BootMachine {

  /** All volumes in a stable order: by disk, then by partition. */
  List<? extends BootVolume> volumes();

  /**
   * The file system inside an image file, such as a snap, for a loop device; empty if it cannot be read as one.
   *
   * <p>What the answer says of its disk and partition means nothing.
   */
  default Optional<BootVolume> inside(Content image) {
    return Optional.empty();
  }

  /**
   * True if the reset that began this boot asked the Raspberry Pi's firmware for one try ({@code reboot "0 tryboot"}).
   * Reading clears the request, as the firmware does.
   */
  default boolean tryboot() {
    return false;
  }

  /** An EFI program is started: firmware with a TPM measures it first. */
  default void started(Content program) {}

  /**
   * Called after each write that the loader made durable or tried to: the name of the durability point, the script line
   * that caused it ({@code file:line}, empty when none) and a sentence for the trace.
   */
  void wrote(String point, String where, String what);

  /** A line for the trace: which branch was taken, which file was loaded, what was printed. */
  void said(String where, String what);
}
