package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.sim.device.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that the boots of one node brought to light. Made by a worker, merged into the graph later.
 *
 * @param <S> the state between two boots
 */
final class Expansion<S> {
  /** Marks a reference to a candidate of this expansion, as opposed to a known node. */
  static final int CANDIDATE = 1 << 30;

  final Node<S> node;
  long boots;
  long crashPoints;
  long crashStates;
  /** Those of them behind the moment at which the undisturbed boot was ended. */
  long inferred;
  long combinations;
  long boundedWindows;
  /** Moments of the undisturbed boot. */
  final List<Moments.Passed> moments = new ArrayList<>();
  /** What the undisturbed boot counted. */
  Tally undisturbed = Tally.ZERO;
  /** The node whose undisturbed boot this one's goes on as, null if it was run to its end. */
  Node<S> goesOnAs;
  final List<Candidate<S>> candidates = new ArrayList<>();
  /** Packed by {@link Cells}; references as above. */
  final LongList cells = new LongList();
  final Map<String, Integer> newPoints = new LinkedHashMap<>();
  final List<Node.Heard> heard = new ArrayList<>();
  Node.End end = Node.End.OPEN;
  String why = "";
  int successor = -1;
  int powerCycle = -1;
  boolean assumed;
  S last;
  Observation observation;
  Settlement<S> next;
  /** Why two boots of this node differed, null if they did not or were not compared. */
  String unequal;

  Expansion(Node<S> node) {
    this.node = node;
  }

  /** What all boots up to now counted. */
  Tally tally() {
    return new Tally(crashPoints, crashStates, combinations, boundedWindows);
  }

  /** Adds what another boot counted from where this one joins it. */
  void count(Tally rest) {
    crashPoints += rest.crashPoints();
    crashStates += rest.crashStates();
    inferred += rest.crashStates();
    combinations += rest.combinations();
    boundedWindows += rest.boundedWindows();
  }

  int add(Candidate<S> candidate) {
    candidates.add(candidate);
    return candidates.size() - 1;
  }
}
