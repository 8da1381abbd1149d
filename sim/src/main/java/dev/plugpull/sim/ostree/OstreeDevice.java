package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ostree.Sysroot.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A device that is updated by OSTree. */
public final class OstreeDevice implements UpdatingDevice<OstreeState> {
  private final OstreeSetup setup;
  private final CanonicalForm canonical;
  private final boolean strips;

  OstreeDevice(OstreeSetup setup) {
    this(setup, true);
  }

  private OstreeDevice(OstreeSetup setup, boolean strips) {
    this.setup = setup;
    this.canonical = new CanonicalForm(setup);
    this.strips = strips;
  }

  /** The twin whose boots leave left-overs to libostree's own cleanup. */
  OstreeDevice keepingLeftovers() {
    return new OstreeDevice(setup, false);
  }

  @Override
  public OstreeState start() {
    return new OstreeState(setup.installed(), World.of(setup.scenario()), null);
  }

  @Override
  public Hash128 key(OstreeState state) {
    return canonical.key(state);
  }

  @Override
  public BootEnd<OstreeState> boot(OstreeState state, BootListener<OstreeState> listener) {
    Machine machine = new Machine(setup, state, listener);
    BootOutcome loaded;
    try {
      loaded = setup.loader().run(machine);
    } catch (Machine.Struck struck) {
      return new BootEnd.Restart<>(machine.reset(), "struck in the boot loader: " + struck.by);
    }
    return switch (loaded) {
      case BootOutcome.StartKernel kernel -> kernel(machine, kernel);
      case BootOutcome.Reset reset -> new BootEnd.Restart<>(machine.reset(), "boot loader resets: " + reset.why());
      case BootOutcome.Chainload other -> stuck(machine, "firmware cannot start " + other.path());
      case BootOutcome.PowerOff off -> stuck(machine, "boot loader powers off: " + off.why());
      case BootOutcome.Prompt prompt -> stuck(machine, "boot loader prompt: " + prompt.why());
      case BootOutcome.Hang hang -> hangs(machine, "boot loader hangs: " + hang.why());
      case BootOutcome.Endless endless -> stuck(machine, "boot loader never ends: " + endless.why());
    };
  }

  private BootEnd<OstreeState> kernel(Machine machine, BootOutcome.StartKernel kernel) {
    machine.actor("kernel");
    int release = OstreeSetup.kernelRelease(kernel.kernel());
    machine.step("starts " + kernel.path() + " with " + kernel.commandLine());
    machine.commandLine(kernel.commandLine());
    if (release == Versions.NONE) {
      return stuck(machine, "what was started is no kernel of this device: " + kernel.kernel());
    }
    if (setup.behaviour(release) == Behaviour.PANICS) {
      return hangs(machine, "kernel of release " + release + " panics");
    }
    Running running;
    try {
      running = new PrepareRoot(machine).run(kernel);
    } catch (PrepareRoot.Emergency e) {
      return stuck(machine, e.getMessage());
    }
    return userSpace(machine, running);
  }

  private BootEnd<OstreeState> userSpace(Machine machine, Running running) {
    machine.volumes.forEach(volume -> volume.mount());
    machine.userSpace();
    monitor(machine, running);
    Deployment booted = new Deployment(
        running.commit(), running.deployment().charAt(3) - '0', setup.bootChecksum(running.commit()));
    strip(machine, booted);
    Updater updater = new Updater(machine, running, booted);
    try {
      attempts(machine, running, booted);
      updater.reportFailedFinalization();
      Health.Verdict health = health(machine, running, booted);
      if (health == Health.Verdict.REBOOT) {
        return new BootEnd.Restart<>(updater.shutDown(false), "greenboot reboots");
      }
      boolean reboots = health == Health.Verdict.HEALTHY ? updater.run() : unhealthy(machine, running);
      return reboots
          ? new BootEnd.Restart<>(updater.shutDown(true), "reboots into the update")
          : new BootEnd.Settled<>(machine.settled(running));
    } catch (Machine.Struck struck) {
      return struck(machine, updater, struck);
    }
  }

  /** RO and ISO: a program tries to change {@code /usr}; the system, what does not belong to it. */
  private void attempts(Machine machine, Running running, Deployment booted) {
    if (setup.has(Departure.USR_WRITABLE)) {
      Content usr = setup.usr(running.commit());
      if (usr.equals(machine.root().tree().content(booted.path() + "/usr"))) {
        machine.root().overwrite(booted.path() + "/usr", OstreeSetup.changedUsr());
        machine.point("usr.written", "a program changes /usr");
      }
    } else {
      machine.step("a program tries to change /usr and is refused: read-only file system");
    }
    boolean rewrites = setup.has(Departure.APPLICATIONS_REWRITTEN) && running.commit() == Versions.NEW;
    if (rewrites && OstreeSetup.VAR.equals(machine.root().tree().content(Sysroot.VAR))) {
      Writes.replace(machine.root(), Sysroot.VAR, Content.opaque("rewritten data", OstreeSetup.VAR.length()));
      machine.point("var.written", "the new system rewrites what applications keep in /var");
    }
  }

  private BootEnd<OstreeState> struck(Machine machine, Updater updater, Machine.Struck struck) {
    if (struck.by == Interruption.WARM_RESET) {
      return new BootEnd.Restart<>(machine.reset(), "reset button");
    }
    return new BootEnd.Restart<>(updater.shutDown(false), "a person asks for " + struck.by);
  }

  private void strip(Machine machine, Deployment booted) {
    if (strips) {
      try {
        Leftovers.strip(machine, new BootWriter(machine).load(), booted);
      } catch (SysrootError e) {
        machine.step("libostree cannot load the sysroot: " + e.getMessage());
      }
    }
  }

  /** greenboot's own tools may fail; then it has no verdict and the boot counts as it is. */
  private Health.Verdict health(Machine machine, Running running, Deployment booted) {
    Health.Verdict verdict;
    try {
      verdict = new Health(machine).boot(running, booted);
    } catch (SysrootError e) {
      machine.step("greenboot fails: " + e.getMessage());
      verdict = setup.behaviour(running.commit()) == Behaviour.UNHEALTHY
          ? Health.Verdict.UNHEALTHY : Health.Verdict.HEALTHY;
    }
    if (setup.has(Departure.REMOUNT_READ_ONLY) && setup.board().greenboot() != OstreeBoard.Greenboot.NONE) {
      machine.step("greenboot remounts /boot read-only"
          + (setup.board().separateBoot() ? "" : ", and with it /sysroot"));
      if (!setup.board().separateBoot()) {
        machine.remountReadOnly();
      }
    }
    return verdict;
  }

  /** Alive and unhealthy: the operator reads so, and no update is tried on it. */
  private static boolean unhealthy(Machine machine, Running running) {
    machine.world(machine.world().telling("failed", "release " + running.commit() + " is unhealthy"));
    return false;
  }

  private void monitor(Machine machine, Running running) {
    World world = machine.world();
    if (world.wish().equals("upgrade") && running.commit() < world.done()) {
      machine.violation("DURAB", "the update to release " + world.done()
          + " was reported as done, and is not running");
    }
    if (!running.usrWhole()) {
      machine.world(world.ranUnverified());
    }
  }

  private BootEnd<OstreeState> hangs(Machine machine, String why) {
    if (setup.board().watchdog()) {
      return new BootEnd.Restart<>(machine.reset(), why + ", the watchdog resets");
    }
    OstreeState state = machine.reset();
    return new BootEnd.Stuck<>(state, why + " and there is no watchdog", state, true);
  }

  private static BootEnd<OstreeState> stuck(Machine machine, String why) {
    OstreeState state = machine.reset();
    return new BootEnd.Stuck<>(state, why, state, false);
  }

  @Override
  public List<String> volumes() {
    List<String> names = new ArrayList<>(List.of("sysroot"));
    if (setup.board().separateBoot()) {
      names.add("boot");
    }
    if (setup.record() != null) {
      names.add("boot record");
    }
    return names;
  }

  @Override
  public List<Interruption> interruptions(OstreeState state) {
    return List.copyOf(new TreeSet<>(state.world().strikes()));
  }

  @Override
  public List<Event<OstreeState>> eventsAtRest(OstreeState settled) {
    List<Event<OstreeState>> events = new ArrayList<>();
    World world = settled.world();
    for (String name : world.events()) {
      if (name.equals("rollback") && world.told().equals("done")) {
        events.add(new Event<>(name, with(settled, world.withoutEvent(name).asking("rollback"))));
      }
    }
    if (world.diskFull()) {
      List<VolumeState> freed = new ArrayList<>(settled.volumes());
      freed.set(0, DiskFiller.freed(freed.getFirst()));
      World later = world.full(false);
      later = later.told().equals("failed") ? later.asking(later.wish()) : later;
      events.add(new Event<>("disk freed", new OstreeState(freed, later, null)));
    }
    return events;
  }

  private static OstreeState with(OstreeState state, World world) {
    return new OstreeState(state.volumes(), world, null);
  }

  @Override
  public Optional<OstreeState> nextUpdate(OstreeState settled) {
    World world = settled.world();
    return world.offered() == Versions.NEXT || world.diskFull()
        ? Optional.empty()
        : Optional.of(with(settled, world.offering(Versions.NEXT)));
  }

  @Override
  public Optional<OstreeState> unattended(OstreeState state) {
    return Optional.of(with(state, state.world().asking(World.NOTHING)));
  }

  @Override
  public Observation observe(OstreeState settled) {
    return Observer.observe(setup, settled);
  }

  @Override
  public List<Variable> describe(OstreeState state) {
    return Observer.describe(setup, state);
  }
}
