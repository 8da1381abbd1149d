package dev.plugpull.sim.download;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.device.Resting;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.store.hostile.StoreFault.InTheWorld;
import dev.plugpull.sim.store.hostile.StoreFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A device with one volume and one client, which takes revision 2, then 3 under a fault, then 4. */
public final class DownloadDevice implements UpdatingDevice<Resting<World, Ran>> {

  /** What its cache and its records hold depends on the store's history: nothing is promised of them. */
  private static final String NO_RECORDS = "";

  private static final long SIZE = 64L << 20;
  private static final int BLOCK = 4096;
  private static final long ALLOWED_BLOCKS = 64;
  /** Exchanges of one update of a snap without a fault, and one more for what is tried again. */
  private static final int EXCHANGES = 4;
  /** A pull asks for summary, commit, a signature of each, and objects. */
  private static final int EXCHANGES_OF_A_PULL = 7;
  /** Exchanges and steps of one update at which trust or time may change. */
  private static final int STEPS = 14;
  private static final int STEPS_OF_A_DELTA = 4;

  private final DownloadSetup setup;
  private final VolumeState factory;

  public DownloadDevice(DownloadSetup setup) {
    this.setup = setup;
    this.factory = factory(setup.store());
  }

  private static VolumeState factory(DownloadSetup.Store store) {
    LiveVolume data = Ext4.format("data").size(SIZE).state().open();
    data.mount();
    switch (store) {
      case SNAP -> SnapClient.factory(data);
      case OSTREE -> PullClient.factory(data);
    }
    data.sync();
    return data.settled();
  }

  @Override
  public Resting<World, Ran> start() {
    return new Resting<>(List.of(factory), World.begin(), null);
  }

  /** Names and contents count, and nothing else of the file system: space never runs out here. */
  @Override
  public Hash128 key(Resting<World, Ran> state) {
    return state.remains().hash().then(names(state.volumes().getFirst().recovered().root()));
  }

  private static Hash128 names(Tree.Directory folder) {
    Hash128 hash = Hash128.ZERO;
    for (String name : folder.names()) {
      // Reduction "inert": left-overs of cut-off atomic writes, which nothing lists or opens.
      if (!name.endsWith(FileCalls.TEMPORARY)) {
        Hash128 inside = switch (folder.get(name)) {
          case Tree.Directory inner -> names(inner);
          case Tree.File file -> file.content().hash();
          case Tree.Symlink link -> Hash128.of(link.target());
        };
        hash = hash.plus(Hash128.of(name).then(inside));
      }
    }
    return hash;
  }

  @Override
  public BootEnd<Resting<World, Ran>> boot(Resting<World, Ran> state, BootListener<Resting<World, Ran>> listener) {
    PoweredOn<World, Ran> machine = new PoweredOn<>(state, listener, setup.ideal(), 0);
    machine.actor("kernel");
    machine.mount();
    machine.actor("client");
    Updater client = Updater.of(machine, setup);
    if (client.goesBack(client.current())) {
      client.goBack(client.current());
    }
    run(machine, client);
    Report report;
    try {
      report = client.refresh();
      if (client.goesBack(client.current())) {
        client.goBack(client.current());
        report = Report.read(machine.volume(0).tree().content(Updater.REPORT));
      }
    } catch (Link.Hung hung) {
      Ran seen = run(machine, client);
      machine.violation("BOUND", "the client " + hung.getMessage());
      return new BootEnd.Settled<>(machine.settled(
          new Ran(seen.revision(), seen.genuine(), "doing", hung.getMessage(), false)));
    }
    if (!client.inBounds()) {
      machine.violation("BOUND", "more exchanges or time than one boot may take");
    }
    Ran seen = run(machine, client);
    return new BootEnd.Settled<>(machine.settled(
        new Ran(seen.revision(), seen.genuine(), report.state(), report.why(), client.inBounds())));
  }

  /** The app starts. What it is made of is judged by an observer who knows more than the device. */
  private Ran run(PoweredOn<World, Ran> machine, Updater client) {
    Ran seen = client.runs();
    machine.step("runs revision " + seen.revision());
    if (!seen.genuine()) {
      machine.violation("INTEG", "runs content that is not that of the revision");
    }
    antiRollback(machine, client, client.current());
    machine.remains(machine.remains().ran(client.current()));
    return seen;
  }

  private void antiRollback(PoweredOn<World, Ran> machine, Updater client, int revision) {
    World world = machine.remains();
    if (revision < world.highest() && !client.knowsRevoked(world.highest())) {
      machine.violation("ANTIRB", "runs an older revision than before, and nobody allowed it");
    }
    boolean keeps = setup.whenRevoked() == DownloadSetup.WhenRevoked.KEEP && world.highest() >= revision;
    if (world.knew() == revision && revision > 0 && !keeps) {
      machine.violation("ANTIRB", "runs a revision of whose revocation it knew");
    }
  }

  @Override
  public List<String> volumes() {
    return List.of("data");
  }

  @Override
  public List<Interruption> interruptions(Resting<World, Ran> state) {
    return List.of();
  }

  @Override
  public List<Event<Resting<World, Ran>>> eventsAtRest(Resting<World, Ran> settled) {
    List<Event<Resting<World, Ran>>> events = new ArrayList<>();
    World world = settled.remains();
    if (setup.fault().isPresent() && world.published() == 2 && current(settled) == 2) {
      StoreFault fault = setup.fault().get();
      boolean step = fault instanceof InTheWorld;
      for (int at = 1; at <= moments(step); at++) {
        events.add(new Event<>("next revision published, " + fault.word() + " at " + (step ? "step " : "exchange ")
            + at, settled.with(world.publishing(3).armed(fault, at))));
      }
    }
    if (!world.over().equals(world) && world.armed().isEmpty()) {
      events.add(new Event<>("the fault is over", settled.with(world.over())));
    }
    return events;
  }

  private int moments(boolean step) {
    int delta = setup.deltas() == DownloadSetup.Deltas.NONE ? 0 : step ? STEPS_OF_A_DELTA : 1;
    boolean pull = setup.store() == DownloadSetup.Store.OSTREE;
    return delta + (step ? STEPS : pull ? EXCHANGES_OF_A_PULL : EXCHANGES);
  }

  private int current(Resting<World, Ran> state) {
    Tree tree = state.volumes().getFirst().recovered();
    return switch (setup.store()) {
      case SNAP -> SnapClient.current(tree);
      case OSTREE -> PullClient.current(tree);
    };
  }

  @Override
  public Optional<Resting<World, Ran>> nextUpdate(Resting<World, Ran> settled) {
    World world = settled.remains();
    return world.published() == SnapEras.LAST ? Optional.empty()
        : Optional.of(settled.with(world.publishing(world.published() + 1).over()));
  }

  @Override
  public Observation observe(Resting<World, Ran> settled) {
    World world = settled.remains();
    Ran seen = settled.seen() == null ? new Ran(0, false, "doing", "", true) : settled.seen();
    Tree tree = settled.volumes().getFirst().recovered();
    SortedMap<String, String> running = new TreeMap<>(Map.of("app", Integer.toString(seen.revision())));
    SortedMap<String, String> reported =
        new TreeMap<>(Map.of("app", Integer.toString(Report.read(tree.content(Updater.REPORT)).current())));
    // What was done and reported as done may have been the update before.
    boolean earlier = seen.activity().equals("done") && seen.revision() < world.published() && reported.equals(running);
    return new Observation(outcome(world, seen), running, reported, earlier ? "none" : seen.activity(), seen.why(),
        !world.takenBack() || setup.whenRevoked() == DownloadSetup.WhenRevoked.KEEP,
        world.honest(), seen.genuine(), false, new TreeMap<>(), false,
        Hash128.of(running + "|" + seen.genuine()).toString(), NO_RECORDS, false,
        blocks(tree.root()), ALLOWED_BLOCKS, seen.inBounds());
  }

  private static Outcome outcome(World world, Ran seen) {
    if (seen.revision() == 0) {
      return Outcome.BRICK;
    }
    if (!seen.genuine()) {
      return Outcome.MIXED;
    }
    return seen.revision() == world.published() ? Outcome.NEW : Outcome.OLD;
  }

  private static long blocks(Tree.Directory folder) {
    long sum = 1;
    for (String name : folder.names()) {
      sum += switch (folder.get(name)) {
        case Tree.Directory inner -> blocks(inner);
        case Tree.File file -> (file.content().length() + BLOCK - 1) / BLOCK;
        case Tree.Symlink link -> 0;
      };
    }
    return sum;
  }

  @Override
  public List<Variable> describe(Resting<World, Ran> state) {
    Tree tree = state.volumes().getFirst().recovered();
    Report report = Report.read(tree.content(Updater.REPORT));
    World world = state.remains();
    return List.of(
        new Variable("data", "current", String.valueOf(tree.target(Updater.CURRENT))),
        new Variable("data", "stored", String.join(" ", tree.names(switch (setup.store()) {
          case SNAP -> SnapClient.SNAPS;
          case OSTREE -> PullClient.REPO;
        }))),
        new Variable("data", "report", report.state() + " " + report.current() + " " + report.why()),
        new Variable("store", "published", Integer.toString(world.published())),
        new Variable("store", "keys", world.keys().toString()),
        new Variable("world", "clock", world.clock().toString()),
        new Variable("world", "fault", world.armed() + world.standing()));
  }
}
