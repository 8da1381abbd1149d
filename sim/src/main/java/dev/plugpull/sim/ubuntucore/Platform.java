package dev.plugpull.sim.ubuntucore;

import java.util.Set;

/**
 * The update software's habits that the contract depends on. The real ones are {@link #SNAPD}; the reference twin that
 * blame is found with is {@link #REFERENCE}; a broken or fixed twin of a property exchanges single habits.
 *
 * @param environmentInPlace P4/P5: the loader environment is truncated or overwritten in place; false: a redundant copy
 *     protects it (written beside and renamed, then checkpointed)
 * @param kernelFilesSynced P9: files of an extracted kernel are synced before the boot state names them
 * @param bootPartitionCheckpointed the boot partition's journal is written home after each change of boot state
 * @param mountUnitRecheckedOnRepeat H3: a repeated mount task enables a unit that it finds written but not enabled
 * @param driversTreeAtomic H5: the drivers tree is built aside and renamed
 * @param successRepeated H12: marking the boot successful is tried again after an error
 * @param assetsProtected H14, H15: a gadget asset is replaced all or nothing
 * @param assetsUndone section 5.4: an undone change puts the old gadget assets back
 * @param dataTrashKept H6: a repeated copy of data does not take the part that it copied before for the data itself
 * @param deltaSynced H1: a blob made from a difference is synced
 * @param hangingSnapdGivenUp S8: the failure handler also runs for a snapd that never becomes ready
 * @param unitsAlwaysLoaded snapd has systemd load its units also when a killed run of the same task wrote them
 * @param recovery habits with recovery systems and installations
 * @param chainsRecordedLast H13: a reseal notes its boot chains after the keys are sealed to them, and always revokes
 *     older keys
 * @param departures steps that are not as in snapd today
 */
public record Platform(
    String name,
    boolean environmentInPlace,
    boolean kernelFilesSynced,
    boolean bootPartitionCheckpointed,
    boolean mountUnitRecheckedOnRepeat,
    boolean driversTreeAtomic,
    boolean successRepeated,
    boolean assetsProtected,
    boolean assetsUndone,
    boolean dataTrashKept,
    boolean deltaSynced,
    boolean hangingSnapdGivenUp,
    boolean unitsAlwaysLoaded,
    RecoveryHabits recovery,
    boolean chainsRecordedLast,
    Set<Departure> departures) {

  /** snapd as read from its source. */
  public static final Platform SNAPD =
      new Platform("snapd",
          true, false, false, false, false, false, false, false, false, false, false, false, RecoveryHabits.SNAPD,
          false, Set.of());

  /** An update software of the same protocol without the hazards of the specification. */
  public static final Platform REFERENCE =
      new Platform("reference",
          false, true, true, true, true, true, true, true, true, true, true, true, RecoveryHabits.REFERENCE,
          true, Set.of());

  /** This platform, departing in some steps. */
  public Platform departing(Set<Departure> steps) {
    return new Platform(name, environmentInPlace, kernelFilesSynced, bootPartitionCheckpointed,
        mountUnitRecheckedOnRepeat, driversTreeAtomic, successRepeated, assetsProtected, assetsUndone,
        dataTrashKept, deltaSynced, hangingSnapdGivenUp, unitsAlwaysLoaded, recovery, chainsRecordedLast,
        Set.copyOf(steps));
  }

  boolean departs(Departure step) {
    return departures.contains(step);
  }
}
