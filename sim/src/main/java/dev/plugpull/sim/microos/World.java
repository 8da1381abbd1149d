package dev.plugpull.sim.microos;

import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Remains;
import dev.plugpull.sim.media.Hash128;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The world around a device, and what the contract remembers of its history.
 *
 * @param offered release in the repository
 * @param strikes what may still strike
 * @param revertible true: at rest, the user may still ask for the old system
 * @param asked what the user or the timer wants
 * @param full true while something else holds all free blocks
 * @param withdrawn true once a device has reported that the offered release fails
 * @param edit when the user will still edit a configuration file
 * @param edited DATA: true once such an edit is durable
 * @param piled how many more updates come before the next reboot
 * @param told DURAB: the highest release of which the health checker said that it works; 0 if of none
 * @param reverted true once the user has got the old system back
 * @param variables what the firmware keeps for systemd-boot
 */
record World(
    int offered,
    SortedSet<Interruption> strikes,
    boolean revertible,
    MicroOsScenario.Asked asked,
    boolean full,
    boolean withdrawn,
    MicroOsScenario.Edit edit,
    boolean edited,
    int piled,
    int told,
    boolean reverted,
    EfiVariables variables,
    Hash128 hash) implements Remains<World> {

  static World of(MicroOsScenario scenario, boolean edited, EfiVariables variables) {
    return new Draft(null).offered(Release.NEW).strikes(scenario.strikes()).revertible(scenario.revertible())
        .asked(scenario.asked()).edit(scenario.edit()).edited(edited).piled(scenario.piled())
        .variables(variables).world();
  }

  Draft draft() {
    return new Draft(this);
  }

  @Override
  public World afterCut() {
    Draft draft = draft().strikes(Collections.emptySortedSet()).piled(0);
    // Whoever asked for an update and finds the old system after a power cut asks again.
    boolean misses = asked == MicroOsScenario.Asked.NOTHING && told < offered && !reverted;
    return (misses ? draft.asked(MicroOsScenario.Asked.ONCE) : draft).world();
  }

  @Override
  public World afterStrike(Interruption by) {
    return draft().strikes(Collections.emptySortedSet()).full(full || by == Interruption.DISK_FULL).world();
  }

  /** Collects changes of a world. */
  static final class Draft {
    private int offered;
    private SortedSet<Interruption> strikes = Collections.emptySortedSet();
    private boolean revertible;
    private MicroOsScenario.Asked asked = MicroOsScenario.Asked.UPDATE;
    private boolean full;
    private boolean withdrawn;
    private MicroOsScenario.Edit edit = MicroOsScenario.Edit.NEVER;
    private boolean edited;
    private int piled;
    private int told;
    private boolean reverted;
    private EfiVariables variables = EfiVariables.NONE;

    private Draft(World from) {
      if (from != null) {
        offered = from.offered;
        strikes = from.strikes;
        revertible = from.revertible;
        asked = from.asked;
        full = from.full;
        withdrawn = from.withdrawn;
        edit = from.edit;
        edited = from.edited;
        piled = from.piled;
        told = from.told;
        reverted = from.reverted;
        variables = from.variables;
      }
    }

    Draft offered(int value) {
      offered = value;
      return this;
    }

    Draft strikes(Set<Interruption> value) {
      strikes = Collections.unmodifiableSortedSet(new TreeSet<>(value));
      return this;
    }

    Draft revertible(boolean value) {
      revertible = value;
      return this;
    }

    Draft asked(MicroOsScenario.Asked value) {
      asked = value;
      return this;
    }

    Draft full(boolean value) {
      full = value;
      return this;
    }

    Draft withdrawn(boolean value) {
      withdrawn = value;
      return this;
    }

    Draft edit(MicroOsScenario.Edit value) {
      edit = value;
      return this;
    }

    Draft edited(boolean value) {
      edited = value;
      return this;
    }

    Draft piled(int value) {
      piled = value;
      return this;
    }

    Draft told(int value) {
      told = value;
      return this;
    }

    Draft reverted(boolean value) {
      reverted = value;
      return this;
    }

    Draft variables(EfiVariables value) {
      variables = value;
      return this;
    }

    World world() {
      Hash128 hash = Hash128.of(offered + "|" + strikes + revertible + asked + full + withdrawn + edit + edited + piled
          + "|" + told + reverted + variables);
      return new World(
          offered, strikes, revertible, asked, full, withdrawn, edit, edited, piled, told, reverted, variables,
          hash);
    }
  }
}
