package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.device.Variant;

/** Named departures from the real system: each exchanges one step. */
public enum ChromeDeparture implements Variant {
  /** The mark-good timer fires although an update is ready to reboot, and puts the running slot first again. */
  MARK_GOOD_ANY_TIME("60 seconds after its start update_engine marks the running slot good and puts it first, even if"
      + " an update is ready to reboot"),
  /** Tries of a new firmware are more than the field of four bits holds. */
  TRIES_OVERFLOW("the updater asks for 17 firmware tries; the field has four bits"),
  /** The end of the log of settings is found by bisection. */
  BISECTED_LOG("firmware finds the newest record of its settings by bisection and does not check what follows it"),
  /** The recovery request is cleared before recovery is reached. */
  RECOVERY_CLEARED_EARLY("firmware clears a recovery request before it has shown the recovery screen"),
  /** The other slot's version counts for the TPM. */
  ROLL_FORWARD_BY_OTHER_SLOT("firmware raises the TPM's kernel version to that of any kernel on the disk that"
      + " verifies"),
  /** The payload's last write reaches behind its partition. */
  WRITES_BEHIND_PARTITION("the writer of the kernel partition begins one sector early, in sectors of somebody else"),
  /** The root file system is mounted for writing and without verification. */
  WRITABLE_ROOT("the root file system is mounted read-write and without verification"),
  /** A proven slot without tries is passed over. */
  TRIES_REQUIRED("firmware boots a slot only while tries are left, also one that is marked successful"),
  /** A slot is marked good at once. */
  ACTIVE_AS_SUCCESSFUL("the new slot is marked successful when it is made active");

  private final String meaning;

  ChromeDeparture(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
