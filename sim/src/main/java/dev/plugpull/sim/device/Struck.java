package dev.plugpull.sim.device;

/** Something struck a running machine at a crash point; unwinds to whoever knows what that means there. */
public final class Struck extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Interruption by;

  Struck(Interruption by) {
    super(by.name(), null, false, false);
    this.by = by;
  }

  public Interruption by() {
    return by;
  }
}
