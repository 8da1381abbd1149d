package dev.plugpull.sim.ubuntucore;

/** How a revision of a kernel or base behaves once it is tried: part of the scenario, not of the device. */
public enum Behaviour {
  GOOD,
  /** Kernel panic, or the base's init dies: the machine resets if {@code panic=-1} is on the command line. */
  PANICS,
  /** Nothing more happens: only a watchdog resets the machine. */
  HANGS,
  /** The boot loader cannot load it. */
  UNLOADABLE,
  /** Boots up to the initramfs and fails there: emergency, which reboots. Of a gadget: a hook ends with an error. */
  UNHEALTHY
}
