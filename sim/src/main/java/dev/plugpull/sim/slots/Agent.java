package dev.plugpull.sim.slots;

import dev.plugpull.sim.filesystem.LiveVolume;

/**
 * The part of an update agent that all installers share: it looks what became of the last deployment, confirms a system
 * that booted well, and decides whether there is something to install. Everything that a family does itself is handed
 * in.
 */
public final class Agent {
  private final SlotMachine machine;
  private final LiveVolume data;
  private final int revision;
  private final boolean unhealthy;
  private Deployment deployment;

  /** What an installer does. */
  public interface Installer {
    /** Confirms the running system; false if that is impossible, and then no update is taken. */
    boolean confirm();

    /** Installs a release into the other slot and makes it the next to boot; the reason if that failed, else empty. */
    String install(int target);

    /** Makes the other slot the next to boot; false if there is nothing to go back to. */
    boolean back();
  }

  public Agent(SlotMachine machine, LiveVolume data, Seen system, boolean unhealthy) {
    this.machine = machine;
    this.data = data;
    this.revision = system.revision();
    this.unhealthy = unhealthy;
    this.deployment = Deployment.read(data.tree());
  }

  /** Runs to where the agent waits or asks for a reboot. */
  public SlotDevice.End run(Installer installer) {
    machine.actor("update agent");
    if (unhealthy) {
      machine.step("the health check fails");
      return SlotDevice.End.RESETS;
    }
    boolean confirmed = installer.confirm();
    arrived();
    if (machine.asked().equals(SlotScenario.ROLLBACK) && revision >= machine.offered()) {
      return installer.back() ? SlotDevice.End.REBOOT : SlotDevice.End.IDLE;
    }
    boolean failed = deployment.hasFailed(machine.offered());
    boolean asked = machine.asked().equals("update") && !failed || machine.asked().equals(SlotScenario.AGAIN);
    if (!asked || !confirmed || machine.offered() <= revision) {
      return SlotDevice.End.IDLE;
    }
    return install(installer);
  }

  private SlotDevice.End install(Installer installer) {
    int target = machine.offered();
    machine.tookUp();
    if (!save("G1", new Deployment(0, ""))) {
      return SlotDevice.End.IDLE;
    }
    String trouble = installer.install(target);
    if (!trouble.isEmpty()) {
      save("G3", deployment.failed(target, trouble));
      return SlotDevice.End.IDLE;
    }
    save("G2", deployment.waiting(target));
    return SlotDevice.End.REBOOT;
  }

  private void arrived() {
    if (deployment.target() > 0 && deployment.target() != revision) {
      save("G3", deployment.failed(deployment.target(), "it did not boot"));
      machine.failsAgain();
    }
    if (revision == machine.offered()) {
      boolean saved = save("G4", deployment.done(revision));
      if (saved && machine.asked().equals("update")) {
        machine.reportsDone(revision);
      }
    }
  }

  private boolean save(String point, Deployment next) {
    boolean saved = next.save(machine, point, data);
    deployment = saved ? next : deployment;
    return saved;
  }
}
