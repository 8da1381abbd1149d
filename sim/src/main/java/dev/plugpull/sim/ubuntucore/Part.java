package dev.plugpull.sim.ubuntucore;

/** An essential snap of the device that a refresh can replace, with its place in the order of a joint change. */
public enum Part {
  BASE,
  GADGET,
  KERNEL;

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
