package dev.plugpull.conformance.certify;

import dev.plugpull.conformance.realboot.LoaderCheck;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.reports.Hazard;
import dev.plugpull.reports.Party;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is certified, whatever its family: the device in each scenario, its twins for blame, and words about it. */
interface Subject {

  /** Names of the scenarios, in order. */
  List<String> scenarios();

  /** The device inside a scenario, with some parties exchanged for their reference. */
  UpdatingDevice<?> device(String scenario, Set<Blame.Exchange> exchanged);

  /** The parties that can be exchanged. */
  List<Blame.Exchange> parties();

  /** The known hazard of platform or medium that explains a violation; its count is 0. */
  Optional<Hazard> explaining(Finding<?> finding);

  /** True if a violation makes the verdict fail. */
  boolean counts(Party attributedTo, boolean explained);

  /** How good updates that ended rolled back for a reason (as the device reported it) are told. */
  Hazard spurious(String why, long count);

  /** Brings the explored states to who holds the boot loader against the real one. */
  default void hold(LoaderCheck check, Explored<?> explored) {
    // Most subjects have no boot loader that can be run.
  }

  /** Promises that nothing tries to break: id to why. */
  default SortedMap<String, String> notTried() {
    return Collections.emptySortedMap();
  }

  /** Who works at a durability point. */
  String actor(String point);

  /** The vendor's scripts that traces point at: name to text. */
  SortedMap<String, String> scripts();

  /** Nothing at all: what remains of an input of which no device can be built. */
  static Subject nothing() {
    return new Nothing();
  }

  /** See {@link #nothing}. */
  final class Nothing implements Subject {
    private Nothing() {}

    @Override
    public List<String> scenarios() {
      return List.of();
    }

    @Override
    public UpdatingDevice<?> device(String scenario, Set<Blame.Exchange> exchanged) {
      throw new IllegalArgumentException("cannot build a device: there is none");
    }

    @Override
    public List<Blame.Exchange> parties() {
      return List.of();
    }

    @Override
    public Optional<Hazard> explaining(Finding<?> finding) {
      return Optional.empty();
    }

    @Override
    public boolean counts(Party attributedTo, boolean explained) {
      return true;
    }

    @Override
    public Hazard spurious(String why, long count) {
      throw new IllegalArgumentException("cannot be rolled back: there is no device");
    }

    @Override
    public String actor(String point) {
      return "";
    }

    @Override
    public SortedMap<String, String> scripts() {
      return new TreeMap<>();
    }
  }
}
