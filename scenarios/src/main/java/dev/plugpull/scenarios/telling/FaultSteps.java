package dev.plugpull.scenarios.telling;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.reports.FaultStep;
import dev.plugpull.sim.device.Interruption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Between the explorer's fault plans and the steps that a certificate stores. A stored plan can be read back. */
public final class FaultSteps {
  private static final String CUT = "cut";
  private static final String AT_REST = "at rest: ";
  private static final String UNNAMED = "volume ";
  private static final String POWER_CYCLE = "power cycle";

  private FaultSteps() {}

  /** The steps that a certificate stores. */
  public static List<FaultStep> stored(FaultPlan plan) {
    return plan.steps().stream().map(FaultSteps::stored).toList();
  }

  private static FaultStep stored(FaultPlan.Step step) {
    return switch (step) {
      case FaultPlan.Cut cut -> new FaultStep(cut.boot(), cut.point(), cut.occurrence(), CUT, kept(cut), lost(cut));
      case FaultPlan.Strike strike -> new FaultStep(
          strike.boot(), strike.point(), strike.occurrence(), word(strike.by()), List.of(), List.of());
      case FaultPlan.AtRest rest -> new FaultStep(rest.boot(), "", 1, AT_REST + rest.event(), List.of(), List.of());
      case FaultPlan.PowerCycle cycle -> new FaultStep(cycle.boot(), "", 1, POWER_CYCLE, List.of(), List.of());
    };
  }

  private static String word(Interruption by) {
    return by.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static List<String> kept(FaultPlan.Cut cut) {
    List<String> words = new ArrayList<>();
    cut.losses().forEach(loss -> loss.kept().forEach(write -> words.add(word(loss, write))));
    return words;
  }

  private static List<String> lost(FaultPlan.Cut cut) {
    List<String> words = new ArrayList<>();
    cut.losses().forEach(loss -> loss.lost().forEach(write -> words.add(word(loss, write))));
    return words;
  }

  private static String word(FaultPlan.Loss loss, FaultPlan.Pending pending) {
    String number = pending.occurrence() == 1 ? "" : " #" + pending.occurrence();
    return volume(loss) + ": " + pending.write() + number;
  }

  private static String volume(FaultPlan.Loss loss) {
    return loss.name().isEmpty() ? UNNAMED + loss.volume() : loss.name();
  }

  /**
   * The plan that was stored, for a device with these volumes.
   *
   * @throws IllegalArgumentException if a step is none of those that were stored
   */
  public static FaultPlan plan(List<FaultStep> steps, List<String> volumes) {
    return new FaultPlan(steps.stream().map(step -> read(step, volumes)).toList());
  }

  private static FaultPlan.Step read(FaultStep step, List<String> volumes) {
    if (step.action().equals(CUT)) {
      return new FaultPlan.Cut(step.boot(), step.point(), step.occurrence(), losses(step, volumes));
    }
    if (step.action().equals(POWER_CYCLE)) {
      return new FaultPlan.PowerCycle(step.boot());
    }
    if (step.action().startsWith(AT_REST)) {
      return new FaultPlan.AtRest(step.boot(), step.action().substring(AT_REST.length()));
    }
    for (Interruption by : Interruption.values()) {
      if (word(by).equals(step.action())) {
        return new FaultPlan.Strike(step.boot(), step.point(), step.occurrence(), by);
      }
    }
    throw new IllegalArgumentException("unknown action '" + step.action() + "' in its fault plan");
  }

  private static List<FaultPlan.Loss> losses(FaultStep step, List<String> volumes) {
    Map<String, List<String>> kept = byVolume(step.kept());
    Map<String, List<String>> lost = byVolume(step.lost());
    TreeSet<Integer> numbers = new TreeSet<>();
    Stream.concat(kept.keySet().stream(), lost.keySet().stream())
        .forEach(name -> numbers.add(number(name, volumes)));
    List<FaultPlan.Loss> losses = new ArrayList<>();
    for (int i : numbers) {
      String name = i < volumes.size() ? volumes.get(i) : "";
      List<FaultPlan.Pending> keptHere = pending(kept, name.isEmpty() ? UNNAMED + i : name);
      List<FaultPlan.Pending> lostHere = pending(lost, name.isEmpty() ? UNNAMED + i : name);
      FaultPlan.Rule rule = lostHere.isEmpty() ? FaultPlan.Rule.ALL_KEPT
          : keptHere.isEmpty() ? FaultPlan.Rule.ALL_LOST : FaultPlan.Rule.NAMED;
      losses.add(new FaultPlan.Loss(i, name, rule, keptHere, lostHere));
    }
    return losses;
  }

  private static int number(String name, List<String> volumes) {
    if (volumes.contains(name)) {
      return volumes.indexOf(name);
    }
    if (name.matches(UNNAMED + "\\d{1,4}")) {
      return Integer.parseInt(name.substring(UNNAMED.length()));
    }
    throw new IllegalArgumentException("unknown volume '" + name + "' in its fault plan");
  }

  private static List<FaultPlan.Pending> pending(Map<String, List<String>> words, String volume) {
    return words.getOrDefault(volume, List.of()).stream().map(FaultSteps::pending).toList();
  }

  private static FaultPlan.Pending pending(String words) {
    int hash = words.lastIndexOf(" #");
    if (hash > 0 && words.substring(hash + 2).matches("\\d{1,9}")) {
      return new FaultPlan.Pending(words.substring(0, hash), Integer.parseInt(words.substring(hash + 2)));
    }
    return new FaultPlan.Pending(words, 1);
  }

  private static Map<String, List<String>> byVolume(List<String> words) {
    Map<String, List<String>> result = new LinkedHashMap<>();
    for (String word : words) {
      int colon = word.indexOf(": ");
      if (colon > 0) {
        result.computeIfAbsent(word.substring(0, colon), v -> new ArrayList<>()).add(word.substring(colon + 2));
      }
    }
    return result;
  }
}
