package dev.plugpull.sim.bootcount;

import dev.plugpull.sim.device.Variant;

/** Named departures from the reference client, script or layout: each exchanges one step. */
public enum BootCountDeparture implements Variant {
  SWITCH_BEFORE_IMAGES("variables that came with the update are stored as soon as they are read, before the images"),
  MARKER_AFTER_FIRST_BLOCKS("while an image is streamed the marker 'in progress' is stored after the first block"),
  NAMELESS_ENTRY("a build option is empty, so that an entry without a name is stored with the state"),
  BARE_ENVIRONMENT("where no copy of the environment is readable the client stores only the variables it changes"),
  VARIABLES_ONE_BY_ONE("each variable is stored by a call of its own"),
  ROLLBACK_TOGGLES("a rollback switches to the other slot, whichever is in use"),
  REPORT_FAILURE_ROLLS_BACK("an update whose report cannot be sent is rolled back although it was committed"),
  SCRIPTS_NOT_SYNCED("state scripts of the update are written without sync before the switch"),
  ROLLBACK_FAILS_AFTER_COMMIT("a rollback after the commit's side effect ends with an error"),
  TAIL_NOT_SYNCED("the last block of an image is not synced"),
  ROLLBACK_FORGOTTEN("a failed update returns to idle through the reboot check, without rolling back"),
  EMPTY_ALTBOOTCMD("the loader was built with an empty altbootcmd"),
  RETRIES_COUNT_AS_LOOP("the loop detector counts retries of the status report"),
  CORRUPT_STORE_IS_FATAL("the client does not start with a store that it cannot read, and does not replace it"
      + " atomically"),
  UNBOOTABLE_MARK_STICKS("a slot that the loader once gave up is never booted again"),
  VERSION_MEANS_INSTALLED("an update whose version stands in the other slot counts as installed, its firmware too"),
  BASE_WRITABLE("the partition of the running system is mounted read-write"),
  APPLICATIONS_REWRITTEN("the new system rewrites what an application keeps on the data partition");

  private final String meaning;

  BootCountDeparture(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
