package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ostree.Sysroot.Deployment;
import java.util.ArrayList;
import java.util.List;

/**
 * The operator and the update command that he runs ({@code ostree admin upgrade}, {@code rpm-ostree upgrade}): once a
 * boot, until the device has reported an outcome. He reboots after a prepared update, and gives up after two orderly
 * reboots that came back without it and without a word.
 */
final class Updater {
  private static final int GIVES_UP = 2;
  static final String STAMP = "/ostree/finalize-failure.stamp";

  private final Machine machine;
  private final Running running;
  private final Deployment booted;

  Updater(Machine machine, Running running, Deployment booted) {
    this.machine = machine;
    this.running = running;
    this.booted = booted;
  }

  /** ostree-boot-complete: reports a failed finalization of the boot before, and forgets it. */
  void reportFailedFinalization() {
    String path = machine.setup.boot() + STAMP;
    Content stamp = machine.boot().tree().content(path);
    if (stamp != null) {
      machine.actor("ostree-boot-complete");
      String why = stamp.text().orElse("");
      if (!why.isEmpty()) {
        machine.world(machine.world().telling("failed", why));
      }
      machine.boot().unlink(path);
      machine.point("boot-complete", "reports the failed finalization: " + why);
    }
  }

  /** What the operator does in this boot; true if the machine is to reboot. */
  boolean run() {
    World world = machine.world();
    if (!world.told().isEmpty() || world.wish().equals(World.NOTHING)) {
      return false;
    }
    return world.wish().equals("rollback") ? rollback() : upgrade(world);
  }

  private boolean upgrade(World world) {
    if (running.commit() == world.offered()) {
      machine.world(world.telling("done", "").done(world.offered()));
      machine.point("told", "release " + world.offered() + " is reported as running");
      return false;
    }
    Sysroot now = sysroot();
    if (now == null) {
      return false;
    }
    if (now.deployments().getFirst().release() == world.offered()) {
      return triesAgain(world);
    }
    return world.attempts() < GIVES_UP && attempt(now, world.offered());
  }

  /** What is wanted is the default deployment, and another one runs. */
  private boolean triesAgain(World world) {
    if (world.attempts() >= GIVES_UP) {
      machine.world(world.telling("failed", "the new deployment is the default, and another one boots"));
      return false;
    }
    machine.step("what is wanted is the default already: reboots into it");
    return true;
  }

  private Sysroot sysroot() {
    try {
      return new BootWriter(machine).load();
    } catch (SysrootError e) {
      machine.world(machine.world().telling("failed", e.getMessage()));
      return null;
    }
  }

  private boolean attempt(Sysroot now, int release) {
    try {
      if (machine.readOnly()) {
        throw new SysrootError("cannot open the repository: read-only file system");
      }
      prepare(now, release);
      return true;
    } catch (SysrootError | NoSpaceException e) {
      machine.step("the update fails: " + e.getMessage());
      machine.world(machine.world().telling("failed", e.getMessage()));
      machine.point("told", "the failure is reported");
      return false;
    }
  }

  private void prepare(Sysroot now, int release) {
    machine.quiet();
    Repository repository = new Repository(machine);
    boolean layers = machine.setup.has(Circumstance.LAYERED) && release == Versions.NEW;
    if (!repository.has(release)) {
      if (layers) {
        repository.layer(Versions.OLD, release);
      } else {
        repository.pull(release);
      }
    }
    Deployer deployer = new Deployer(machine);
    Deployment fresh = deployer.fresh(release, now);
    deployer.checkout(fresh);
    if (machine.setup.board().staged()) {
      machine.staged(new Machine.Staged(fresh));
      machine.point("S4", "notes the staged deployment in /run");
      armGreenboot();
    } else {
      deployer.mergeEtc(booted, fresh);
      new BootWriter(machine).write(BootWriter.simple(machine.root(), fresh, now, booted), booted);
    }
    if (machine.setup.has(Circumstance.USER_EDITS_ETC) && !machine.world().edited()) {
      machine.actor("user");
      deployer.edit(booted, "late.conf", "edited");
    }
  }

  /** The counter's service is required by the finalizer: if it fails, nothing will be finalized. */
  private void armGreenboot() {
    try {
      new Health(machine).staged();
    } catch (SysrootError e) {
      machine.step("greenboot cannot arm its countdown: " + e.getMessage() + "; the update will not be finalized");
      machine.staged(null);
    }
  }

  private boolean rollback() {
    Sysroot now = sysroot();
    if (now == null) {
      return false;
    }
    int release = now.deployments().getFirst().release();
    if (running.commit() < Versions.NEW) {
      machine.world(machine.world().telling("done", "reverted"));
      machine.point("told", "the rollback is reported as done");
      return false;
    }
    if (release != running.commit()) {
      return triesAgain(machine.world());
    }
    if (now.deployments().size() < 2) {
      machine.world(machine.world().telling("failed", "no deployment to roll back to"));
      return false;
    }
    List<Deployment> turned = new ArrayList<>(now.deployments());
    turned.add(0, turned.remove(machine.setup.has(Circumstance.ROLLBACK_TO_LAST) ? turned.size() - 1 : 1));
    try {
      new BootWriter(machine).write(turned, booted);
      return true;
    } catch (SysrootError | NoSpaceException e) {
      machine.world(machine.world().telling("failed", e.getMessage()));
      return false;
    }
  }

  /** An orderly shutdown: a staged update is finalized (S6 to S12), then everything is synced and unmounted. */
  OstreeState shutDown(boolean intoUpdate) {
    machine.shuttingDown();
    Machine.Staged staged = machine.staged();
    if (staged != null && !machine.readOnly()) {
      machine.quiet();
      finalizeStaged(staged);
    }
    if (intoUpdate) {
      machine.world(machine.world().tried(Math.min(GIVES_UP, machine.world().attempts() + 1)));
    }
    machine.actor("systemd");
    machine.step("orderly shutdown: everything is synced and unmounted");
    return machine.settled(null);
  }

  private void finalizeStaged(Machine.Staged staged) {
    Deployer deployer = new Deployer(machine);
    machine.actor("ostree finalize-staged");
    try {
      new Health(machine).finalizing(staged.deployment());
      deployer.mergeEtc(booted, staged.deployment());
      Sysroot now = new BootWriter(machine).load();
      new BootWriter(machine).write(
          BootWriter.simple(machine.root(), staged.deployment(), now, booted), booted);
    } catch (BootWriter.Killed e) {
      machine.step("systemd kills the finalizer: " + e.getMessage());
    } catch (SysrootError | NoSpaceException e) {
      stamp(e.getMessage());
    }
  }

  private void stamp(String why) {
    machine.step("finalization fails: " + why);
    boolean told = !machine.setup.has(Departure.NO_EARLY_PRUNE);
    String path = machine.setup.boot() + STAMP;
    Tree.Node there = machine.boot().tree().get(path);
    if (told && there == null) {
      try {
        Writes.plain(machine.boot(), path, Content.text(why));
      } catch (NoSpaceException e) {
        machine.step("there is no room for the note either");
      }
      machine.point("S7.stamp", "notes the failure for the next boot");
    }
  }
}
