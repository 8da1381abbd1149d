package dev.plugpull.sim.download;

/** The store could not be asked, or what came was not whole: worth another try. */
final class Unavailable extends Exception {

  private static final long serialVersionUID = 1;

  Unavailable(String why) {
    super(why);
  }
}
