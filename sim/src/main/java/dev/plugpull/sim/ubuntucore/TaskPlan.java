package dev.plugpull.sim.ubuntucore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tasks of a change in the order in which snapd runs them (specification sections 3.2 and 3.4). */
final class TaskPlan {

  /** A task: what to do, with which snap; null for what belongs to no snap. */
  record Task(TaskKind kind, Part part) {
    @Override
    public String toString() {
      return part == null ? kind.word() : kind.word() + "(" + part.word() + ")";
    }
  }

  private TaskPlan() {}

  /**
   * Tasks of a refresh or, with {@code kind} revert, of a change back to a revision that is still mounted.
   *
   * @param returning true if the target was there before and is still mounted
   */
  static List<Task> tasks(String kind, Set<Part> parts, boolean returning, CoreSetup setup) {
    boolean revert = kind.equals("revert");
    List<Task> tasks = new ArrayList<>();
    if (setup.makesSystem()) {
      List<Part> boots = parts.stream().filter(Part::boots).sorted().toList();
      withSystem(tasks, boots, setup);
      return tasks;
    }
    if (setup.series() == Series.UC16 && parts.size() > 1) {
      // Each essential snap goes its whole way, reboot included, before the next one starts.
      for (Part part : Part.values()) {
        if (parts.contains(part)) {
          tasks.addAll(tasks(kind, Set.of(part), returning, setup));
        }
      }
      return tasks;
    }
    if (parts.contains(Part.SNAPD)) {
      whole(tasks, Part.SNAPD, revert, returning);
    }
    essential(tasks, parts.stream().filter(Part::boots).sorted().toList(), revert, returning, setup);
    if (parts.contains(Part.APP)) {
      app(tasks, revert, returning);
    }
    return tasks;
  }

  /**
   * A recovery system of what will be installed is made and tried when everything is downloaded, before anything is
   * changed; in a remodel the new model is set last.
   */
  private static void withSystem(List<Task> tasks, List<Part> parts, CoreSetup setup) {
    parts.forEach(part -> add(tasks, part, TaskKind.DOWNLOAD, TaskKind.VALIDATE));
    add(tasks, null, TaskKind.CREATE_SYSTEM, TaskKind.FINALIZE_SYSTEM);
    parts.forEach(part -> add(tasks, part, TaskKind.MOUNT));
    essential(tasks, parts, false, true, setup);
    if (setup.scenario().is(Circumstance.REMODELS)) {
      add(tasks, null, TaskKind.SET_MODEL);
    }
  }

  /** The whole way of a snap that is no boot participant and has no app: snapd's. */
  private static void whole(List<Task> tasks, Part part, boolean revert, boolean returning) {
    if (!revert && !returning) {
      add(tasks, part, TaskKind.DOWNLOAD, TaskKind.VALIDATE, TaskKind.MOUNT);
    }
    add(tasks, part, TaskKind.UNLINK);
    if (!revert) {
      add(tasks, part, TaskKind.COPY_DATA);
    }
    add(tasks, part, TaskKind.LINK, TaskKind.AUTO_CONNECT);
    if (!revert) {
      add(tasks, part, TaskKind.DISCARD);
    }
  }

  /** An app's whole way. Hooks around the refresh, copy and clean-up are no part of a revert. */
  private static void app(List<Task> tasks, boolean revert, boolean returning) {
    if (!revert && !returning) {
      add(tasks, Part.APP, TaskKind.DOWNLOAD, TaskKind.VALIDATE, TaskKind.MOUNT);
    }
    if (!revert) {
      add(tasks, Part.APP, TaskKind.PRE_REFRESH);
    }
    add(tasks, Part.APP, TaskKind.STOP_SERVICES, TaskKind.REMOVE_ALIASES, TaskKind.UNLINK);
    if (!revert) {
      add(tasks, Part.APP, TaskKind.COPY_DATA);
    }
    add(tasks, Part.APP, TaskKind.LINK, TaskKind.AUTO_CONNECT, TaskKind.SETUP_ALIASES);
    if (!revert) {
      add(tasks, Part.APP, TaskKind.POST_REFRESH);
    }
    add(tasks, Part.APP, TaskKind.START_SERVICES);
    if (!revert) {
      add(tasks, Part.APP, TaskKind.DISCARD);
    }
    add(tasks, Part.APP, TaskKind.CONFIGURE, TaskKind.CHECK_HEALTH);
  }

  /** Snaps that boot go together through three stretches, so that one reboot does for all. */
  private static void essential(
      List<Task> tasks, List<Part> parts, boolean revert, boolean returning, CoreSetup setup) {
    Series series = setup.series();
    for (Part part : parts) {
      if (!revert && !returning) {
        add(tasks, part, TaskKind.DOWNLOAD, TaskKind.VALIDATE, TaskKind.MOUNT);
      }
    }
    for (Part part : parts) {
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
    for (Part part : parts) {
      add(tasks, part, TaskKind.AUTO_CONNECT);
      if (part == Part.KERNEL && series.hasDriversTree()) {
        add(tasks, part, TaskKind.DISCARD_DRIVERS);
      }
      if (!revert) {
        add(tasks, part, TaskKind.DISCARD);
      }
    }
  }

  private static void add(List<Task> tasks, Part part, TaskKind... kinds) {
    for (TaskKind kind : kinds) {
      tasks.add(new Task(kind, part));
    }
  }
}
