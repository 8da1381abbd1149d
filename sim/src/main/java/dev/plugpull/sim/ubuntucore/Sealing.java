package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import java.util.List;

/** What encryption adds to boots and updates of a device. On one that is not encrypted, nothing. */
interface Sealing {
  Sealing NONE = new Sealing() {};

  /** Power comes on, or a reset ends. */
  default void starts(Machine machine) {}

  /** An orderly shut-down: everything is synced and unmounted. */
  default void shutsDown(Machine machine) {}

  /**
   * I5, and the same in recover mode: the initramfs opens ubuntu-data.
   *
   * @return why it cannot and asks a person for the recovery key; empty if it can
   */
  default String unlock(Machine machine, boolean recoverMode) {
    return "";
  }

  /** snapd runs: the TPM's lock-out counter is cleared. */
  default void clearLockout(Machine machine) {}

  /**
   * What modeenv lists once this boot is marked successful: the boot loaders that lie on the disk.
   *
   * @throws SnapdError if one lies there that modeenv does not list
   */
  default Modeenv booted(Machine machine, Modeenv modeenv) {
    return modeenv;
  }

  /** Seals the keys to the chains of this modeenv, which is on disk, if they differ from those sealed to last. */
  default void reseal(Machine machine, String row, Modeenv modeenv) {}

  /** M5 and M6: reseals after a successful boot, and forgets boot loaders that modeenv lists no more. */
  default void tighten(Machine machine, Modeenv before, Modeenv after) {}

  /** In words, why something below the floor could still open a settled device; empty if nothing could. */
  default String belowFloor(CoreSetup setup, CoreState settled) {
    return "";
  }

  /** Keys and TPM, for people. */
  default List<Variable> describe(CoreSetup setup, CoreState state) {
    return List.of();
  }

  /** True if the TPM's lock-out counter is clear, as it must be once snapd ran. */
  default boolean lockoutClear(CoreSetup setup, CoreState settled) {
    return true;
  }
}
