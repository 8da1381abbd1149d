package dev.plugpull.faultinjection.crashfs;

import java.util.ArrayList;
import java.util.List;

/** A small change of the program that may make it safe. */
sealed interface Cure {

  /** The run with the change made. */
  List<Step> applied(List<Step> steps);

  /** The change as advice. */
  String words(List<Step> steps);

  private static String place(List<Step> steps, int step) {
    String site = steps.get(step).site().words();
    return "operation " + (step + 1) + (site.isEmpty() ? "" : " (" + site + ")");
  }

  /** One more force after an operation. */
  record Barrier(int after, Operation operation) implements Cure {
    @Override
    public List<Step> applied(List<Step> steps) {
      List<Step> result = new ArrayList<>(steps);
      result.add(after + 1, new Step(operation, "", CallSite.UNKNOWN));
      return result;
    }

    @Override
    public String words(List<Step> steps) {
      return operation.words() + " after " + place(steps, after);
    }
  }

  /** ATOMIC_MOVE instead of a move that deletes what it replaces. */
  record AtomicMove(int deletion) implements Cure {
    @Override
    public List<Step> applied(List<Step> steps) {
      List<Step> result = new ArrayList<>(steps);
      result.remove(deletion);
      return result;
    }

    @Override
    public String words(List<Step> steps) {
      return "ATOMIC_MOVE in place of the move of " + place(steps, deletion);
    }
  }

  /** A deletion put off until after a later operation. */
  record Later(int deletion, int after) implements Cure {
    @Override
    public List<Step> applied(List<Step> steps) {
      List<Step> result = new ArrayList<>(steps);
      Step moved = result.remove(deletion);
      result.add(after, moved);
      return result;
    }

    @Override
    public String words(List<Step> steps) {
      return steps.get(deletion).operation().words() + " only after " + place(steps, after);
    }
  }

  /** Two changes; the second one stands at or before the first one's place. */
  record Both(Cure late, Cure early) implements Cure {
    @Override
    public List<Step> applied(List<Step> steps) {
      return early.applied(late.applied(steps));
    }

    @Override
    public String words(List<Step> steps) {
      return early.words(steps) + ", and " + late.words(steps);
    }
  }
}
