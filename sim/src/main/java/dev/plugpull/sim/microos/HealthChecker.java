package dev.plugpull.sim.microos;

import dev.plugpull.sim.bootloader.grub.GrubEnvironment;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Subvolumes;
import dev.plugpull.sim.media.Content;
import java.util.Optional;

/** health-checker, its hook in the initramfs, and the flag that GRUB reads (micro-os.md section 7). */
final class HealthChecker {
  private final Boot boot;

  HealthChecker(Boot boot) {
    this.boot = boot;
  }

  /** What happens next. */
  enum End {
    GOES_ON,
    REBOOT,
    /** Services are stopped; the machine waits for a person, but runs. */
    STOPPED
  }

  /** {@code grub2-editenv - set health_checker_flag=0}: the block is written and synced. */
  void clearFlag(String point) {
    byte[] raw = boot.volume.readRaw(Layout.ENVIRONMENT_OFFSET, Layout.ENVIRONMENT_BYTES);
    Optional<GrubEnvironment> cleared =
        GrubEnvironment.grub(raw).flatMap(block -> block.set("health_checker_flag", "0"));
    if (cleared.isEmpty()) {
      return;
    }
    boot.volume.writeRaw(Layout.ENVIRONMENT_OFFSET, cleared.get().bytes());
    boot.point(point + ".written", "grub2-editenv clears health_checker_flag");
    boot.volume.fsyncRaw();
    boot.point(point, "grub2-editenv syncs the environment block");
  }

  /** The service, in user space. */
  End check() {
    if (boot.esp != null) {
      return assessed();
    }
    boot.machine.actor("health-checker");
    clearFlag("HC1");
    if (!healthy()) {
      boot.machine.step("a check fails");
      return failed();
    }
    if (boot.running == boot.defaultSnapshot()) {
      passed();
    }
    return End.GOES_ON;
  }

  private End assessed() {
    boolean healthy = healthy();
    if (!healthy) {
      reported();
    }
    return new BootAssessment(boot).check(healthy);
  }

  private boolean healthy() {
    Content users = boot.etc.read(boot.running, Etc.USERS_FILE);
    boolean etc = users != null;
    return etc && boot.setup.behaviour(boot.kernel) != MicroOsScenario.Target.UNHEALTHY;
  }

  /** A shell's {@code >} and {@code >>}: nothing is synced, and a full disk leaves the file short. */
  private void passed() {
    Numbered.Good good =
        new Numbered.Good(boot.running, true, boot.setup.has(MicroOsSetup.Departure.STATE_NAMES_PATH));
    try {
      boot.files.plain("HC2.id", Layout.HEALTH_STATE, new Numbered.Good(boot.running, false, false).content());
      boot.volume.write(Layout.HEALTH_STATE, good.content());
      boot.volume.close(Layout.HEALTH_STATE);
      boot.point("HC2", "health-checker notes snapshot " + boot.running + " as good");
    } catch (NoSpaceException full) {
      boot.machine.step("the state file stays short: no space left on device");
    }
    boot.files.remove("HC3", Layout.REBOOTED);
    if (boot.kernel > boot.world().told()) {
      boot.world(boot.world().draft().told(boot.kernel));
    }
  }

  private End failed() {
    reported();
    Content state = boot.tree().content(Layout.HEALTH_STATE);
    if (state == null) {
      boot.machine.step("no system has worked yet: services are stopped");
      return End.STOPPED;
    }
    if (boot.running != boot.defaultSnapshot()) {
      boot.machine.step("not the default snapshot: reboot into that");
      return End.REBOOT;
    }
    return back(state, "HC4") ? End.REBOOT : End.STOPPED;
  }

  /** The vendor hears of it. */
  private void reported() {
    if (boot.kernel == boot.world().offered() && !boot.setup.targetGood()) {
      boot.world(boot.world().draft().withdrawn(true));
    }
  }

  /** True if the machine must reboot: into the last good system, or once more into this one. */
  private boolean back(Content state, String point) {
    boolean readable = state.value() instanceof Numbered.Good;
    int good = readable ? ((Numbered.Good) state.value()).number() : 0;
    if (readable && good != boot.defaultSnapshot()) {
      if (!Subvolumes.exists(boot.tree(), Layout.root(good))) {
        boot.machine.step("the last good system is gone");
        return false;
      }
      boot.snapper.setDefault(point, good);
      return true;
    }
    if (!boot.tree().exists(Layout.REBOOTED)) {
      boot.files.plain("HC5", Layout.REBOOTED, Content.text("rebooted\n"));
      return true;
    }
    return false;
  }

  /**
   * The hook of the initramfs in its emergency mode.
   *
   * @return true if the machine resets, false if it ends in a shell
   */
  boolean emergency() {
    boot.machine.actor("initramfs");
    if (!boot.setup.healthChecker() || boot.setup.has(MicroOsSetup.Departure.EMERGENCY_HOOK_OFF)) {
      return false;
    }
    reported();
    Content state = boot.tree().content(Layout.HEALTH_STATE);
    if (state == null || !back(state, "HC6")) {
      return false;
    }
    if (boot.esp == null) {
      clearFlag("HC7");
    }
    return true;
  }
}
