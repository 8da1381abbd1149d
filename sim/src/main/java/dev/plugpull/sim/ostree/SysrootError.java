package dev.plugpull.sim.ostree;

/** A program of the device gives up: {@code cannot ...: why}. */
final class SysrootError extends RuntimeException {
  private static final long serialVersionUID = 1;

  SysrootError(String message) {
    super(message, null, false, false);
  }
}
