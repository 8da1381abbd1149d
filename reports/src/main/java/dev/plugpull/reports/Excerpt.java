package dev.plugpull.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Consecutive lines of a vendor's script, carried along so that a report can show them offline.
 *
 * @param firstLine number of the first line, counted from 1
 */
public record Excerpt(String file, int firstLine, List<String> lines) {
  /** Characters of a line that are kept; scripts may hold lines of megabytes. */
  public static final int LINE_LENGTH_MAX = 400;

  public Excerpt {
    lines = lines.stream().map(Excerpt::shortened).toList();
  }

  /**
   * The excerpts that the traces of the counter-examples point at, sorted by file and line, overlapping ones joined.
   *
   * @param text gives all lines of a file, or nothing if it is not at hand
   * @param around lines kept before and after each line pointed at
   */
  public static List<Excerpt> around(
      List<CounterExample> examples, Function<String, Optional<List<String>>> text, int around) {
    var wanted = new TreeMap<String, TreeSet<Integer>>();
    for (CounterExample example : examples) {
      for (TraceStep step : example.trace()) {
        if (step.where() != null) {
          wanted.computeIfAbsent(step.where().file(), file -> new TreeSet<>()).add(step.where().line());
        }
      }
    }
    var excerpts = new ArrayList<Excerpt>();
    wanted.forEach((file, numbers) ->
        text.apply(file).ifPresent(lines -> excerpts.addAll(cut(file, lines, numbers, around))));
    return List.copyOf(excerpts);
  }

  /** Whether line {@code number} is in this excerpt. */
  public boolean holds(int number) {
    return number >= firstLine && number < firstLine + lines.size();
  }

  private static List<Excerpt> cut(String file, List<String> lines, TreeSet<Integer> numbers, int around) {
    var kept = new TreeSet<Integer>();
    for (int number : numbers) {
      for (int near = Math.max(1, number - around); near <= Math.min(lines.size(), number + around); near++) {
        kept.add(near);
      }
    }
    var excerpts = new ArrayList<Excerpt>();
    while (!kept.isEmpty()) {
      int first = kept.first();
      var run = new ArrayList<String>();
      for (int number = first; kept.remove(number); number++) {
        run.add(lines.get(number - 1));
      }
      excerpts.add(new Excerpt(file, first, run));
    }
    return excerpts;
  }

  private static String shortened(String line) {
    return line.length() <= LINE_LENGTH_MAX ? line : line.substring(0, LINE_LENGTH_MAX) + " ...";
  }
}
