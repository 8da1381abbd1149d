package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A change of snapd in progress: a refresh or a revert of one or more parts, and how far its tasks are.
 *
 * @param kind {@code refresh} or {@code revert}
 * @param target revision that each part goes to
 * @param origin revision that each part came from
 * @param tasks the plan, a function of kind, target and series
 * @param statuses one status a task, in the order of {@link TaskPlan}
 * @param restart true once gadget assets were written ({@code gadget-restart-required}, G11)
 * @param error why the first task failed, empty if none did
 */
record Change(
    String kind,
    Map<Part, Integer> target,
    Map<Part, Integer> origin,
    List<TaskPlan.Task> tasks,
    Status[] statuses,
    boolean restart,
    String error,
    Hash128 hash) {

  /** Task statuses of specification section 3.1. */
  enum Status {
    DO,
    DOING,
    WAIT,
    DONE,
    UNDO,
    UNDOING,
    UNDO_WAIT,
    UNDONE,
    HOLD,
    ERROR
  }

  static Change begin(
      String kind, Map<Part, Integer> target, Map<Part, Integer> origin, List<TaskPlan.Task> tasks) {
    Status[] statuses = new Status[tasks.size()];
    Arrays.fill(statuses, Status.DO);
    return of(kind, new EnumMap<>(target), new EnumMap<>(origin), tasks, statuses, false, "");
  }

  private static Change of(
      String kind,
      Map<Part, Integer> target,
      Map<Part, Integer> origin,
      List<TaskPlan.Task> tasks,
      Status[] statuses,
      boolean restart,
      String error) {
    long hi = (long) kind.hashCode() + (restart ? 1 : 0);
    long lo = error.hashCode();
    for (Part part : Part.values()) {
      hi = Hash128.mix(hi * 31 + target.getOrDefault(part, 0));
      lo = Hash128.mix(lo * 37 + origin.getOrDefault(part, 0));
    }
    for (Status status : statuses) {
      hi = Hash128.mix(hi * 11 + status.ordinal());
      lo = Hash128.mix(lo * 13 + status.ordinal() + 1);
    }
    return new Change(kind, target, origin, tasks, statuses, restart, error, new Hash128(hi, lo));
  }

  Change with(int task, Status status) {
    Status[] changed = statuses.clone();
    changed[task] = status;
    return of(kind, target, origin, tasks, changed, restart, error);
  }

  /** An error in a task: done tasks go to undo, tasks not begun are held. */
  Change failed(int task, String why) {
    Status[] changed = statuses.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] =
          switch (changed[i]) {
            case DONE, WAIT -> Status.UNDO;
            case DO -> Status.HOLD;
            case DOING -> i == task ? Status.ERROR : Status.UNDO;
            case UNDO, UNDOING, UNDO_WAIT, UNDONE, HOLD, ERROR -> changed[i];
          };
    }
    changed[task] = Status.ERROR;
    return of(kind, target, origin, tasks, changed, restart, error.isEmpty() ? why : error);
  }

  /** What is reported with its result. */
  String told() {
    return error.isEmpty() && kind.equals("revert") ? "reverted" : error;
  }

  /** True if it brings a revision that was not there before. */
  boolean brings() {
    return tasks.stream().anyMatch(task -> task.kind() == TaskKind.DOWNLOAD);
  }

  Change restarting() {
    return of(kind, target, origin, tasks, statuses, true, error);
  }

  /** Index of the last link-snap: the one reboot of a joint change comes after it. */
  int lastLink() {
    for (int i = tasks.size() - 1; i >= 0; i--) {
      if (tasks.get(i).kind() == TaskKind.LINK) {
        return i;
      }
    }
    return -1;
  }

  boolean undoing() {
    for (Status status : statuses) {
      if (status == Status.ERROR) {
        return true;
      }
    }
    return false;
  }

  boolean ready() {
    for (Status status : statuses) {
      switch (status) {
        case DO, DOING, WAIT, UNDO, UNDOING, UNDO_WAIT -> {
          return false;
        }
        case DONE, UNDONE, HOLD, ERROR -> {
          // ended
        }
      }
    }
    return true;
  }
}
