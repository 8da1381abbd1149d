package dev.plugpull.sim.ubuntucore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tasks of a change in the order in which snapd runs them (specification sections 3.2 and 3.4). */
final class TaskPlan {

  /** A task: what to do, with which snap. */
  record Task(TaskKind kind, Part part) {
    @Override
    public String toString() {
      return kind.word() + "(" + part.word() + ")";
    }
  }

  private TaskPlan() {}

  /** Tasks of a refresh or, with {@code kind} revert, of a change back to a revision that is still mounted. */
  static List<Task> tasks(String kind, Set<Part> parts, CoreSetup setup) {
    Series series = setup.series();
    boolean revert = kind.equals("revert");
    List<Task> tasks = new ArrayList<>();
    if (series == Series.UC16 && parts.size() > 1) {
      // Each essential snap goes its whole way, reboot included, before the next one starts.
      for (Part part : Part.values()) {
        if (parts.contains(part)) {
          tasks.addAll(tasks(kind, Set.of(part), setup));
        }
      }
      return tasks;
    }
    for (Part part : Part.values()) {
      if (parts.contains(part) && !revert) {
        add(tasks, part, TaskKind.DOWNLOAD, TaskKind.VALIDATE, TaskKind.MOUNT);
      }
    }
    for (Part part : Part.values()) {
      if (parts.contains(part)) {
        add(tasks, part, TaskKind.UNLINK);
        if (part == Part.KERNEL && series.hasDriversTree()) {
          add(tasks, part, TaskKind.PREPARE_KERNEL);
        }
        if (setup.assets().has(part)) {
          add(tasks, part, TaskKind.UPDATE_ASSETS);
        }
        if (!revert) {
          add(tasks, part, TaskKind.COPY_DATA);
        }
        add(tasks, part, TaskKind.LINK);
      }
    }
    for (Part part : Part.values()) {
      if (parts.contains(part)) {
        add(tasks, part, TaskKind.AUTO_CONNECT);
        if (part == Part.KERNEL && series.hasDriversTree()) {
          add(tasks, part, TaskKind.DISCARD_DRIVERS);
        }
        if (!revert) {
          add(tasks, part, TaskKind.DISCARD);
        }
      }
    }
    return tasks;
  }

  private static void add(List<Task> tasks, Part part, TaskKind... kinds) {
    for (TaskKind kind : kinds) {
      tasks.add(new Task(kind, part));
    }
  }
}
