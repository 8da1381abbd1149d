package dev.plugpull.sim.slots;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A device with two slots: what all families of this kind share. A family says how firmware and boot loader choose a
 * system ({@link #powerOn}), what its software does ({@link #userSpace}) and what it reports ({@link #report}).
 *
 * <p>Reductions: temporary files of cut-off atomic writes ({@code *.tmp~}) are inert, and how much of an opaque file is
 * missing does not count, nor how much the filler of a full disk took. A family may declare more in {@link #canonical}.
 */
public abstract class SlotDevice implements UpdatingDevice<SlotState> {

  /** How the software of a running system ends. */
  public enum End {
    /** Nothing more to do. */
    IDLE,
    REBOOT,
    /** The health of the system is bad: it resets itself. */
    RESETS,
    /** It lives and does nothing more, and its watchdog is fed. */
    WAITS
  }

  private final SlotScenario scenario;
  private final List<Medium> media;
  private final Map<Hash128, Hash128> known = new ConcurrentHashMap<>();

  protected SlotDevice(SlotScenario scenario, List<Medium> media) {
    this.scenario = scenario;
    this.media = List.copyOf(media);
  }

  /** Firmware and boot loader, up to the start of a kernel. */
  protected abstract PowerOn powerOn(SlotMachine machine);

  /**
   * The software of a system that runs; all volumes are mounted.
   *
   * @param newBoot false if the software was killed and starts again in the same boot
   */
  protected abstract End userSpace(SlotMachine machine, Seen system, boolean newBoot);

  /** What the update software reports on a device at rest. */
  protected abstract Report report(SlotState settled);

  /** Index of the data partition, negative if there is none. */
  protected abstract int dataVolume();

  /** True if a volume has no file system. */
  final boolean isRaw(int volume) {
    return media.get(volume).raw();
  }

  /** Reference twin of the medium: every write is durable at once, in order. */
  protected boolean idealMedium() {
    return false;
  }

  /** True if the board resets itself when nothing happens. */
  protected boolean watchdog() {
    return true;
  }

  /** User data in this state: name to {@code kept} or {@code lost}. */
  protected abstract java.util.SortedMap<String, String> userData(SlotState settled);

  /** True if something that does not belong to the update differs from what it was. */
  protected abstract boolean foreignChange(SlotState settled);

  /** Blocks of 4096 bytes that the device may use more than at the begin. */
  protected long slackBlocks() {
    return 64;
  }

  /** A volume as the boot loader reads it. */
  protected BootVolume face(SlotMachine machine, int volume, BootVolume raw) {
    return raw;
  }

  /** A slot's raw partition as a boot loader reads it. */
  protected final BootVolume slotFace(BootVolume raw) {
    return new SlotFace(raw, scenario.target() == Behaviour.REFUSED ? SlotScenario.NEW : 0);
  }

  /** True if this is a system that only repairs or installs another one. */
  protected boolean isRescue(Seen system) {
    return false;
  }

  /** False if the records of the update software rightly depend on the history. */
  protected boolean predictableRecords() {
    return false;
  }

  /**
   * Family's own reductions that look at several volumes: the fingerprint of what counts of each, null where the volume
   * counts as it is; empty for none.
   */
  protected Hash128[] reductions(SlotState state) {
    return new Hash128[0];
  }

  /** Family's own reduction of a volume. */
  protected Hash128 canonical(int volume, VolumeState state) {
    return isRaw(volume) || !state.homeIsCurrent() ? state.hash() : reduced(state.recovered().root());
  }

  /** Revision that the server offers in a state. */
  protected static int offered(SlotState state) {
    return state.world().number(World.OFFERED);
  }

  /** What the user asked for last. */
  protected static String asked(SlotState state) {
    return state.world().get(World.ASKED);
  }

  public final SlotScenario scenario() {
    return scenario;
  }

  public final List<Medium> media() {
    return media;
  }

  @Override
  public SlotState start() {
    List<VolumeState> installed = new ArrayList<>();
    media.forEach(medium -> installed.add(medium.installed()));
    World world = World.EMPTY.with(World.OFFERED, Integer.toString(SlotScenario.NEW)).with(World.ASKED, "update")
        .with(World.STRIKES, Words.joined(scenario.strikes().stream().map(Enum::name).toList()))
        .with(World.EVENTS, Words.joined(scenario.events()));
    return new SlotState(installed, world, null);
  }

  @Override
  public Hash128 key(SlotState state) {
    Hash128 key = state.world().hash();
    Hash128[] family = reductions(state);
    for (int i = 0; i < state.volumes().size(); i++) {
      if (family.length > 0 && family[i] != null) {
        key = key.then(family[i]);
        continue;
      }
      VolumeState volume = state.volumes().get(i);
      Hash128 hash = volume.hash().then(new Hash128(i, i));
      Hash128 reduced = known.get(hash);
      if (reduced == null) {
        reduced = canonical(i, volume);
        known.put(hash, reduced);
      }
      key = key.then(reduced);
    }
    return key;
  }

  /** Fingerprint of a tree without what no program tells apart. */
  public static Hash128 hash(Tree tree) {
    return reduced(tree.root());
  }

  private static Hash128 reduced(Tree.Directory directory) {
    Tree.Directory kept = directory;
    for (int i = 0; i < directory.size(); i++) {
      String name = directory.name(i);
      if (name.endsWith(SlotWrites.TEMPORARY)) {
        kept = kept.without(name);
      } else if (name.equals(DiskFiller.PATH.substring(1))) {
        kept = kept.with(name, new Tree.Symlink("all that was free", 0));
      } else if (directory.node(i) instanceof Tree.File file && file.content().isPart()) {
        kept = kept.with(name, new Tree.Symlink("damaged", 0));
      } else if (directory.node(i) instanceof Tree.Directory inner) {
        Hash128 inside = reduced(inner);
        kept = inside.equals(inner.hash()) ? kept : kept.with(name, new Tree.Symlink("reduced", 0, inside));
      }
    }
    return kept.hash();
  }

  @Override
  public final BootEnd<SlotState> boot(SlotState state, BootListener<SlotState> listener) {
    SlotMachine machine = new SlotMachine(this, state, listener);
    PowerOn loaded;
    try {
      loaded = powerOn(machine);
    } catch (Struck struck) {
      return new BootEnd.Restart<>(machine.reset(), "struck in the boot loader: " + struck.by);
    }
    return switch (loaded) {
      case PowerOn.Started started -> system(machine, started.system());
      case PowerOn.Resets resets -> new BootEnd.Restart<>(machine.reset(), resets.why());
      case PowerOn.Stops stops -> stuck(machine, stops.why(), false);
    };
  }

  private BootEnd<SlotState> system(SlotMachine machine, Seen system) {
    int revision = system.revision();
    machine.actor("kernel");
    machine.step("slot " + system.slot() + " starts: " + system.running());
    if (revision == 0) {
      return stuck(machine, "what was started is no system", false);
    }
    if (!system.matched()) {
      machine.violation("ATOM", "a combination runs that nobody released: " + system.running());
    }
    return switch (scenario.behaviour(system.running().values().stream().mapToInt(r -> r).max().orElse(0))) {
      case PANICS -> new BootEnd.Restart<>(machine.reset(), "system " + revision + " panics");
      case HANGS -> watchdog()
          ? new BootEnd.Restart<>(machine.reset(), "system " + revision + " hangs, the watchdog resets")
          : stuck(machine, "system " + revision + " hangs and there is no watchdog", true);
      case GOOD, REFUSED, CORRUPT, UNHEALTHY -> software(machine, system);
    };
  }

  private BootEnd<SlotState> software(SlotMachine machine, Seen system) {
    boolean newBoot = true;
    durable(machine, system);
    while (true) {
      try {
        if (newBoot) {
          machine.mount();
        }
        return switch (userSpace(machine, system, newBoot)) {
          case IDLE -> new BootEnd.Settled<>(machine.settled(seen(machine, system)));
          case REBOOT -> reboot(machine, "the update software asks for a reboot");
          case RESETS -> new BootEnd.Restart<>(machine.reset(), "system " + system.revision() + " resets itself");
          case WAITS -> stuck(machine, "system " + system.revision() + " waits for ever", false);
        };
      } catch (Struck struck) {
        switch (struck.by) {
          case DAEMON_KILLED -> {
            newBoot = false;
            cancel(machine);
          }
          case WARM_RESET -> {
            return new BootEnd.Restart<>(machine.reset(), "reset button");
          }
          case USER_REBOOT, POWER_OFF, NONE, DISK_FULL -> {
            return reboot(machine, "a person asks for " + struck.by);
          }
        }
      }
    }
  }

  private void cancel(SlotMachine machine) {
    if (scenario.is(SlotScenario.CANCEL)) {
      machine.step("the user cancels the update");
      machine.set(World.ASKED, "cancelled");
    } else {
      machine.step("the update software is killed and starts again");
    }
  }

  /** What the software wrote to a base that should be read-only was seen by the machine. */
  private static Seen seen(SlotMachine machine, Seen system) {
    return machine.remembered(BaseWriter.CHANGED).isEmpty() ? system : system.changed();
  }

  /** DURAB: what was reported as done runs. */
  private void durable(SlotMachine machine, Seen system) {
    int done = machine.world().number(World.DONE);
    if (!isRescue(system) && system.revision() < done && !machine.get(World.ASKED).equals("rollback")) {
      machine.violation("DURAB", "the update to revision " + done + " was reported as done, and is not running");
    }
  }

  private BootEnd<SlotState> reboot(SlotMachine machine, String why) {
    machine.actor("system");
    machine.step("orderly reboot: everything is synced and unmounted");
    return new BootEnd.Restart<>(machine.settled(null), why);
  }

  private static BootEnd<SlotState> stuck(SlotMachine machine, String why, boolean assumed) {
    SlotState state = machine.reset();
    return new BootEnd.Stuck<>(state, why, state.withWorld(state.world().cold()), assumed);
  }

  @Override
  public List<String> volumes() {
    return media.stream().map(Medium::name).toList();
  }

  @Override
  public List<Interruption> interruptions(SlotState state) {
    return Words.split(state.world().get(World.STRIKES)).stream().map(Interruption::valueOf).toList();
  }

  @Override
  public List<Event<SlotState>> eventsAtRest(SlotState settled) {
    List<Event<SlotState>> events = new ArrayList<>();
    List<String> possible = Words.split(settled.world().get(World.EVENTS));
    String change = report(settled).change();
    for (String name : possible) {
      boolean fits = name.equals(SlotScenario.ROLLBACK)
          ? change.equals("done")
          : change.equals("failed") || settled.world().get(World.ASKED).equals("cancelled");
      if (fits) {
        List<String> rest = possible.stream().filter(other -> !other.equals(name)).toList();
        World world = settled.world().with(World.EVENTS, Words.joined(rest)).with(World.ASKED, name)
            .with(World.AGAIN, name.equals(SlotScenario.AGAIN) ? "yes" : "")
            .with(World.DONE, name.equals(SlotScenario.ROLLBACK) ? "" : settled.world().get(World.DONE));
        events.add(new Event<>(name, settled.withWorld(world)));
      }
    }
    if (settled.world().has(World.FULL)) {
      List<VolumeState> freed = new ArrayList<>(settled.volumes());
      freed.set(dataVolume(), DiskFiller.freed(freed.get(dataVolume())));
      World world = settled.world().with(World.FULL, "");
      events.add(new Event<>("disk freed", new SlotState(freed, world, settled.seen())));
    }
    return events;
  }

  @Override
  public Optional<SlotState> nextUpdate(SlotState settled) {
    if (settled.world().number(World.OFFERED) == SlotScenario.NEXT || settled.world().has(World.FULL)) {
      return Optional.empty();
    }
    World world = settled.world().with(World.OFFERED, Integer.toString(SlotScenario.NEXT)).with(World.ASKED, "update")
        .with(World.STRIKES, "").with(World.EVENTS, "");
    return Optional.of(settled.withWorld(world));
  }

  @Override
  public Observation observe(SlotState settled) {
    return SlotObserver.observe(this, settled);
  }
}
