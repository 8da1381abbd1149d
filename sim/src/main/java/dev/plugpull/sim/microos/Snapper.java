package dev.plugpull.sim.microos;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Subvolumes;
import java.util.ArrayList;
import java.util.List;

/** snapper: makes, marks, lists and deletes snapshots (micro-os.md sections 3 and 5). */
final class Snapper {
  private final Boot boot;

  Snapper(Boot boot) {
    this.boot = boot;
  }

  /** M2: a writable snapshot, flagged as in progress. */
  int create(int base) {
    List<Integer> known = Layout.listed(boot.tree());
    int next = known.getLast() + 1;
    while (boot.tree().exists(Layout.folder(next))) {
      next++;
    }
    boot.volume.mkdir(Layout.folder(next));
    boot.point("M2.folder", "snapper makes the folder of snapshot " + next);
    boot.subvolumes().snapshot(Layout.root(base), Layout.root(next));
    boot.point("M2.snapshot", "snapper makes snapshot " + next + " of " + base);
    try {
      info("M2", next, new Info(true, true, false));
      boot.files.plain("M2.grub", Layout.grubEntry(next),
          new Numbered.GrubEntry(next, boot.setup.healthChecker()).content());
    } catch (NoSpaceException full) {
      delete(next);
      throw full;
    }
    return next;
  }

  void info(String point, int number, Info info) {
    boot.files.atomic(point, Layout.info(number), info.content(), true);
  }

  void setDefault(String point, int number) {
    boot.subvolumes().setDefault(Layout.root(number));
    boot.point(point, "the default subvolume is set to snapshot " + number);
    plugin(number);
  }

  /** After set-default, in a process of its own. */
  void plugin(int number) {
    if (boot.esp != null) {
      boot.machine.actor("sdbootutil");
      boot.machine.killable(false);
      new Sdbootutil(boot).defaultSet(number);
    }
  }

  /** C6 where there are boot entries, then C1 to C4: nested subvolumes first, the information last. */
  void delete(int number) {
    if (boot.esp != null) {
      new Sdbootutil(boot).deleting(number);
    }
    if (Subvolumes.isReadOnly(boot.tree(), Layout.root(number))) {
      boot.subvolumes().readOnly(Layout.root(number), false);
      boot.point("C1", "snapper makes snapshot " + number + " writable");
    }
    boot.etc.deleting(number);
    if (Subvolumes.exists(boot.tree(), Layout.root(number))) {
      boot.subvolumes().deleteSubvolume(Layout.root(number));
      boot.point("C3", "snapper deletes the subvolume of snapshot " + number);
    }
    boot.files.remove("C4.grub", Layout.grubEntry(number));
    boot.files.remove("C4.info", Layout.info(number));
    boot.files.remove("C4.temporary", Layout.info(number) + FileCalls.TEMPORARY);
    if (boot.tree().names(Layout.folder(number)).isEmpty()) {
      boot.volume.rmdir(Layout.folder(number));
      boot.point("C4", "snapper removes the folder of snapshot " + number);
    }
  }

  /** Marks what may go, then deletes beyond the limits: the oldest of each kind first. */
  void cleanUp(Numbered.Working working) {
    List<Integer> usual = new ArrayList<>();
    List<Integer> important = new ArrayList<>();
    for (int number : Layout.listed(boot.tree())) {
      Info info = Info.of(boot.tree(), number);
      if (number == boot.running || number == boot.defaultSnapshot()) {
        continue;
      }
      boolean hasWorked = working.snapshots().contains(number);
      Info marked = hasWorked || info.inProgress() ? info.forCleanup(hasWorked) : info;
      if (!marked.equals(info)) {
        info("C0", number, marked);
      }
      if (marked.cleanup()) {
        (marked.important() ? important : usual).add(number);
      }
    }
    deleteBeyondLimit(usual);
    deleteBeyondLimit(important);
  }

  private void deleteBeyondLimit(List<Integer> numbers) {
    for (int i = 0; i < numbers.size() - boot.setup.numberLimit(); i++) {
      delete(numbers.get(i));
    }
  }
}
