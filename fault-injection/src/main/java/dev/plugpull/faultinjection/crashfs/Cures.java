package dev.plugpull.faultinjection.crashfs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Looks for the force or the order that would have saved a program, by exploring the changed program again. */
final class Cures {
  private static final int MOST_CANDIDATES = 32;
  private static final int MOST_PAIRS = 160;
  private static final int MOST_TOLD = 3;

  private final Judge judge;
  private final Failure failure;
  private final List<Step> steps;

  Cures(Judge judge, Failure failure) {
    this.judge = judge;
    this.failure = failure;
    this.steps = failure.steps();
  }

  /** Advice, best first; each was tried. */
  List<String> find() {
    List<Cure> candidates = candidates();
    List<String> found = new ArrayList<>();
    for (Cure cure : candidates) {
      tell(cure, found);
    }
    for (int pairs = 0, i = 0; i < candidates.size() && found.isEmpty(); i++) {
      for (int k = i + 1; k < candidates.size() && found.isEmpty() && pairs < MOST_PAIRS; k++, pairs++) {
        tell(new Cure.Both(candidates.get(i), candidates.get(k)), found);
      }
    }
    return found;
  }

  private void tell(Cure cure, List<String> found) {
    if (found.size() < MOST_TOLD && saves(cure, steps.subList(0, upTo()), true)) {
      boolean everything = saves(cure, steps, false);
      found.add(cure.words(steps) + (everything ? "" : " (another cut needs more)"));
    }
  }

  /** Up to the operation that completes what was cut: a deletion and the renaming after it belong together. */
  private int upTo() {
    int end = Math.min(steps.size(), failure.cutAfter() + 1);
    boolean replacing = end > 0 && end < steps.size() && isReplacement(end - 1);
    return replacing ? end + 1 : end;
  }

  private boolean isReplacement(int step) {
    return steps.get(step).how().startsWith("REPLACE_EXISTING");
  }

  private boolean saves(Cure cure, List<Step> run, boolean thisCutOnly) {
    try {
      Exploration again = new Exploration(judge, failure.depth(), failure.promisedBefore());
      List<Step> changed = cure.applied(run);
      int from = thisCutOnly ? cutIn(changed) : -1;
      Exploration.Outcome outcome =
          again.firstFailure(failure.start(), changed, from, judge.bounds().cureStates());
      return outcome.failure() == null && outcome.complete();
    } catch (IllegalStateException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  /** Where the operation stands after which the power went. */
  private int cutIn(List<Step> changed) {
    for (int i = changed.size() - 1; i >= 0 && failure.cutAfter() >= 0; i--) {
      if (changed.get(i) == steps.get(failure.cutAfter())) {
        return i;
      }
    }
    return failure.cutAfter();
  }

  /** From the last operation back, so that in a pair the first one stands behind the second. */
  private List<Cure> candidates() {
    LinkedHashSet<Cure> result = new LinkedHashSet<>();
    int last = Math.min(steps.size() - 1, upTo() - 1);
    for (int i = last; i >= 0 && result.size() < MOST_CANDIDATES; i--) {
      boolean concerned = failure.pending().get(i) || failure.lost().get(i) || i > last - 8;
      if (concerned) {
        propose(i, last, result);
      }
    }
    return List.copyOf(result);
  }

  private void propose(int at, int last, LinkedHashSet<Cure> result) {
    if (isReplacement(at)) {
      result.add(new Cure.AtomicMove(at));
      return;
    }
    switch (steps.get(at).operation()) {
      case Operation.Write write -> force(at, write.path(), result);
      case Operation.Truncate truncated -> force(at, truncated.path(), result);
      case Operation.Create created -> directory(at, created.path(), result);
      case Operation.MakeDirectory made -> directory(at, made.path(), result);
      case Operation.SymbolicLink link -> directory(at, link.path(), result);
      case Operation.HardLink link -> directory(at, link.path(), result);
      case Operation.Rename renamed -> directory(at, renamed.to(), result);
      case Operation.RemoveDirectory removed -> directory(at, removed.path(), result);
      case Operation.Unlink unlinked -> {
        directory(at, unlinked.path(), result);
        for (int after = last; after > at; after--) {
          result.add(new Cure.Later(at, after));
        }
      }
      case Operation.Close closed -> {}
      case Operation.Force forced -> {}
      case Operation.ForceDirectory forced -> {}
      case Operation.Promise promise -> {}
    }
  }

  private static void force(int at, String path, LinkedHashSet<Cure> result) {
    result.add(new Cure.Barrier(at, new Operation.Force(path)));
  }

  private static void directory(int at, String path, LinkedHashSet<Cure> result) {
    result.add(new Cure.Barrier(at, new Operation.ForceDirectory(CrashFileSystem.parent(path))));
  }
}
