package dev.plugpull.faultinjection.crashfs;

import java.util.ArrayList;
import java.util.List;

/** The operations of one run, in the order in which they took effect. */
final class Recording {
  private String workloadClass;
  private final List<Step> steps = new ArrayList<>();
  private boolean stopped;

  /** {@code workloadClass}: the class whose lines are the user's own. */
  Recording(String workloadClass) {
    this.workloadClass = workloadClass;
  }

  void add(Operation operation, String how) {
    if (!stopped) {
      steps.add(new Step(operation, how, CallSite.here(workloadClass)));
    }
  }

  /** Forgets what was recorded; from now on the lines of another class are the user's own. */
  void restart(String newWorkloadClass) {
    steps.clear();
    workloadClass = newWorkloadClass;
  }

  String workloadClass() {
    return workloadClass;
  }

  /** Whatever is written from now on happens outside the test. */
  void stop() {
    stopped = true;
  }

  List<Step> steps() {
    return steps;
  }
}
