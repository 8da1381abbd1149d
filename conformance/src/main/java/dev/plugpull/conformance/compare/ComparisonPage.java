package dev.plugpull.conformance.compare;

import dev.plugpull.conformance.record.Outcome;
import dev.plugpull.conformance.record.Phases;
import dev.plugpull.reports.face.ReportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A comparison as one section of a Markdown page. Other sections of the page stay as they are. */
public final class ComparisonPage {
  private static final String TITLE = "# Model against machine\n";

  private ComparisonPage() {}

  /**
   * Writes the section, in place of the one that this target has already, or at the end.
   *
   * @throws IOException {@code cannot ...}: the page has half of a section
   */
  public static void write(Path page, ModelAgainstMachine found) throws IOException {
    String name = found.run().target().name();
    String begin = "<!-- " + name + ": written by ./plugpull vm compare " + name + " --doc; do not edit -->\n";
    String end = "<!-- end of " + name + " -->\n";
    String old = Files.exists(page) ? Files.readString(page) : TITLE;
    String fresh = begin + section(found) + end;
    int from = old.indexOf(begin);
    int to = old.indexOf(end, Math.max(0, from));
    if (from < 0 != to < 0) {
      throw new IOException("cannot write " + page + ": of the lines around the section of " + name
          + " one is missing; delete the other one");
    }
    ReportFile.write(page, from < 0 ? old + "\n" + fresh
        : old.substring(0, from) + fresh + old.substring(to + end.length()));
  }

  static String section(ModelAgainstMachine found) {
    Comparison model = found.model();
    StringBuilder text = new StringBuilder(4096);
    text.append("## ").append(found.run().target().name()).append(": ").append(found.run().target().title())
        .append("\n\nThe model, *").append(model.prediction().model()).append("*, said what one power cut can leave in"
            + " each phase of the update before the machine was tried (`predictions.yaml` beside the target). Then ")
        .append(model.states()).append(" states of one recording of the real update were judged (tier ")
        .append(found.tier()).append("): ").append(found.run().booted()).append(" were booted, the others answered by"
            + " read sets, of which ")
        .append(found.run().sampled()).append(" were booted after all. Verdict: **").append(found.verdict())
        .append("**.\n\n");
    phases(model, text);
    bad(model, text);
    variants(found, text);
    text.append("\nNot looked at:\n\n");
    found.run().notLookedAt().forEach(line -> text.append("- ").append(line).append('\n'));
    text.append("- single states beside each other: what is compared are sets of outcomes in each phase\n");
    return text.toString();
  }

  private static void phases(Comparison model, StringBuilder text) {
    text.append("| phase | the model allows | the machine did | result | allowed and not seen |\n")
        .append("|---|---|---|---|---|\n");
    for (Comparison.Phase phase : model.phases()) {
      text.append("| ").append(title(phase.name())).append(" | ").append(ModelAgainstMachine.words(phase.predicted()))
          .append(" | ").append(ModelAgainstMachine.seen(phase.seen())).append(" | ").append(phase.words())
          .append(" | ").append(phase.neverSeen().isEmpty() ? "" : ModelAgainstMachine.words(phase.neverSeen()))
          .append(" |\n");
    }
  }

  private static String title(String phase) {
    return switch (phase) {
      case Phases.BEFORE -> "before the update";
      case Phases.AFTER -> "after it, until the machine is off";
      default -> phase;
    };
  }

  /** What both say about each way to end badly. */
  private static void bad(Comparison model, StringBuilder text) {
    Set<Outcome> outcomes = new TreeSet<>(model.prediction().reasons().keySet());
    model.phases().forEach(phase -> outcomes.addAll(phase.seen().keySet()));
    outcomes.removeIf(Outcome::good);
    if (outcomes.isEmpty()) {
      return;
    }
    text.append("\n| outcome | the model's reason | how the machine's boots ended |\n|---|---|---|\n");
    for (Outcome outcome : outcomes) {
      List<String> seen = new ArrayList<>();
      for (Comparison.Phase phase : model.phases()) {
        if (phase.ends().containsKey(outcome)) {
          seen.add("`" + phase.examples().get(outcome) + "` " + String.join("; then ", phase.ends().get(outcome)));
        }
      }
      text.append("| ").append(outcome.word()).append(" | ")
          .append(model.prediction().reasons().getOrDefault(outcome, "not predicted")).append(" | ")
          .append(seen.isEmpty() ? "not seen" : cell(seen.getFirst())).append(" |\n");
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ");
  }

  private static void variants(ModelAgainstMachine found, StringBuilder text) {
    if (found.variants().isEmpty()) {
      return;
    }
    text.append("\nVariants of the model, explored in the same way, and what the same judgements say of them:\n\n"
        + "| variant | bad outcomes that it allows | the machine |\n|---|---|---|\n");
    for (Comparison variant : found.variants()) {
      Set<Outcome> allowed = new TreeSet<>();
      variant.prediction().phases().values().forEach(allowed::addAll);
      allowed.removeIf(Outcome::good);
      text.append("| ").append(variant.prediction().model()).append(" | ")
          .append(ModelAgainstMachine.words(allowed)).append(" | ").append(ModelAgainstMachine.told(variant))
          .append(" |\n");
    }
  }
}
