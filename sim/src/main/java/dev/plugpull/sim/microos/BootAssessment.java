package dev.plugpull.sim.microos;

import dev.plugpull.sim.media.Content;

/** Automatic boot assessment: health-checker with counted entries, and systemd-bless-boot (micro-os.md section 7). */
final class BootAssessment {
  /** {@code NEW_SNAPSHOT_FAILED=1} in health-checker's state file. */
  private static final Content FAILED = Content.text("NEW_SNAPSHOT_FAILED=1\n");
  private static final Content AGAIN = Content.text("REBOOTING_GOOD_SNAPSHOT=this\n");

  private final Boot boot;

  BootAssessment(Boot boot) {
    this.boot = boot;
  }

  HealthChecker.End check(boolean healthy) {
    boot.machine.actor("health-checker");
    if (healthy) {
      passed();
      return HealthChecker.End.GOES_ON;
    }
    boot.machine.step("a check fails");
    if (boot.entry.left() > 0) {
      boot.machine.step("the entry has tries left: reboot");
      oneShot();
      return HealthChecker.End.REBOOT;
    }
    return boot.entry.counted() ? usedUp() : again();
  }

  private void oneShot() {
    if (boot.setup.loader() == MicroOsSetup.Loader.SYSTEMD_BOOT) {
      boot.world(boot.world().draft().variables(boot.world().variables().once(boot.running)));
      boot.point("HC8", "health-checker sets LoaderEntryOneShot");
    }
  }

  /** No tries are left: the loader is to choose among those entries that have some. */
  private HealthChecker.End usedUp() {
    boot.files.plain("HC9", Layout.HEALTH_STATE, FAILED);
    boolean variables = boot.setup.loader() == MicroOsSetup.Loader.SYSTEMD_BOOT;
    if (variables && boot.running == boot.defaultSnapshot()) {
      boot.world(boot.world().draft().variables(boot.world().variables().preferring(0)));
      boot.point("HC10", "health-checker clears LoaderEntryDefault");
    }
    return HealthChecker.End.REBOOT;
  }

  /** A system that has worked before gets one more start. */
  private HealthChecker.End again() {
    if (AGAIN.equals(boot.tree().content(Layout.HEALTH_STATE))) {
      boot.machine.step("it failed at the last start, too: services are stopped");
      return HealthChecker.End.STOPPED;
    }
    oneShot();
    boot.files.plain("HC11", Layout.HEALTH_STATE, AGAIN);
    return HealthChecker.End.REBOOT;
  }

  private void passed() {
    if (FAILED.equals(boot.tree().content(Layout.HEALTH_STATE)) && boot.running != boot.defaultSnapshot()) {
      new Sdbootutil(boot).defaultSet(boot.running);
    }
    boot.files.remove("HC12", Layout.HEALTH_STATE);
  }

  /** After boot-complete.target: the entry is not counted any more, and this is durable. */
  void bless() {
    if (boot.entry.counted() && boot.esp.tree().exists(boot.entry.path())
        && !boot.esp.tree().exists(boot.entry.blessed().path())) {
      boot.machine.actor("systemd-bless-boot");
      boot.esp.rename(boot.entry.path(), boot.entry.blessed().path());
      boot.point("bless.renamed", "systemd-bless-boot renames " + boot.entry.path() + " to "
          + boot.entry.blessed().path());
      boot.esp.sync();
      boot.point("bless", "systemd-bless-boot syncs the boot entries");
      boot.entry = boot.entry.blessed();
    }
    if (boot.kernel > boot.world().told()) {
      boot.world(boot.world().draft().told(boot.kernel));
    }
  }
}
