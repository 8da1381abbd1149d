package dev.plugpull.sim.ubuntucore;

/** A task handler returned an error: the change is undone. The message is what {@code snap changes} shows. */
final class SnapdError extends RuntimeException {
  private static final long serialVersionUID = 1;

  SnapdError(String message) {
    super(message, null, false, false);
  }
}
