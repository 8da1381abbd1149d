package dev.plugpull.sim.bootloader.grub;

/** An environment block that snapd refuses; the message says why. */
public final class GrubEnvironmentException extends Exception {

  private static final long serialVersionUID = 1L;

  GrubEnvironmentException(String message) {
    super(message);
  }
}
