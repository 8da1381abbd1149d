package dev.plugpull.sim.ostree;

import dev.plugpull.sim.device.Variant;

/** A step that is done otherwise than in the present release: as it was once, or as somebody proposes. */
public enum Departure implements Variant {
  SYNC_WITHOUT_FREEZE("/boot is synced and never frozen: its journal is not written home for the boot loader"),
  FSYNC_AFTER_SWAP("the rename of /boot/loader is followed by an fsync instead of a freeze (libostree up to 2025.1)"),
  OLD_LINK_KEPT("proposal: the replaced /boot/loader link keeps a second name until the freeze, so no inode is freed"),
  ROLLBACK_ONCE("proposal: greenboot turns the boot list only while the running deployment is not its first"),
  SYNCFS_ON_OVERLAY("with composefs, syncfs reaches the overlay at / and not the file system that holds /ostree"),
  GLOBAL_SYNC("finalization calls sync() for all mounts, and systemd kills it when one of them hangs"),
  STOP_TIMEOUT("finalization is killed after the default stop timeout of 90 seconds"),
  NO_EARLY_PRUNE("whether /boot has room is found out at shutdown only, and told nobody"),
  ROUGH_ESTIMATE("the room needed on /boot is estimated in bytes, without what each file wastes in its last block"),
  ETC_MERGE_ABORTS("a file that vanishes during the merge of /etc ends the update"),
  CLEANUP_STOPS("cleanup gives up at a file that it may not remove"),
  NO_FSYNC("core.fsync=false: the repository syncs nothing"),
  UNBOUNDED_ROLLBACK("greenboot rolls back after every failed health check, also when the fallback runs already"),
  NO_COUNTDOWN("grub.cfg has no part that counts boot attempts down"),
  NESTED_COUNTDOWN("grub.cfg counts down with tests that undo one another"),
  REMOUNT_READ_ONLY("greenboot remounts /boot read-only although it is no mount of its own"),
  USR_WRITABLE("/usr is mounted read-write, and without composefs"),
  APPLICATIONS_REWRITTEN("the new system rewrites at its first boot what applications keep in /var"),
  RECORD_LEFT("neither zipl nor aboot-deploy runs after the swap of /boot/loader: the old boot record stays"),
  MAP_SYNCED_FIRST("proposal: zipl syncs its map before it writes the boot record that leads to it"),
  SLOT_LINK_NOT_SYNCED("aboot-deploy makes a slot the active one before its link /ostree/root.b is synced"),
  LATE_TRIGGER("the fallback is armed by the new system's user space instead of before the reboot");

  private final String meaning;

  Departure(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
