package dev.plugpull.sim.ubuntucore;

/** A snap of the device, with its place in the order of a joint change (specification section 3.4). */
public enum Part {
  SNAPD,
  BASE,
  GADGET,
  KERNEL,
  APP,
  /** Another app, or another instance of {@link #APP}: nothing that is refreshed here. */
  NEIGHBOUR;

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** True if boot state speaks of it (specification section 1.1). */
  boolean boots() {
    return this == BASE || this == GADGET || this == KERNEL;
  }

  /** True if it brings an app with a service, hooks and data that it writes. */
  boolean isApp() {
    return this == APP || this == NEIGHBOUR;
  }
}
