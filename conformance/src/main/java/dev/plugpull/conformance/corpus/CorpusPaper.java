package dev.plugpull.conformance.corpus;

import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reproductions as JSON values and as the page {@code docs/known-bugs.md}. */
public final class CorpusPaper {
  private CorpusPaper() {}

  /** Everything that was found, in the order in which it is read. */
  public static Map<String, Object> json(Corpus corpus, List<Reproduction> done, double seconds) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("pairs", done.size());
    root.put("asExpected", done.stream().filter(Reproduction::asExpected).count());
    root.put("medianFaultPlanSteps", medianSteps(done));
    root.put("seconds", seconds);
    List<Map<String, Object>> bugs = new ArrayList<>();
    done.forEach(reproduction -> bugs.add(entry(reproduction)));
    root.put("bugs", bugs);
    root.put("leftOut", corpus.leftOut());
    return root;
  }

  private static Map<String, Object> entry(Reproduction it) {
    Map<String, Object> entry = new LinkedHashMap<>();
    String expected = it.bug().broken().violates();
    entry.put("id", it.bug().id());
    entry.put("family", it.bug().broken().profile().family());
    entry.put("scenario", it.bug().broken().scenario());
    entry.put("brokenVerdict", it.broken().verdict().name().toLowerCase(Locale.ROOT));
    entry.put("violated", it.broken().violated().contains(expected) || it.broken().violated().isEmpty()
        ? it.broken().violated().isEmpty() ? "" : expected : it.broken().violated().getFirst());
    entry.put("allViolated", it.broken().violated());
    entry.put("why", it.broken().why());
    entry.put("fixedVerdict", it.fixed().verdict().name().toLowerCase(Locale.ROOT));
    entry.put("faultPlanSteps", it.plan().size());
    entry.put("faultPlan", it.plan());
    entry.put("states", it.broken().durableStates() + it.fixed().durableStates());
    entry.put("crashStates", it.broken().crashStates() + it.fixed().crashStates());
    entry.put("boundedWindows", it.broken().boundedWindows() + it.fixed().boundedWindows());
    entry.put("seconds", it.seconds());
    entry.put("asExpected", it.asExpected());
    entry.put("complaint", it.complaint());
    return entry;
  }

  /** Median of the lengths of the shrunk fault plans; 0 if there are none. */
  public static double medianSteps(List<Reproduction> done) {
    int[] steps = done.stream().mapToInt(r -> r.plan().size()).sorted().toArray();
    if (steps.length == 0) {
      return 0;
    }
    return (steps[(steps.length - 1) / 2] + steps[steps.length / 2]) / 2.0;
  }

  /** The page, without figures that differ between machines. */
  public static String markdown(Corpus corpus, List<Reproduction> done) {
    StringBuilder page = new StringBuilder(8192);
    page.append("# Known bugs found again\n\n")
        .append("Written by `./plugpull corpus --doc docs/known-bugs.md`; do not edit.\n\n")
        .append("Each bug is a pair of profiles, `corpus/broken/ID.yaml` and `corpus/fixed/ID.yaml`, explored from a"
            + " clean device with every sequence of power cuts. The broken one must violate the property, the fixed one"
            + " nothing.\n\n")
        .append(done.size()).append(" pairs, median fault plan ").append(number(medianSteps(done)))
        .append(" steps.\n\n## Pairs\n\n")
        .append("| id | family | scenario | what the broken device does | violates | steps | states |\n")
        .append("|---|---|---|---|---|---|---|\n");
    for (Reproduction it : done) {
      page.append("| ").append(it.bug().id()).append(" | ").append(family(it).title()).append(" | ")
          .append(it.bug().broken().scenario()).append(" | ").append(departures(it)).append(" | ")
          .append(it.asExpected() ? it.bug().broken().violates() : "NOT AS EXPECTED: " + it.complaint()).append(" | ")
          .append(it.plan().size()).append(" | ")
          .append(it.broken().durableStates()).append(" + ").append(it.fixed().durableStates()).append(" |\n");
    }
    page.append("\n## The shortest way to each\n");
    for (Reproduction it : done) {
      page.append("\n**").append(it.bug().id()).append("** ").append(it.broken().why()).append("\n");
      if (it.plan().isEmpty()) {
        page.append("\n- no fault is needed\n");
      } else {
        page.append('\n');
        it.plan().forEach(step -> page.append("- ").append(step).append('\n'));
      }
    }
    leftOut(corpus, page);
    requirements(corpus, page);
    return page.toString();
  }

  private static void leftOut(Corpus corpus, StringBuilder page) {
    if (!corpus.leftOut().isEmpty()) {
      page.append("\n## Left out\n\n| id | why |\n|---|---|\n");
      corpus.leftOut().forEach((id, why) ->
          page.append("| ").append(id).append(" | ").append(why.replace("\n", " ")).append(" |\n"));
    }
  }

  private static void requirements(Corpus corpus, StringBuilder page) {
    if (!corpus.requirements().isEmpty()) {
      page.append("\n## What the bugs demand of a model\n\n| | demand | capability | where |\n|---|---|---|---|\n");
      for (Corpus.Requirement it : corpus.requirements()) {
        page.append("| ").append(it.id()).append(" | ").append(it.demand()).append(" | ").append(it.capability())
            .append(" | ").append(it.where()).append(" |\n");
      }
    }
  }

  private static Family family(Reproduction it) {
    return Families.named(it.bug().broken().profile().family(), it.bug().id());
  }

  /** The variants in the family's words, and the settings that differ between the two devices. */
  private static String departures(Reproduction it) {
    Profile broken = it.bug().broken().profile();
    Profile fixed = it.bug().fixed().profile();
    List<String> words = new ArrayList<>();
    for (String variant : broken.variants()) {
      if (!fixed.has(variant)) {
        words.add(family(it).variants().get(variant));
      }
    }
    broken.settings().forEach((name, value) -> {
      if (!value.equals(fixed.settings().get(name))) {
        words.add(name + " is " + value + ", not " + fixed.settings().get(name));
      }
    });
    return String.join("; ", words);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
