package dev.plugpull.sim.tryboot;

import dev.plugpull.sim.device.Variant;

/** Named departures from the documented protocol: each exchanges one step. */
public enum TrybootDeparture implements Variant {
  FLAG_LOST("the firmware resets the try flag in its secure start-up, before it reads it"),
  FLAG_BEFORE_FILES("the try flag is set before the files that it leads to are complete"),
  STALE_REFERENCE("the commit renames the command-line file and keeps the old name in the configuration"),
  COMMIT_BEFORE_TRIAL("autoboot.txt is changed before the new system was tried"),
  BASE_WRITABLE("the partition of the running system is mounted read-write"),
  APPLICATIONS_REWRITTEN("the new system rewrites what an application keeps on the data partition");

  private final String meaning;

  TrybootDeparture(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
