package dev.plugpull.sim.microos;

import dev.plugpull.sim.device.Struck;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Subvolumes;
import dev.plugpull.sim.media.Content;
import java.util.List;

/** One run of {@code transactional-update dup}: M1 to M12 (micro-os.md section 3). */
final class Transaction {
  private final Boot boot;
  private final MicroOsSetup setup;
  private int next;
  private boolean committed;

  Transaction(Boot boot) {
    this.boot = boot;
    this.setup = boot.setup;
  }

  /** How a run ended. */
  enum End {
    /** The new snapshot is the default one; a reboot brings it up. */
    STAGED,
    FAILED,
    KILLED
  }

  /**
   * Runs it.
   *
   * @param base the running snapshot, or the default one to continue with that
   */
  End run(int base) {
    boot.machine.actor("transactional-update");
    boot.machine.killable(true);
    boot.machine.quiet(boot.world().piled() > 0);
    boot.trouble = "";
    try {
      steps(base);
      return End.STAGED;
    } catch (UpdateFailed failed) {
      return failed(failed.getMessage(), failed.waiting);
    } catch (NoSpaceException full) {
      return failed("no space left on device", false);
    } catch (Struck struck) {
      return killed(struck, base);
    } finally {
      boot.machine.killable(false);
      boot.machine.quiet(false);
    }
  }

  private End failed(String why, boolean waiting) {
    boot.trouble = why;
    boot.waiting = waiting;
    boot.machine.step("the update fails: " + why);
    abort();
    return End.FAILED;
  }

  private End killed(Struck struck, int base) {
    boot.machine.killable(false);
    switch (struck.by()) {
      case DAEMON_KILLED -> {
        // the exit trap runs, see below
      }
      case USER_REBOOT, POWER_OFF -> {
        // An orderly shutdown sends the same signal.
        if (!committed) {
          abort();
        }
        throw struck;
      }
      case NONE, WARM_RESET, DISK_FULL -> throw struck;
    }
    if (committed && !setup.has(MicroOsSetup.Departure.EXIT_TRAP_ARMED)) {
      return End.STAGED;
    }
    if (committed) {
      boot.machine.step("the exit trap takes the signal for a failure");
      boot.snapper.setDefault("M13.trap", base);
      abort();
      return End.STAGED;
    }
    boot.trouble = "transactional-update was killed";
    abort();
    return End.KILLED;
  }

  private void abort() {
    if (next != 0 && boot.defaultSnapshot() == next) {
      boot.snapper.setDefault("M11.back", boot.running);
    }
    if (next != 0 && boot.tree().exists(Layout.info(next))) {
      boot.snapper.delete(next);
    }
  }

  private void steps(int base) throws UpdateFailed {
    Numbered.Working working = working();
    boot.snapper.cleanUp(working);
    boot.etc.cleanUp();
    boot.point("M1", "clean-up is done");
    next = boot.snapper.create(base);
    boot.etc.create(base, next);
    if (setup.has(MicroOsSetup.Departure.DEFAULT_SET_FIRST)) {
      boot.snapper.setDefault("M11", next);
    }
    requireKey();
    packages();
    artefacts();
    boot.files.plain("M6", Layout.TRANSACTIONAL_STATE, working.with(boot.running).content());
    boot.machine.sync();
    boot.point("M7", "tukit syncs everything");
    boot.point("M8", "tukit touches /usr of the snapshot");
    boot.snapper.info("M9", next, Info.of(boot.tree(), next).finished());
    if (!setup.has(MicroOsSetup.Departure.ROOT_LEFT_WRITABLE)) {
      boot.subvolumes().readOnly(Layout.root(next), true);
      boot.point("M10", "snapper makes snapshot " + next + " read-only");
    }
    if (!setup.has(MicroOsSetup.Departure.DEFAULT_SET_FIRST)) {
      boot.subvolumes().setDefault(Layout.root(next));
      committed = true;
      if (setup.has(MicroOsSetup.Departure.SUCCESS_TOLD_AT_SET_DEFAULT)) {
        boot.world(boot.world().draft().told(boot.world().offered()));
      }
      boot.point("M11", "the default subvolume is set to snapshot " + next);
      boot.snapper.plugin(next);
    }
    boot.point("M12", "transactional-update notes that a reboot is needed");
  }

  private Numbered.Working working() {
    Content content = boot.tree().content(Layout.TRANSACTIONAL_STATE);
    return content != null && content.value() instanceof Numbered.Working known
        ? known
        : new Numbered.Working(List.of());
  }

  /** The repository's metadata are signed by the key of the day; the system must have it. */
  private void requireKey() throws UpdateFailed {
    boolean rotated = setup.scenario().monthsOff() >= Keys.MONTHS_VALID;
    String keys = boot.tree().content(Layout.root(next) + "/" + Keys.PATH).text().orElse("");
    if (!keys.contains(rotated ? Keys.SECOND : Keys.FIRST)) {
      throw new UpdateFailed("the repository's key in this system has expired", true);
    }
  }

  private void packages() {
    int release = boot.world().offered();
    for (String file : Release.packaged()) {
      if (Release.of(boot.tree(), next, file) != release) {
        String path = Layout.root(next) + "/" + file;
        boot.files.renamedUnsynced("M4", path, Release.file(file, release));
      }
    }
    boot.volume.fsync(Layout.root(next) + "/usr/lib/sysimage/rpmdb");
    boot.point("M4.rpmdb", "rpm syncs its database");
    if (!Etc.packaged(release).equals(boot.etc.read(next, Etc.PACKAGES_FILE))) {
      boot.etc.write("M4.etc", next, Etc.PACKAGES_FILE, Etc.packaged(release));
    }
    if (setup.has(MicroOsSetup.Departure.SCRIPT_WRITES_VAR)) {
      boot.files.plain("M4.var", Layout.APPLICATION, Content.text("changed by the script of a package\n"));
    }
    if (setup.scenario().edit() == MicroOsScenario.Edit.AFTER_FAILURE) {
      // A package's script writes the user's file again as it finds it.
      boot.etc.write("M4.script", next, Etc.USERS_FILE, boot.etc.read(next, Etc.USERS_FILE));
    }
  }

  private void artefacts() {
    int release = boot.world().offered();
    String root = Layout.root(next);
    if (Release.of(boot.tree(), next, "boot/initrd") != release) {
      boot.files.plain("M5.initrd", root + "/boot/initrd", Release.file("boot/initrd", release));
    }
    boot.files.plain("M5", root + "/boot/grub2/grub.cfg", GrubFiles.configuration(setup.healthChecker()));
    if (!Subvolumes.exists(boot.tree(), root)) {
      throw new IllegalStateException("cannot install into snapshot " + next + ": it is gone");
    }
  }
}
