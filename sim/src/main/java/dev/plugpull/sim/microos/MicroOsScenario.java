package dev.plugpull.sim.microos;

import dev.plugpull.sim.device.Interruption;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What happens to the device.
 *
 * @param name for people and for the catalogue
 * @param target how the new release behaves
 * @param strikes what may strike once, at any crash point
 * @param revertible true: at rest, the user may ask for the old system once
 * @param edit when a configuration file is edited
 * @param piled how many more updates come before the reboot
 * @param monthsOff how long the device was switched off before
 */
public record MicroOsScenario(
    String name,
    Target target,
    SortedSet<Interruption> strikes,
    boolean revertible,
    Asked asked,
    Edit edit,
    int piled,
    int monthsOff) {

  /** How the new release behaves on this device. */
  public enum Target {
    GOOD,
    PANICS,
    /** Its initramfs does not get the root file system mounted. */
    EMERGENCY,
    UNHEALTHY
  }

  /** What is wanted of the device. */
  enum Asked {
    /** The timer updates whenever something is on offer. */
    UPDATE,
    /** The user asks for one update, and again only after a failure or a power cut. */
    ONCE,
    ROLLBACK,
    NOTHING
  }

  /** When the user edits a configuration file. */
  enum Edit {
    NEVER,
    AFTER_STAGING,
    AFTER_FAILURE
  }

  private static final int MANY = 132;
  private static final List<MicroOsScenario> ALL = List.of(
      plain("update", Target.GOOD),
      plain("update, new system is unhealthy", Target.UNHEALTHY),
      plain("update, new initramfs ends in an emergency", Target.EMERGENCY),
      plain("update, new kernel panics", Target.PANICS),
      new MicroOsScenario("update, then rolled back by hand", Target.GOOD, none(), true, Asked.UPDATE,
          Edit.NEVER, 0, 0),
      struck("update, transactional-update killed anywhere", Interruption.DAEMON_KILLED),
      struck("update, user reboots or switches off anywhere", Interruption.USER_REBOOT, Interruption.POWER_OFF),
      struck("update, reset button anywhere", Interruption.WARM_RESET),
      struck("update, disk full anywhere and freed later", Interruption.DISK_FULL),
      new MicroOsScenario("update asked for once, killed anywhere", Target.GOOD,
          new TreeSet<>(List.of(Interruption.DAEMON_KILLED)), false, Asked.ONCE, Edit.NEVER, 0, 0),
      new MicroOsScenario("update, configuration edited before the reboot", Target.GOOD, none(), false,
          Asked.UPDATE, Edit.AFTER_STAGING, 0, 0),
      new MicroOsScenario("update killed anywhere, then configuration edited", Target.GOOD,
          new TreeSet<>(List.of(Interruption.DAEMON_KILLED)), false, Asked.UPDATE, Edit.AFTER_FAILURE, 0,
          0),
      new MicroOsScenario("many updates without a reboot", Target.GOOD, none(), false, Asked.UPDATE,
          Edit.NEVER, MANY, 0),
      new MicroOsScenario("update after fourteen months without power", Target.GOOD, none(), false,
          Asked.UPDATE, Edit.NEVER, 0, 14));

  public MicroOsScenario {
    strikes = Collections.unmodifiableSortedSet(new TreeSet<>(strikes));
  }

  /** Everything that is tried, in the order of the catalogue. */
  public static List<MicroOsScenario> all() {
    return ALL;
  }

  private static SortedSet<Interruption> none() {
    return Collections.emptySortedSet();
  }

  private static MicroOsScenario plain(String name, Target target) {
    return new MicroOsScenario(name, target, none(), false, Asked.UPDATE, Edit.NEVER, 0, 0);
  }

  private static MicroOsScenario struck(String name, Interruption... strikes) {
    return new MicroOsScenario(name, Target.GOOD, new TreeSet<>(List.of(strikes)), false, Asked.UPDATE,
        Edit.NEVER, 0, 0);
  }
}
