package dev.plugpull.conformance.compare;

import dev.plugpull.conformance.record.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one power cut can leave of a modelled device.
 *
 * @param model name of the device
 * @param phases of the recording to the outcomes that a cut in them can have
 * @param points crash points in the order in which they are met, with what a cut at them can leave
 * @param reasons what the model says of the first device with a bad outcome
 * @param states distinct ones
 * @param boundedPoints points whose states could not be tried in full
 */
public record Prediction(String model, Map<String, SortedSet<Outcome>> phases, List<Point> points,
    SortedMap<Outcome, String> reasons, int states, long boundedPoints) {

  public Prediction {
    phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    points = List.copyOf(points);
    reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
  }

  /** A crash point. Several in a row that have one name and one set of outcomes count as one. */
  public record Point(String name, SortedSet<Outcome> outcomes) {
    public Point {
      outcomes = Collections.unmodifiableSortedSet(new TreeSet<>(outcomes));
    }
  }

  /** What a cut in this phase can leave; nothing if the model does not know the phase. */
  public SortedSet<Outcome> in(String phase) {
    return phases.getOrDefault(phase, Collections.emptySortedSet());
  }

  /** Outcomes as a list of words, in their usual order. */
  static List<String> words(Set<Outcome> outcomes) {
    List<String> words = new ArrayList<>();
    new TreeSet<>(outcomes).forEach(outcome -> words.add(outcome.word()));
    return words;
  }
}
