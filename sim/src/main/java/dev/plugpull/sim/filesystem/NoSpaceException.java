package dev.plugpull.sim.filesystem;

/** ENOSPC: blocks, inodes or directory slots have run out. The operation had no effect. */
public final class NoSpaceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NoSpaceException(String message) {
    super(message, null, false, false);
  }
}
