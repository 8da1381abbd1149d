package dev.plugpull.faultinjection.crashfs;

/**
 * An operation of the recorded run.
 *
 * @param how the option that asked for it, such as {@code ATOMIC_MOVE}; empty for the plain call
 * @param site who issued it
 */
record Step(Operation operation, String how, CallSite site) {

  String words() {
    return operation.words() + (how.isEmpty() ? "" : " (" + how + ")");
  }
}
