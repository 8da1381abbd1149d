package dev.plugpull.sim.ubuntucore;

/** What is special about a refresh beside how the new revision starts: part of the scenario, not of the device. */
public enum Circumstance {
  /** The store sends the difference to the revision that is there (D2'): the result is not synced. */
  DELTA,
  /** The app is a parallel instance: another instance of the same snap is the neighbour. */
  PARALLEL_INSTANCE,
  /** The app runs when the refresh begins, and until somebody closes it (specification section 2.8). */
  APP_RUNS,
  /** The old revision's hook before the refresh ends with an error. */
  PRE_REFRESH_FAILS,
  /** The new revision's hook after the refresh ends with an error. */
  POST_REFRESH_FAILS,
  /** The new revision's service cannot be started. */
  SERVICE_FAILS,
  /** The new revision's configure hook ends with an error, when old revisions were discarded already. */
  CONFIGURE_FAILS,
  /** The new revision's health check ends with an error or takes too long. */
  CHECK_HEALTH_FAILS,
  /** Boots that lose power are counted by the TPM, which locks out after too many in a row (encrypted devices). */
  LOCKOUT_COUNTED,
  /** The hook after the refresh ends with an error, but only in a refresh to a revision that was there before. */
  FAILS_ON_RETURN,
  /** Not a refresh: a recovery system of what is installed is created, tried and made the default. */
  CREATES_SYSTEM,
  /** A new model and new revisions of the refreshed parts: a recovery system is tried first, the model is set last. */
  REMODELS,
  /** The device comes from the factory: only its seed is written. */
  INSTALLS,
  /** Somebody asks for a factory reset. */
  RESETS,
  /** The new recovery system does not find the device's data. */
  SYSTEM_DEGRADED,
  /** Something else fills the partition whose files a gadget refresh writes last; it gives way to the next update. */
  NO_ROOM_FOR_ASSETS;

  /** True if a refresh that begins on the clean device must end undone. */
  boolean undoes() {
    return switch (this) {
      case PRE_REFRESH_FAILS, POST_REFRESH_FAILS, SERVICE_FAILS, CONFIGURE_FAILS, CHECK_HEALTH_FAILS,
          SYSTEM_DEGRADED, NO_ROOM_FOR_ASSETS -> true;
      case DELTA, PARALLEL_INSTANCE, APP_RUNS, LOCKOUT_COUNTED, FAILS_ON_RETURN, CREATES_SYSTEM, REMODELS, INSTALLS,
          RESETS -> false;
    };
  }
}
