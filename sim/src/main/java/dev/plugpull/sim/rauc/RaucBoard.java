package dev.plugpull.sim.rauc;

import dev.plugpull.sim.slots.SlotScenario;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the device is made of.
 *
 * @param grub GRUB selects the slot, else U-Boot
 * @param counting what the boot script counts
 * @param bothSlots the factory wrote both slots, else only the first
 * @param inPlace GRUB's environment is overwritten in place, else truncated and written as grub-editenv does
 * @param environmentMissing GRUB's environment file is missing on the clean device
 * @param loaderSlot bundles bring a boot loader that a boot ROM starts
 * @param idealMedium reference twin of the medium
 * @param departures named departures from the reference
 */
public record RaucBoard(
    boolean grub,
    Counting counting,
    boolean bothSlots,
    boolean inPlace,
    boolean environmentMissing,
    boolean loaderSlot,
    boolean idealMedium,
    SortedSet<RaucDeparture> departures) {

  /** Attempts that a slot gets. */
  static final int ATTEMPTS = 3;
  /** Attempts left that stand for a slot whose boots are not counted any more. */
  static final int PROVEN = 9;

  /** What boot scripts count. */
  public enum Counting {
    /** Every boot, as RAUC's own example scripts do; marking a slot good gives it all attempts again. */
    EVERY_BOOT,
    /** Boots of a slot that was not marked good yet. */
    TRIALS,
    NOTHING
  }

  public RaucBoard {
    departures = Collections.unmodifiableSortedSet(new TreeSet<>(departures));
  }

  boolean has(RaucDeparture departure) {
    return departures.contains(departure);
  }

  /** The device inside a scenario. */
  public RaucDevice device(SlotScenario scenario) {
    return new RaucDevice(this, scenario);
  }
}
