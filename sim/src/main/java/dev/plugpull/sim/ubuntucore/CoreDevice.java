package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Deaf;
import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** An Ubuntu Core device that refreshes what boots it, its snapd or an app. */
public final class CoreDevice implements UpdatingDevice<CoreState> {
  /** At rest: somebody closes the app for good. Until then it is started with every boot. */
  static final String CLOSED = "app closed";

  private static final String AFTER_REVERT = "refresh after revert";

  private final CoreSetup setup;
  private final CanonicalForm canonical;
  private final Isolation isolation;

  CoreDevice(CoreSetup setup) {
    this.setup = setup;
    this.canonical = new CanonicalForm(setup);
    this.isolation = new Isolation(setup);
  }

  @Override
  public CoreState start() {
    CoreScenario scenario = setup.scenario();
    Environment world = ModeObserver.first(scenario).orElseGet(() ->
        new Environment(Revisions.NEW, scenario.interruptions(), scenario.events(), "refresh", false));
    return new CoreState(setup.installed(), world, Monitors.NONE, null);
  }

  @Override
  public Hash128 key(CoreState state) {
    return canonical.key(state);
  }

  @Override
  public BootEnd<CoreState> boot(CoreState state, BootListener<CoreState> listener) {
    Machine machine = new Machine(setup, state, listener);
    BootOutcome loaded;
    try {
      setup.sealing().starts(machine);
      machine.actor("boot loader");
      loaded = canonical.loader().run(machine, state);
    } catch (Machine.Struck struck) {
      return new BootEnd.Restart<>(machine.reset(null), "struck in the boot loader: " + struck.by);
    }
    return switch (loaded) {
      case BootOutcome.StartKernel kernel -> kernel(machine, kernel);
      case BootOutcome.Reset reset -> new BootEnd.Restart<>(machine.reset(null), "boot loader resets: " + reset.why());
      case BootOutcome.Chainload other -> stuck(machine, "firmware cannot start " + other.path(), false);
      case BootOutcome.PowerOff off -> stuck(machine, "boot loader powers off: " + off.why(), false);
      case BootOutcome.Prompt prompt -> stuck(machine, "boot loader prompt: " + prompt.why(), false);
      case BootOutcome.Hang hang -> hangs(machine, "boot loader hangs: " + hang.why(), false);
      case BootOutcome.Endless endless -> stuck(machine, "boot loader never ends: " + endless.why(), false);
    };
  }

  /** The machine at power-on, as firmware and boot loader find it; nothing strikes it, and nobody hears of it. */
  public BootMachine powerUp(CoreState state) {
    return new Machine(setup, state, new Deaf<>());
  }

  /** Firmware and boot loader with the vendor's scripts. */
  public PowerOn loader() {
    return setup.loader();
  }

  private BootEnd<CoreState> kernel(Machine machine, BootOutcome.StartKernel kernel) {
    machine.actor("kernel");
    int revision = setup.kernelRevision(kernel.kernel());
    machine.step("starts " + kernel.path() + " with " + kernel.commandLine(), "");
    machine.pcrs(machine.pcrs().measured(kernel.commandLine()));
    if (revision == 0) {
      return stuck(machine, "what was started is no kernel of this device: " + kernel.kernel(), false);
    }
    if (kernel.kernel().isPart()) {
      // A loader without any check started it.
      return hangs(machine, "kernel revision " + revision + " is cut off, starts and gets nowhere", true);
    }
    switch (setup.behaviour(Part.KERNEL, revision)) {
      case PANICS -> {
        return panic(machine, kernel.commandLine(), "kernel revision " + revision + " panics");
      }
      case HANGS -> {
        return hangs(machine, "kernel revision " + revision + " hangs", true);
      }
      case GOOD, UNLOADABLE, UNHEALTHY -> {
        // it runs
      }
    }
    Content ramDisk = kernel.initrd();
    if (ramDisk != null && (ramDisk.isPart() || !ramDisk.isOpaque())) {
      return panic(machine, kernel.commandLine(), "the initial RAM disk is missing or cut off: the kernel panics");
    }
    String mode = Initramfs.argument(kernel.commandLine(), "snapd_recovery_mode");
    if (RecoveryMode.begins(setup, mode)) {
      return otherMode(machine, kernel);
    }
    Running running;
    try {
      running = new Initramfs(machine).run(kernel);
    } catch (Initramfs.Emergency emergency) {
      return new BootEnd.Restart<>(machine.settled(null), "initramfs emergency: " + emergency.getMessage());
    } catch (Initramfs.Locked locked) {
      return stuck(machine, locked.getMessage(), false);
    } catch (Machine.Struck struck) {
      return struckBeforeUserSpace(machine, struck);
    }
    return base(machine, kernel, running);
  }

  private BootEnd<CoreState> otherMode(Machine machine, BootOutcome.StartKernel kernel) {
    try {
      return RecoveryMode.run(machine, kernel.commandLine());
    } catch (Machine.Struck struck) {
      return struckBeforeUserSpace(machine, struck);
    }
  }

  private BootEnd<CoreState> struckBeforeUserSpace(Machine machine, Machine.Struck struck) {
    return switch (struck.by) {
      case USER_REBOOT, POWER_OFF -> new BootEnd.Restart<>(machine.settled(null), "orderly " + struck.by);
      case NONE, DAEMON_KILLED, WARM_RESET, DISK_FULL ->
          new BootEnd.Restart<>(machine.reset(null), "struck in the initramfs: " + struck.by);
    };
  }

  private BootEnd<CoreState> base(Machine machine, BootOutcome.StartKernel kernel, Running running) {
    switch (setup.behaviour(Part.BASE, running.base())) {
      case PANICS -> {
        return panic(machine, kernel.commandLine(), "init of base revision " + running.base() + " dies");
      }
      case HANGS, UNHEALTHY, UNLOADABLE -> {
        return hangs(machine, "base revision " + running.base() + " never gets to start snapd", true);
      }
      case GOOD -> {
        return userSpace(machine, running);
      }
    }
    throw new IllegalStateException("unreachable");
  }

  private BootEnd<CoreState> userSpace(Machine machine, Running running) {
    durable(machine, running);
    if (running.kernel() != running.modules()) {
      machine.violation(
          "ATOM", "kernel " + running.kernel() + " runs with the modules of revision " + running.modules());
    }
    SnapdService snapd = new SnapdService(machine, running);
    boolean newBoot = true;
    while (true) {
      try {
        if (newBoot) {
          changeBase(machine, running);
          machine.moment("user space", running.hash());
          startApps(machine);
        }
        Snapd.End end = snapd.run(newBoot);
        return switch (end) {
          case IDLE, DEAD -> {
            Running seen = running.withSnapd(snapd.revision());
            snapsDurable(machine, seen);
            yield new BootEnd.Settled<>(machine.settled(seen));
          }
          case RESTART -> throw new IllegalStateException("systemd starts snapd again before anybody hears of it");
          case REBOOT -> {
            machine.environment(machine.environment().tryboot(setup.bootState().rebootsToTry(machine)));
            yield reboot(machine, "snapd asks for a reboot");
          }
        };
      } catch (Machine.Struck struck) {
        switch (struck.by) {
          case DAEMON_KILLED -> newBoot = false;
          case WARM_RESET -> {
            return new BootEnd.Restart<>(machine.reset(null), "reset button");
          }
          case USER_REBOOT, POWER_OFF, NONE, DISK_FULL -> {
            return reboot(machine, "a person asks for " + struck.by);
          }
        }
      }
    }
  }

  /** DURAB: what was reported as done runs. */
  private void durable(Machine machine, Running running) {
    int reported = machine.monitors().reportedDone();
    boolean kernelLost = setup.scenario().refreshed().contains(Part.KERNEL) && running.kernel() < reported;
    boolean baseLost = setup.scenario().refreshed().contains(Part.BASE) && running.base() < reported;
    boolean gadgetLost = setup.scenario().refreshed().contains(Part.GADGET) && setup.series().hasModeenv()
        && running.gadget() < reported;
    if (machine.environment().asked().equals("refresh") && (kernelLost || baseLost || gadgetLost)) {
      machine.violation("DURAB", "the update to revision " + reported + " was reported as done, and is not running");
    }
  }

  /** RO: a program tries to change the base that it runs from. */
  private void changeBase(Machine machine, Running running) {
    String blob = Initramfs.SNAPS + setup.blob(Part.BASE, running.base());
    if (!setup.platform().departs(Departure.BASE_WRITABLE)) {
      machine.step("a program tries to change the base and is refused: read-only file system", "");
    } else if (!CoreSetup.changedBase().equals(machine.data().tree().content(blob))) {
      machine.data().overwrite(blob, CoreSetup.changedBase());
      machine.point("base.written", "a program changes the base");
    }
  }

  private void startApps(Machine machine) {
    for (Part part : setup.parts()) {
      if (part.isApp()) {
        new App(machine, part).start();
      }
    }
  }

  /** DURAB of what no boot state speaks of: seen when snapd has nothing more to do. */
  private void snapsDurable(Machine machine, Running running) {
    int reported = machine.monitors().reportedDone();
    boolean snapdLost = setup.scenario().refreshed().contains(Part.SNAPD) && running.snapd() < reported;
    boolean appLost = setup.scenario().refreshed().contains(Part.APP)
        && App.runs(setup, machine.data().tree(), Part.APP) < reported;
    if (machine.environment().asked().equals("refresh") && (snapdLost || appLost)) {
      machine.violation("DURAB", "the update to revision " + reported + " was reported as done, and is not running");
    }
  }

  private BootEnd<CoreState> reboot(Machine machine, String why) {
    machine.actor("systemd");
    CoreState next = machine.settled(null);
    machine.step("orderly reboot: everything is synced and unmounted", "");
    return new BootEnd.Restart<>(next, why);
  }

  private BootEnd<CoreState> panic(Machine machine, String commandLine, String why) {
    String panic = Initramfs.argument(commandLine, "panic");
    boolean resets = !panic.isEmpty() && !panic.equals("0");
    if (resets || setup.watchdog()) {
      return new BootEnd.Restart<>(machine.reset(null), why
          + (resets ? " and resets (panic=" + panic + ")" : ", watchdog"));
    }
    return stuck(machine, why + " and stops: no panic= on the kernel command line", false);
  }

  private BootEnd<CoreState> hangs(Machine machine, String why, boolean assumed) {
    if (setup.watchdog()) {
      return new BootEnd.Restart<>(machine.reset(null), why + ", the watchdog resets");
    }
    return stuck(machine, why + " and there is no watchdog", assumed);
  }

  private static BootEnd<CoreState> stuck(Machine machine, String why, boolean assumed) {
    CoreState state = machine.reset(null);
    return new BootEnd.Stuck<>(state, why, state, assumed);
  }

  @Override
  public List<String> volumes() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < setup.installed().size(); i++) {
      names.add(setup.layout().name(i, setup.series().hasModeenv()));
    }
    return names;
  }

  @Override
  public List<Interruption> interruptions(CoreState state) {
    return List.copyOf(new TreeSet<>(state.environment().strikes()));
  }

  @Override
  public List<Event<CoreState>> eventsAtRest(CoreState settled) {
    List<Event<CoreState>> events = new ArrayList<>();
    String result = CoreObserver.lastResult(setup, settled);
    for (String name : settled.environment().events()) {
      String wish = switch (name) {
        case "revert", RecoveryMode.ASKED -> name;
        case CLOSED -> "refresh";
        default -> "again";
      };
      boolean fits = switch (name) {
        case "revert" -> result.equals("done");
        case AFTER_REVERT -> result.equals("done") && CoreObserver.lastKind(setup, settled).equals("revert");
        case CLOSED, RecoveryMode.ASKED -> true;
        default -> result.equals("failed");
      };
      if (fits) {
        Environment world = settled.environment().withoutEvent(name).asked(wish);
        events.add(new Event<>(name, withEnvironment(settled, world)));
      }
    }
    if (settled.environment().diskFull()) {
      events.add(new Event<>("disk freed", withEnvironment(
          withRoom(settled, setup.layout().data()), settled.environment().full(false))));
    }
    return events;
  }

  /** Where the scenario asks again after a failure, the update after one that failed for nothing is the same again. */
  private Optional<CoreState> repetition(CoreState settled) {
    CoreScenario scenario = setup.scenario();
    boolean wanted = scenario.good() && scenario.events().contains("refresh again");
    return wanted && CoreObserver.lastResult(setup, settled).equals("failed") && !settled.environment().diskFull()
        ? Optional.of(withEnvironment(
            settled, new Environment(Revisions.NEW, java.util.Set.of(), List.of(), "again", false)))
        : Optional.empty();
  }

  @Override
  public Optional<CoreState> nextUpdate(CoreState settled) {
    Optional<CoreState> again = repetition(settled);
    if (again.isPresent()) {
      return again;
    }
    if (settled.environment().offered() == Revisions.NEXT || settled.environment().diskFull()) {
      return Optional.empty();
    }
    Environment world = new Environment(Revisions.NEXT, java.util.Set.of(), List.of(), "refresh", false);
    return Optional.of(withEnvironment(setup.scenario().is(Circumstance.NO_ROOM_FOR_ASSETS)
        ? withRoom(settled, setup.layout().seed(), setup.layout().boot()) : settled, world));
  }

  /** What filled these volumes is gone; -1 stands for none. */
  private static CoreState withRoom(CoreState settled, int... volumes) {
    List<VolumeState> freed = new ArrayList<>(settled.volumes());
    for (int index : volumes) {
      if (index >= 0) {
        freed.set(index, DiskFiller.freed(freed.get(index)));
      }
    }
    return new CoreState(freed, settled.environment(), settled.monitors(), null);
  }

  private static CoreState withEnvironment(CoreState state, Environment world) {
    return new CoreState(state.volumes(), world, state.monitors(), null);
  }

  @Override
  public Observation observe(CoreState settled) {
    return CoreObserver.observe(setup, settled, isolation.broken(settled.volumes()));
  }

  @Override
  public List<String> notLookedAt() {
    return setup.strays().words();
  }

  @Override
  public List<Variable> describe(CoreState state) {
    return CoreObserver.describe(setup, state);
  }
}
