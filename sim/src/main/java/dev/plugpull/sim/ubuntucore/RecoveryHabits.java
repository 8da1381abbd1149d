package dev.plugpull.sim.ubuntucore;

/**
 * The update software's habits with recovery systems and installations.
 *
 * @param seedFilesSynced R2, R3: what a new recovery system consists of is synced before the boot state names it
 * @param creationRepeated R1, R2: a repeated creation clears what the first one left and begins anew; of the blobs that
 *     lie there it takes those that are whole
 * @param outcomeKeptFirst R11: that a trial went well is recorded before the boot loader's variables are cleared
 * @param handOverSynced 7.7: everything is synced before the device is told to run what was installed
 */
public record RecoveryHabits(
    boolean seedFilesSynced, boolean creationRepeated, boolean outcomeKeptFirst, boolean handOverSynced) {
  static final RecoveryHabits SNAPD = new RecoveryHabits(false, false, false, false);
  static final RecoveryHabits REFERENCE = new RecoveryHabits(true, true, true, true);
}
