package dev.plugpull.sim.rauc;

import dev.plugpull.sim.device.Variant;

/** Named departures from RAUC and its reference scripts: each exchanges one step. */
public enum RaucDeparture implements Variant {
  STATUS_KEPT_WHILE_WRITING("the status of a slot keeps its old checksum until the new image is written"),
  IMAGE_NOT_SYNCED("the image is not synced before the slot is activated"),
  HEADER_FIRST("the boot loader's image is written from its header on"),
  HOOK_AFTER_SWITCH("the post-install hook runs after the slot was activated"),
  BUNDLE_NOT_LOCKED("a bundle may be changed between the check of its signature and its use"),
  STOPS_AT_EMPTY_SLOT("the boot script stops when a slot cannot be loaded"),
  BOTH_SLOTS_NEEDED("the boot method refuses to run unless both slots' file systems can be read"),
  PRIMARY_BEFORE_IMAGE("the new slot is made primary before its image is written"),
  BASE_WRITABLE("the partition of the running system is mounted read-write"),
  APPLICATIONS_REWRITTEN("the new system rewrites what an application keeps on the data partition");

  private final String meaning;

  RaucDeparture(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
