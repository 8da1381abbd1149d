package dev.plugpull.faultinjection.crashfs;

import java.util.ArrayList;
import java.util.List;

/** Tells a failure: what survived, what was lost, who issued it, what would have helped. */
final class Story {
  private static final int MOST_SURVIVORS = 14;

  private final StringBuilder text = new StringBuilder();
  private final FileSystemRules rules;

  private Story(FileSystemRules rules) {
    this.rules = rules;
  }

  static String of(FileSystemRules rules, Failure failure, Exploration.Outcome outcome, List<String> cures) {
    Story story = new Story(rules);
    story.line("recovery fails after a power cut on " + rules.name() + ": " + oneLine(failure.cause()));
    story.line("");
    Failure at = failure;
    story.cut(at, "the power went");
    while (at.inRecovery() != null) {
      at = at.inRecovery();
      story.line("");
      story.cut(at, "then, during recovery, it went again");
    }
    story.cures(cures);
    story.line("");
    story.line(
        outcome.failing() + " of " + outcome.states() + " crash states at " + outcome.points()
            + " points fail; this one loses least");
    return story.text.toString();
  }

  private static String oneLine(Throwable cause) {
    return cause.toString().strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private void line(String words) {
    text.append(words).append('\n');
  }

  private void cut(Failure at, String what) {
    List<Step> steps = at.steps();
    String when =
        at.cutAfter() < 0
            ? " before operation 1 of " + steps.size()
            : " after operation " + (at.cutAfter() + 1) + " of " + steps.size() + ", "
                + steps.get(at.cutAfter()).words();
    line(what + when);
    if (!at.promised().isEmpty()) {
      line("promised before: " + at.promised());
    }
    survived(at);
    lost(at);
  }

  private void survived(Failure at) {
    List<Integer> survivors = new ArrayList<>();
    for (int i = 0; i <= at.cutAfter(); i++) {
      boolean tells = !(at.steps().get(i).operation() instanceof Operation.Promise);
      if (!at.lost().get(i) && tells) {
        survivors.add(i);
      }
    }
    line("survived:" + (survivors.isEmpty() ? " nothing" : ""));
    int from = Math.max(0, survivors.size() - MOST_SURVIVORS);
    if (from > 0) {
      line("  ... and " + from + " earlier operations");
    }
    survivors.subList(from, survivors.size()).forEach(step -> step(at, step));
  }

  private void step(Failure at, int step) {
    Step told = at.steps().get(step);
    line(String.format("%4d  %-58s %s", step + 1, told.words(), told.site().words()).stripTrailing());
  }

  private void lost(Failure at) {
    line("lost:" + (at.lost().isEmpty() ? " nothing, the operations that followed were not reached" : ""));
    for (int i = at.lost().nextSetBit(0); i >= 0; i = at.lost().nextSetBit(i + 1)) {
      step(at, i);
      for (int label = 0; label < at.labels().size(); label++) {
        if (at.labelSteps().get(label) == i) {
          line("          namely the " + at.labels().get(label));
        }
      }
    }
  }

  private void cures(List<String> cures) {
    line("");
    if (cures.isEmpty()) {
      line("no single force, no pair of them and no later deletion among those tried would have saved it on "
          + rules.name());
      return;
    }
    line("what would have saved it (tried):");
    cures.forEach(cure -> line("  - " + cure));
  }
}
