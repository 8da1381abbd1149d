package dev.plugpull.sim.ostree;

/** How a release behaves once it was chosen: how deep a bad one gets. */
public enum Behaviour {
  GOOD,
  /** The boot loader cannot load its kernel. */
  UNLOADABLE,
  /** The kernel panics before user space. */
  PANICS,
  /** It boots, and its health check fails. */
  UNHEALTHY
}
