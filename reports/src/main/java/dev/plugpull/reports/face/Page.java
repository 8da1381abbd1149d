package dev.plugpull.reports.face;

import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.CounterExample;
import dev.plugpull.reports.CrashMap;
import dev.plugpull.reports.Excerpt;
import dev.plugpull.reports.Loss;
import dev.plugpull.reports.Outcome;
import dev.plugpull.reports.Scenario;
import dev.plugpull.reports.SourceLine;
import dev.plugpull.reports.TraceStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the template of the HTML report reads: the certificate, laid out for showing. */
record Page(Certificate certificate, List<Example> examples, List<Map.Entry<Integer, Scenario>> maps,
    Map<String, Integer> numbers, String css, String js, String policy) {
  private static final int AROUND = 4;

  /** A counter-example with its number on the page. */
  record Example(int number, CounterExample of, List<Step> steps) {}

  record Step(TraceStep of, List<Value> disk, List<Value> environment, List<Line> script) {}

  /** A variable that the step changed, or, in the first step, any. */
  record Value(String name, String value) {}

  record Line(int number, String text, boolean hit) {}

  /** One place of the crash map. */
  record Spot(Outcome worst, String label, String glyph, String number) {}

  static Page of(Certificate certificate, String css, String js, String policy) {
    var order = new ArrayList<>(certificate.counterExamples());
    order.sort(Comparator.comparing(example -> !example.countsAgainstGadget()));
    var examples = new ArrayList<Example>();
    var numbers = new HashMap<String, Integer>();
    for (CounterExample example : order) {
      examples.add(new Example(examples.size() + 1, example, steps(certificate, example)));
      numbers.put(example.id(), examples.size());
    }
    var maps = new ArrayList<Map.Entry<Integer, Scenario>>();
    for (Scenario scenario : certificate.scenarios()) {
      if (!scenario.crashMap().isEmpty()) {
        maps.add(Map.entry(maps.size() + 1, scenario));
      }
    }
    return new Page(certificate, examples, maps, numbers, css, js, policy);
  }

  /** The spots of a point, one per kind of loss, null where the medium allows no such state. */
  static List<List<Spot>> spots(CrashMap map, Map<String, Integer> numbers) {
    var rows = new ArrayList<List<Spot>>();
    for (int i = 0; i < map.points().size(); i++) {
      var row = new ArrayList<Spot>();
      for (int loss = 0; loss < Loss.values().length; loss++) {
        row.add(null);
      }
      rows.add(row);
    }
    for (CrashMap.Cell cell : map.cells()) {
      rows.get(cell.point()).set(cell.loss().ordinal(), spot(map.points().get(cell.point()), cell, numbers));
    }
    return rows;
  }

  private static Spot spot(CrashMap.Point point, CrashMap.Cell cell, Map<String, Integer> numbers) {
    Outcome worst = cell.worst().orElse(null);
    if (worst == null) {
      return null;
    }
    var label = new StringBuilder(point.name() + ", " + cell.loss().word() + ": ");
    String comma = "";
    for (Outcome outcome : Outcome.values()) {
      long count = cell.outcomes().count(outcome);
      if (count > 0) {
        label.append(comma).append(Words.count(count)).append(" end ").append(outcome.word());
        comma = ", ";
      }
    }
    if (cell.spurious() > 0) {
      label.append(", ").append(Words.count(cell.spurious())).append(" good updates rolled back");
    }
    Integer number = cell.counterExamples().stream().map(numbers::get).filter(n -> n != null).findFirst().orElse(null);
    return new Spot(worst, label.toString(), glyph(worst), number == null ? "" : number.toString());
  }

  static String glyph(Outcome outcome) {
    return switch (outcome) {
      case OLD -> "o";
      case NEW -> "n";
      case MIXED -> "◐";
      case STUCK -> "▲";
      case BRICK -> "✕";
    };
  }

  private static List<Step> steps(Certificate certificate, CounterExample example) {
    var steps = new ArrayList<Step>();
    TraceStep before = null;
    for (TraceStep step : example.trace()) {
      steps.add(new Step(step, changes(before == null ? Map.of() : before.disk(), step.disk()),
          changes(before == null ? Map.of() : before.environment(), step.environment()),
          lines(certificate.excerpts(), step.where())));
      before = step;
    }
    return steps;
  }

  private static List<Value> changes(Map<String, String> before, Map<String, String> after) {
    var values = new ArrayList<Value>();
    after.forEach((name, value) -> {
      if (!value.equals(before.get(name))) {
        values.add(new Value(name, value.isEmpty() ? "(empty)" : value));
      }
    });
    before.keySet().stream().filter(name -> !after.containsKey(name)).sorted()
        .forEach(name -> values.add(new Value(name, "(gone)")));
    return values;
  }

  private static List<Line> lines(List<Excerpt> excerpts, SourceLine where) {
    if (where == null) {
      return List.of();
    }
    for (Excerpt excerpt : excerpts) {
      if (excerpt.file().equals(where.file()) && excerpt.holds(where.line())) {
        var lines = new ArrayList<Line>();
        int last = Math.min(excerpt.firstLine() + excerpt.lines().size() - 1, where.line() + AROUND);
        for (int number = Math.max(excerpt.firstLine(), where.line() - AROUND); number <= last; number++) {
          lines.add(new Line(number, excerpt.lines().get(number - excerpt.firstLine()), number == where.line()));
        }
        return lines;
      }
    }
    return List.of();
  }
}
