package dev.plugpull.sim.systemdboot;

import dev.plugpull.sim.device.Variant;

/** Named departures from systemd: each exchanges one step. */
public enum CountingDeparture implements Variant {
  SKIPS_INTERRUPTED("a transfer that was interrupted counts as done when sysupdate runs again"),
  WRITES_BOOTED_SLOT("the booted version counts as incomplete, so that its slot is taken for the next one"),
  BOOTS_USED_UP_ENTRIES("entries without tries left are not sorted last"),
  NO_BUMP("entries are started without counting a try"),
  BASE_WRITABLE("the partition of the running system is mounted read-write"),
  APPLICATIONS_REWRITTEN("the new system rewrites what an application keeps on the data partition");

  private final String meaning;

  CountingDeparture(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
