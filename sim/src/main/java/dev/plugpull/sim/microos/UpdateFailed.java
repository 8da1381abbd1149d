package dev.plugpull.sim.microos;

/** The update ends here, and transactional-update says so. */
final class UpdateFailed extends Exception {
  private static final long serialVersionUID = 1;
  final boolean waiting;

  /** @param waiting true if the next attempt will find the same */
  UpdateFailed(String why, boolean waiting) {
    super(why, null, false, false);
    this.waiting = waiting;
  }
}
