package dev.plugpull.sim.download;

/** What came is whole and not to be trusted, or not wanted: another try of the same would end the same. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1;

  Refusal(String why) {
    super(why);
  }
}
