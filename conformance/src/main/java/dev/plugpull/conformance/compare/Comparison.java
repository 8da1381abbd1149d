package dev.plugpull.conformance.compare;

import dev.plugpull.conformance.record.CrashReport;
import dev.plugpull.conformance.record.Outcome;
import dev.plugpull.conformance.record.Phases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A model's predictions beside what a real machine did, phase by phase.
 *
 * @param prediction of the model
 * @param phases that the recording has, in order
 */
public record Comparison(Prediction prediction, List<Phase> phases) {

  public Comparison {
    phases = List.copyOf(phases);
  }

  /**
   * One phase.
   *
   * @param name mark of the step, or {@link Phases#BEFORE} or {@link Phases#AFTER}
   * @param predicted what the model says a cut can leave; nothing if the model does not know the phase
   * @param seen outcomes of the machine's judged states, and how many had each
   * @param examples id of the first state with each outcome
   * @param ends how the boots of these states ended
   */
  public record Phase(String name, SortedSet<Outcome> predicted, SortedMap<Outcome, Integer> seen,
      SortedMap<Outcome, String> examples, SortedMap<Outcome, List<String>> ends) {

    public Phase {
      predicted = Collections.unmodifiableSortedSet(new TreeSet<>(predicted));
      seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
      examples = Collections.unmodifiableSortedMap(new TreeMap<>(examples));
      ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
    }

    /** What the machine did and the model excludes. An undecided state contradicts nothing. */
    public SortedSet<Outcome> outside() {
      SortedSet<Outcome> outside = new TreeSet<>(seen.keySet());
      outside.removeAll(predicted);
      outside.remove(Outcome.UNKNOWN);
      return outside;
    }

    /** What the model allows and the machine never did in the states that were judged. */
    public SortedSet<Outcome> neverSeen() {
      SortedSet<Outcome> never = new TreeSet<>(predicted);
      never.removeAll(seen.keySet());
      return never;
    }

    /** States that were judged in this phase. */
    public int states() {
      return seen.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** {@code not looked at}, {@code machine outside the model's set} or {@code agreed}. */
    public String words() {
      if (states() == seen.getOrDefault(Outcome.UNKNOWN, 0)) {
        return "not looked at";
      }
      return outside().isEmpty() ? "agreed" : "machine outside the model's set";
    }
  }

  /**
   * What became of one state of the machine.
   *
   * @param phase in which the cut falls
   * @param state its id
   * @param ends how its boots ended
   */
  record Judged(String phase, String state, Outcome outcome, List<String> ends) {}

  /**
   * Compares a prediction, which is about one cut, with the states of a crash run that were cut once.
   *
   * @param marks of the run's recording
   */
  static Comparison of(Prediction prediction, CrashReport report, Phases marks) {
    return of(prediction, marks.names(), report.judgements().stream().filter(is -> !is.secondCut())
        .map(is -> new Judged(marks.at(is.position()), is.state(), is.outcome(), is.ends())).toList());
  }

  static Comparison of(Prediction prediction, List<String> phases, List<Judged> judged) {
    List<Phase> compared = new ArrayList<>();
    for (String phase : phases) {
      compared.add(phase(phase, prediction.in(phase), judged.stream().filter(is -> is.phase().equals(phase)).toList()));
    }
    return new Comparison(prediction, compared);
  }

  private static Phase phase(String name, SortedSet<Outcome> predicted, List<Judged> states) {
    TreeMap<Outcome, Integer> seen = new TreeMap<>();
    TreeMap<Outcome, String> examples = new TreeMap<>();
    TreeMap<Outcome, List<String>> ends = new TreeMap<>();
    for (Judged is : states) {
      seen.merge(is.outcome(), 1, Integer::sum);
      examples.putIfAbsent(is.outcome(), is.state());
      ends.putIfAbsent(is.outcome(), is.ends());
    }
    return new Phase(name, predicted, seen, examples, ends);
  }

  /** Judged states. */
  public int states() {
    return phases.stream().mapToInt(Phase::states).sum();
  }

  /** True if the machine did something that the model excludes. */
  public boolean contradicted() {
    return phases.stream().anyMatch(phase -> !phase.outside().isEmpty());
  }

  /** How many pairs of phase and outcome the model allows and the machine never showed. */
  public int neverSeen() {
    return phases.stream().mapToInt(phase -> phase.neverSeen().size()).sum();
  }
}
