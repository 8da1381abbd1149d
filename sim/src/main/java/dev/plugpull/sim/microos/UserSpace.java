package dev.plugpull.sim.microos;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Subvolumes;
import dev.plugpull.sim.media.Content;
import java.util.List;

/** What happens once a system is up: its health is checked, then its user or its timer wants something. */
final class UserSpace {
  private final Boot boot;
  private final MicroOsSetup setup;

  UserSpace(Boot boot) {
    this.boot = boot;
    this.setup = boot.setup;
  }

  /** How the boot goes on. */
  enum End {
    RESTS,
    REBOOT
  }

  End run() {
    done();
    attempt();
    if (setup.healthChecker() && !setup.has(MicroOsSetup.Departure.HEALTH_CHECKER_NOT_WANTED)) {
      switch (new HealthChecker(boot).check()) {
        case REBOOT -> {
          return End.REBOOT;
        }
        case STOPPED -> {
          return End.RESTS;
        }
        case GOES_ON -> {
          // the system is up
        }
      }
    } else if (boot.esp == null && boot.running == boot.defaultSnapshot() && boot.kernel > boot.world().told()) {
      // Nobody checks: a system that is up counts as a success.
      boot.world(boot.world().draft().told(boot.kernel));
    }
    if (boot.esp != null) {
      new BootAssessment(boot).bless();
      usedUp();
    }
    return wanted();
  }

  /** DURAB: what was reported as done is not lost; a single start of the old system (hazard M5) is told apart. */
  private void done() {
    World world = boot.world();
    boolean wantsOld = world.reverted() || world.asked() == MicroOsScenario.Asked.ROLLBACK;
    if (!wantsOld && boot.kernel < world.told() && boot.defaultRelease() < world.told()
        && setup.behaviour(world.told()) == MicroOsScenario.Target.GOOD) {
      boot.machine.violation("DURAB", "the update to release " + world.told()
          + " was reported as done, and the default snapshot is of release " + boot.defaultRelease());
    }
  }

  /** Whoever runs the device sees in the boot menu that the tries of an entry are used up, and tells the vendor. */
  private void usedUp() {
    boolean seen = BootEntry.all(boot.esp.tree()).stream().anyMatch(
        entry -> entry.usedUp() && Release.of(boot.tree(), entry.snapshot(), "usr/base") == boot.world().offered());
    if (seen && !setup.targetGood() && boot.world().offered() == Release.NEW) {
      boot.world(boot.world().draft().withdrawn(true));
    } else if (seen && new Sdbootutil(boot).reusesDamaged(boot.world().offered())) {
      boot.trouble = "the new system was tried and did not start; the next one would be made of the same files";
      boot.waiting = true;
    }
  }

  /** RO: a program tries to change the base. */
  private void attempt() {
    String root = Layout.root(boot.running);
    if (Subvolumes.isReadOnly(boot.tree(), root)) {
      boot.machine.step("a program tries to change /usr and is refused: read-only file system");
      return;
    }
    boot.volume.overwrite(root + "/" + Release.NOTICE, Content.damaged("changed by a program",
        Release.NOTICE_TEXT.length()));
    boot.point("A1", "a program changes /usr");
  }

  private End wanted() {
    World world = boot.world();
    return switch (world.asked()) {
      case UPDATE, ONCE -> {
        boolean offered = boot.esp != null ? boot.kernel < world.offered() && !boot.waiting
            : boot.defaultRelease() < world.offered() && boot.running == boot.defaultSnapshot();
        yield offered && !world.withdrawn() ? update() : End.RESTS;
      }
      case ROLLBACK -> rollback();
      case NOTHING -> End.RESTS;
    };
  }

  private End update() {
    int base = boot.running;
    Transaction.End end = new Transaction(boot).run(base);
    if (end != Transaction.End.STAGED) {
      edit(MicroOsScenario.Edit.AFTER_FAILURE);
    }
    if (end == Transaction.End.KILLED) {
      end = new Transaction(boot).run(base);
    }
    while (end == Transaction.End.STAGED && boot.world().piled() > 0) {
      boot.point("M12.again", "another update is asked for before the reboot");
      boot.world(boot.world().draft().piled(boot.world().piled() - 1));
      end = new Transaction(boot).run(boot.defaultSnapshot());
    }
    if (end == Transaction.End.FAILED && boot.defaultRelease() < boot.world().offered()) {
      return End.RESTS;
    }
    boot.machine.actor("user");
    if (boot.world().asked() == MicroOsScenario.Asked.ONCE) {
      boot.world(boot.world().draft().asked(MicroOsScenario.Asked.NOTHING));
    }
    edit(MicroOsScenario.Edit.AFTER_STAGING);
    boot.point("M13", "the reboot is asked for");
    return End.REBOOT;
  }

  /** The user changes a configuration file of the running system, with an editor that replaces it safely. */
  private void edit(MicroOsScenario.Edit when) {
    if (boot.world().edit() != when) {
      return;
    }
    boot.machine.actor("user");
    try {
      String path = boot.etc.place(boot.running, Etc.USERS_FILE);
      boot.files.folders(FileCalls.parent(path));
      boot.files.atomic("edit.written", path, Etc.EDITED, true);
      boot.world(boot.world().draft().edit(MicroOsScenario.Edit.NEVER).edited(true));
      boot.point("edit", "the user knows that his file is safe");
    } catch (NoSpaceException full) {
      boot.machine.step("the user cannot edit: no space left on device");
    }
  }

  /** {@code transactional-update rollback last}: no new snapshot is made (micro-os.md section 8). */
  private End rollback() {
    boot.machine.actor("transactional-update");
    if (boot.kernel < boot.world().told()) {
      boot.world(boot.world().draft().asked(MicroOsScenario.Asked.NOTHING).reverted(true));
      return End.RESTS;
    }
    int target = 0;
    List<Integer> listed = Layout.listed(boot.tree());
    for (int number : listed) {
      boolean fits = number != boot.running && !Info.of(boot.tree(), number).inProgress()
          && Release.whole(boot.tree(), number) != Release.NONE && Release.whole(boot.tree(), number) < boot.kernel;
      target = fits ? number : target;
    }
    if (target == 0) {
      boot.trouble = "there is no older snapshot";
      boot.world(boot.world().draft().asked(MicroOsScenario.Asked.NOTHING));
      return End.RESTS;
    }
    boot.snapper.info("R1", target, Info.of(boot.tree(), target).kept());
    boot.snapper.setDefault("R2", target);
    boot.point("M13", "the reboot is asked for");
    return End.REBOOT;
  }
}
