package dev.plugpull.sim.ostree;

import dev.plugpull.sim.ostree.Sysroot.Deployment;
import java.util.ArrayList;
import java.util.List;

/** greenboot: section 7 of the specification. The part that counts down runs in GRUB, as a script. */
final class Health {
  private static final String COUNTER = "boot_counter";
  private static final String SUCCESS = "boot_success";
  private static final String NEXT_ID = "greenboot_next_deployment_id";

  /** What a boot is after greenboot has looked at it. */
  enum Verdict { HEALTHY, UNHEALTHY, REBOOT }

  private final Machine machine;
  private final GrubEnv environment;
  private final OstreeBoard.Greenboot kind;

  Health(Machine machine) {
    this.machine = machine;
    this.environment = new GrubEnv(machine);
    this.kind = machine.setup.board().greenboot();
  }

  private String attempts() {
    return Integer.toString(machine.setup.board().attempts());
  }

  private boolean passes(Running running) {
    return !machine.setup.has(Circumstance.SHARED_DATA_BREAKS_HEALTH)
        && machine.setup.behaviour(running.commit()) != Behaviour.UNHEALTHY;
  }

  /** When an update was staged: the shell version arms the countdown now, while the old system is the default. */
  void staged() {
    if (kind == OstreeBoard.Greenboot.SHELL) {
      machine.actor("greenboot");
      environment.set("S5.counter", COUNTER, attempts());
      environment.set("S5.success", SUCCESS, "0");
      remount("S5.ro");
    }
  }

  /** Before the finalizer runs: greenboot-rs arms GRUB's fallback. */
  void finalizing(Deployment next) {
    if (kind == OstreeBoard.Greenboot.RUST && !machine.setup.has(Departure.LATE_TRIGGER)) {
      machine.actor("greenboot");
      environment.set("S7.id", NEXT_ID, next.folder());
      environment.set("S7.fallback", "fallback", "1");
      remount("S7.ro");
    }
  }

  /** In every boot, once file systems are mounted. */
  Verdict boot(Running running, Deployment deployment) {
    machine.actor("greenboot");
    return switch (kind) {
      case NONE -> passes(running) ? Verdict.HEALTHY : Verdict.UNHEALTHY;
      case SHELL -> shell(running, deployment);
      case RUST -> rust(running, deployment);
    };
  }

  private Verdict shell(Running running, Deployment deployment) {
    if (environment.get(COUNTER).equals("-1")) {
      rollBack(deployment, "the fallback was booted");
      tell();
      environment.set("G.unset", COUNTER, "");
      remount("G.unset.ro");
    }
    if (passes(running)) {
      environment.set("G.success", SUCCESS, "1");
      environment.set("G.clear", COUNTER, "");
      remount("G.ro");
      return Verdict.HEALTHY;
    }
    if (machine.setup.has(Departure.UNBOUNDED_ROLLBACK)) {
      boolean ended = environment.get(COUNTER).isEmpty() || environment.get(COUNTER).equals("0");
      if (ended) {
        rollBack(deployment, "the health check failed");
      }
      return Verdict.REBOOT;
    }
    return reboots(environment.get(COUNTER)) ? Verdict.REBOOT : Verdict.UNHEALTHY;
  }

  private boolean reboots(String counter) {
    boolean goesOn = !counter.isEmpty() && !counter.equals("-1") && load().deployments().size() > 1;
    machine.step(goesOn ? "the health check failed: reboots" : "the health check failed: manual intervention needed");
    return goesOn;
  }

  private Verdict rust(Running running, Deployment deployment) {
    String expected = environment.get(NEXT_ID);
    if (!expected.isEmpty() && !expected.equals(deployment.folder())) {
      rollBack(deployment, "GRUB fell back to another deployment than the new one");
      tell();
      environment.set("G.fallback", "fallback", "");
      environment.set("G.id", NEXT_ID, "");
      remount("G.unset.ro");
    } else if (!environment.get("fallback").isEmpty()) {
      environment.set("G.fallback", "fallback", "");
      remount("G.fallback.ro");
    }
    if (passes(running)) {
      environment.set("G.success", SUCCESS, "1");
      environment.set("G.clear", COUNTER, "");
      environment.set("G.id", NEXT_ID, "");
      remount("G.ro");
      return Verdict.HEALTHY;
    }
    return rustFailed();
  }

  private Verdict rustFailed() {
    String counter = environment.get(COUNTER);
    if (counter.isEmpty()) {
      environment.set("G.counter", COUNTER, attempts());
      remount("G.counter.ro");
      return Verdict.REBOOT;
    }
    if (!counter.equals("0") && !counter.startsWith("-")) {
      return Verdict.REBOOT;
    }
    if (environment.get(NEXT_ID).isEmpty()) {
      machine.step("the health check failed: manual intervention needed");
      return Verdict.UNHEALTHY;
    }
    rollBack(null, "the health check failed");
    tell();
    environment.set("G.id", NEXT_ID, "");
    environment.set("G.unset", COUNTER, "");
    remount("G.unset.ro");
    return Verdict.REBOOT;
  }

  private void tell() {
    machine.world(machine.world().telling("failed", "greenboot rolled back"));
    machine.point("G.told", "the rollback is reported");
  }

  /** A /boot of its own is mounted read-only again: its journal is written home. */
  private void remount(String point) {
    if (machine.setup.board().separateBoot()) {
      machine.boot().freeze();
      machine.point(point, "remounts /boot read-only");
    }
  }

  private Sysroot load() {
    return new BootWriter(machine).load();
  }

  /** {@code rpm-ostree rollback}: the second deployment first. {@code running}: null where the default runs. */
  private void rollBack(Deployment running, String why) {
    machine.step(why + ": makes the other deployment the default");
    Sysroot now = load();
    boolean done = machine.setup.has(Departure.ROLLBACK_ONCE) && running != null
        && now.deployments().getFirst().folder().equals(running.folder());
    if (now.deployments().size() > 1 && !done) {
      List<Deployment> turned = new ArrayList<>(now.deployments());
      turned.add(0, turned.remove(1));
      new BootWriter(machine).write(turned, running == null ? now.deployments().getFirst() : running);
      machine.actor("greenboot");
    }
  }
}
