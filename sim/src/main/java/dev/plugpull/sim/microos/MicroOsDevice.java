package dev.plugpull.sim.microos;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Resting;
import dev.plugpull.sim.device.Struck;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A MicroOS device that updates itself. */
public final class MicroOsDevice implements UpdatingDevice<Resting<World, Seen>> {
  private final MicroOsSetup setup;
  private final CanonicalForm canonical;
  private final List<VolumeState> installed;

  MicroOsDevice(MicroOsSetup setup) {
    this.setup = setup;
    this.canonical = new CanonicalForm(setup.has(MicroOsSetup.Departure.STALE_OVERLAY_KEPT));
    this.installed = Installer.install(setup);
  }

  @Override
  public Resting<World, Seen> start() {
    return new Resting<>(installed, World.of(setup.scenario(), setup.aged(), Installer.variables(setup)), null);
  }

  @Override
  public Hash128 key(Resting<World, Seen> state) {
    return canonical.key(state);
  }

  @Override
  public BootEnd<Resting<World, Seen>> boot(
      Resting<World, Seen> state, BootListener<Resting<World, Seen>> listener) {
    Boot boot = new Boot(setup, state, listener);
    BootOutcome loaded;
    try {
      loaded = load(boot);
    } catch (Struck struck) {
      return reset(boot, "struck in the boot loader: " + struck.by());
    }
    return switch (loaded) {
      case BootOutcome.StartKernel kernel -> kernel(boot, kernel);
      case BootOutcome.Reset reset -> reset(boot, "boot loader resets: " + reset.why());
      case BootOutcome.Chainload other -> stuck(boot, "GRUB starts " + other.path() + ", which is no kernel");
      case BootOutcome.PowerOff off -> stuck(boot, "GRUB powers off: " + off.why());
      case BootOutcome.Prompt prompt -> stuck(boot, "boot loader prompt: " + prompt.why());
      case BootOutcome.Hang hang -> stuck(boot, "GRUB hangs: " + hang.why());
      case BootOutcome.Endless endless -> stuck(boot, "GRUB never ends: " + endless.why());
    };
  }

  private BootOutcome load(Boot boot) {
    if (setup.hasBootEntries()) {
      return new SystemdBoot(boot).run();
    }
    boot.machine.actor("GRUB");
    return setup.grub().boot(new Firmware(boot)).outcome();
  }

  private BootEnd<Resting<World, Seen>> kernel(Boot boot, BootOutcome.StartKernel started) {
    boot.machine.actor("kernel");
    boot.machine.step("starts " + started.path() + " with " + started.commandLine());
    boot.kernel = Release.of(started.kernel());
    if (setup.behaviour(boot.kernel) == MicroOsScenario.Target.PANICS) {
      return reset(boot, "the kernel of release " + boot.kernel + " panics and resets");
    }
    if (setup.hasBootEntries() && Release.of(started.initrd()) == Release.NONE) {
      return reset(boot, "the kernel finds no root file system in its initrd: panic");
    }
    try {
      boot.machine.actor("initramfs");
      boot.machine.mount();
      boot.machine.full(boot.world().full());
      int root = root(boot, started.commandLine());
      boolean emergency = setup.behaviour(Release.of(started.initrd())) == MicroOsScenario.Target.EMERGENCY
          || Release.of(started.initrd()) == Release.NONE || !boot.tree().exists(Layout.root(root))
          || !boot.etc.ready(root);
      if (emergency) {
        return emergency(boot);
      }
      boot.running = root;
    } catch (Struck struck) {
      return boot.machine.ended(struck);
    }
    return userSpace(boot);
  }

  /** What {@code rootflags=subvol=} names, else the default subvolume. */
  private static int root(Boot boot, String commandLine) {
    for (String argument : commandLine.split(" ")) {
      if (argument.startsWith("rootflags=subvol=")) {
        return Layout.number(argument);
      }
    }
    return boot.defaultSnapshot();
  }

  private BootEnd<Resting<World, Seen>> emergency(Boot boot) {
    boot.machine.step("emergency: the root file system is not ready");
    if (new HealthChecker(boot).emergency()) {
      // systemctl reboot --force: file systems are synced and remounted read-only, services are not stopped
      return new BootEnd.Restart<>(boot.machine.settled(null), "emergency in the initramfs, reboot");
    }
    return stuck(boot, "emergency shell in the initramfs");
  }

  private BootEnd<Resting<World, Seen>> userSpace(Boot boot) {
    try {
      return new UserSpace(boot).run() == UserSpace.End.REBOOT
          ? new BootEnd.Restart<>(boot.machine.settled(null), "orderly reboot")
          : new BootEnd.Settled<>(boot.machine.settled(boot.seen()));
    } catch (Struck struck) {
      return boot.machine.ended(struck);
    }
  }

  private static BootEnd<Resting<World, Seen>> reset(Boot boot, String why) {
    return new BootEnd.Restart<>(boot.machine.reset(null), why);
  }

  private static BootEnd<Resting<World, Seen>> stuck(Boot boot, String why) {
    Resting<World, Seen> state = boot.machine.reset(null);
    return new BootEnd.Stuck<>(state, why, state, false);
  }

  @Override
  public List<String> volumes() {
    return setup.hasBootEntries() ? List.of("btrfs", "ESP") : List.of("btrfs");
  }

  @Override
  public List<Interruption> interruptions(Resting<World, Seen> state) {
    return List.copyOf(state.remains().strikes());
  }

  @Override
  public List<Event<Resting<World, Seen>>> eventsAtRest(Resting<World, Seen> settled) {
    List<Event<Resting<World, Seen>>> events = new ArrayList<>();
    World world = settled.remains();
    if (world.revertible() && world.told() == world.offered()) {
      World.Draft asked = world.draft().revertible(false).asked(MicroOsScenario.Asked.ROLLBACK);
      events.add(new Event<>("the user rolls back", settled.with(asked.world())));
    }
    if (world.full()) {
      Resting<World, Seen> freed = settled.with(0, DiskFiller.freed(settled.volumes().getFirst()));
      events.add(new Event<>("disk freed", freed.with(world.draft().full(false).world())));
    }
    return events;
  }

  @Override
  public Optional<Resting<World, Seen>> nextUpdate(Resting<World, Seen> settled) {
    World world = settled.remains();
    if (world.offered() == Release.NEXT || world.full()) {
      return Optional.empty();
    }
    World.Draft next = world.draft().offered(Release.NEXT).strikes(java.util.Set.of()).revertible(false)
        .asked(MicroOsScenario.Asked.UPDATE).withdrawn(false).edit(MicroOsScenario.Edit.NEVER).piled(0);
    return Optional.of(settled.with(next.world()));
  }

  @Override
  public Observation observe(Resting<World, Seen> settled) {
    return new MicroOsObserver(setup, settled).observe();
  }

  @Override
  public List<Variable> describe(Resting<World, Seen> state) {
    return new MicroOsObserver(setup, state).describe();
  }
}
