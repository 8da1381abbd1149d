package dev.plugpull.sim.flatpak;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.device.Resting;
import dev.plugpull.sim.device.Struck;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A device that runs an update of its applications at every start. */
public final class FlatpakDevice implements UpdatingDevice<Resting<FlatpakWorld, Seen>> {
  static final int OLD = 1;
  private static final int NEW = 2;
  private static final int NEXT = 3;
  /** What the host itself runs from. */
  private static final String BASE_SYSTEM = "/usr/base";
  private static final Content BASE = Content.text("the system beneath\n");
  private static final String DOCUMENT = "/home/app/editor/data/document";
  private static final long MIB = 1 << 20;
  private static final long BLOCK_BYTES = 4096;
  private static final List<Ref> REFS = List.of(Ref.RUNTIME, Ref.APP, Ref.OTHER);

  private final FlatpakSetup setup;
  private final VolumeState installed;

  FlatpakDevice(FlatpakSetup setup) {
    this.setup = setup;
    Ext4 format = Ext4.format("var").size(512 * MIB);
    for (Ref ref : REFS) {
      format.with(ref.object(OLD), ref.content(OLD)).with(ref.remote(), Ref.pointer(OLD))
          .with(ref.deployed(), Ref.pointer(OLD)).with(ref.deployment(OLD) + "/deploy", ref.record(OLD));
    }
    format.with(DOCUMENT, Content.opaque("document", 20_000)).with(BASE_SYSTEM, BASE);
    var volume = format.state().open();
    volume.mount();
    volume.mkdir("/removed");
    volume.mkdir("/exports");
    for (Ref ref : REFS) {
      volume.link(ref.object(OLD), ref.deployment(OLD) + "/files");
      volume.symlink(Integer.toString(OLD), ref.active());
      if (ref.kind().equals("app")) {
        volume.symlink("../app/" + ref.name() + "/active/export", ref.menuEntry(OLD));
      }
    }
    volume.sync();
    this.installed = volume.settled();
  }

  @Override
  public Resting<FlatpakWorld, Seen> start() {
    return new Resting<>(
        List.of(installed), new FlatpakWorld(NEW, setup.strikes(), setup.revertible(), false, false), null);
  }

  @Override
  public Hash128 key(Resting<FlatpakWorld, Seen> state) {
    return state.remains().hash().then(state.volumes().getFirst().hash());
  }

  @Override
  public BootEnd<Resting<FlatpakWorld, Seen>> boot(
      Resting<FlatpakWorld, Seen> state, BootListener<Resting<FlatpakWorld, Seen>> listener) {
    PoweredOn<FlatpakWorld, Seen> machine = new PoweredOn<>(state, listener, setup.ideal(), 0);
    machine.mount();
    machine.full(state.remains().full());
    machine.actor("flatpak");
    for (Ref ref : REFS) {
      if (ref.starts(machine.volume(0).tree()) == 0) {
        machine.violation("ATOM", "no version of " + ref.name() + " starts when the device is back");
      }
    }
    changeBase(machine);
    int inUse = setup.running() ? Ref.APP.starts(machine.volume(0).tree()) : 0;
    while (true) {
      try {
        machine.killable(true);
        String failure = new Installation(setup, machine, inUse).update(machine.remains().wanted());
        return new BootEnd.Settled<>(machine.settled(new Seen(failure)));
      } catch (Struck struck) {
        if (struck.by() != Interruption.DAEMON_KILLED) {
          return machine.ended(struck);
        }
        machine.step("is started again");
      }
    }
  }

  /** What runs in a sandbox tries to change the system outside it. */
  private void changeBase(PoweredOn<FlatpakWorld, Seen> machine) {
    if (!setup.has(FlatpakSetup.Departure.HOST_WRITABLE)) {
      machine.step(Ref.APP.name() + " tries to write " + BASE_SYSTEM + " and is refused: read-only file system");
    } else if (BASE.equals(machine.volume(0).tree().content(BASE_SYSTEM))) {
      new FileCalls(machine, machine.volume(0)).plain("base", BASE_SYSTEM, Content.text("changed by an application\n"));
    }
  }

  @Override
  public List<String> volumes() {
    return List.of("var");
  }

  @Override
  public List<Interruption> interruptions(Resting<FlatpakWorld, Seen> state) {
    return List.copyOf(state.remains().strikes());
  }

  @Override
  public List<Event<Resting<FlatpakWorld, Seen>>> eventsAtRest(Resting<FlatpakWorld, Seen> settled) {
    List<Event<Resting<FlatpakWorld, Seen>>> events = new ArrayList<>();
    FlatpakWorld world = settled.remains();
    if (world.revertible() && Ref.APP.activeVersion(settled.volumes().getFirst().recovered()) == world.offered()) {
      events.add(new Event<>("the user goes back to the old commit", settled.with(world.goesBack())));
    }
    if (world.full()) {
      Resting<FlatpakWorld, Seen> freed = settled.with(0, DiskFiller.freed(settled.volumes().getFirst()));
      events.add(new Event<>("disk freed", freed.with(world.freed())));
    }
    return events;
  }

  @Override
  public Optional<Resting<FlatpakWorld, Seen>> nextUpdate(Resting<FlatpakWorld, Seen> settled) {
    if (settled.remains().offered() == NEXT) {
      return Optional.empty();
    }
    Resting<FlatpakWorld, Seen> freed = settled.with(0, DiskFiller.freed(settled.volumes().getFirst()));
    return Optional.of(freed.with(settled.remains().freed().offers(NEXT)));
  }

  @Override
  public Observation observe(Resting<FlatpakWorld, Seen> state) {
    Tree tree = state.volumes().getFirst().recovered();
    FlatpakWorld world = state.remains();
    SortedMap<String, String> runs = new TreeMap<>();
    runs.put("runtime", word(Ref.RUNTIME.starts(tree)));
    runs.put("app", word(Ref.APP.starts(tree)));
    runs.put("menu", menu(tree));
    SortedMap<String, String> reported = new TreeMap<>();
    reported.put("runtime", word(Ref.RUNTIME.activeVersion(tree)));
    reported.put("app", word(Ref.APP.activeVersion(tree)));
    Content document = tree.content(DOCUMENT);
    SortedMap<String, String> data = new TreeMap<>();
    data.put("document", document != null && !document.isPart() && document.length() > 0 ? "kept" : "lost");
    String failure = state.seen() == null ? "" : state.seen().failure();
    String change = state.seen() == null ? "unknown" : failure.isEmpty() ? "done" : "failed";
    return new Observation(outcome(runs, world), runs, reported, change, world.reverted() ? "reverted" : failure, true,
        !world.reverted(), true, false, data, !BASE.equals(tree.content(BASE_SYSTEM)),
        Hash128.of(runs.toString()).toString(), "",
        Ref.OTHER.starts(tree) != OLD, blocks(tree), blocks(installed.recovered()) + allowedMore(), true);
  }

  private Outcome outcome(SortedMap<String, String> runs, FlatpakWorld world) {
    boolean mixed = !runs.get("app").equals(runs.get("menu"))
        || setup.together() && !runs.get("app").equals(runs.get("runtime"));
    if (mixed || runs.containsValue(word(0))) {
      return Outcome.MIXED;
    }
    String offered = word(world.offered());
    return runs.get("app").equals(offered) && runs.get("runtime").equals(offered) ? Outcome.NEW : Outcome.OLD;
  }

  private static String word(int version) {
    return version == 0 ? "nothing" : Integer.toString(version);
  }

  /** The version whose menu entry is there; several or none are told as they are. */
  private static String menu(Tree tree) {
    List<String> entries = tree.names("/exports").stream()
        .filter(name -> name.startsWith(Ref.APP.name() + "-") && !name.endsWith(FileCalls.TEMPORARY))
        .map(name -> name.replaceAll("\\D", "")).toList();
    return entries.isEmpty() ? word(0) : String.join(" and ", entries);
  }

  /** Two more versions of both: one that is there already and one that comes. */
  private static long allowedMore() {
    return 2 * (Ref.APP.bytes() + Ref.RUNTIME.bytes()) / BLOCK_BYTES;
  }

  /** Files that are linked twice count once. */
  private static long blocks(Tree tree) {
    SortedMap<Long, Long> files = new TreeMap<>();
    collect(DiskFiller.without(tree).root(), files);
    return files.values().stream().mapToLong(bytes -> (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES).sum();
  }

  private static void collect(Tree.Directory directory, SortedMap<Long, Long> files) {
    for (int i = 0; i < directory.size(); i++) {
      switch (directory.node(i)) {
        case Tree.Directory below -> collect(below, files);
        case Tree.File file -> files.put(file.inode(), file.content().length());
        case Tree.Symlink _ -> {
          // Takes no block of its own.
        }
      }
    }
  }

  @Override
  public List<Variable> describe(Resting<FlatpakWorld, Seen> state) {
    Tree tree = state.volumes().getFirst().recovered();
    return List.of(
        new Variable(Ref.RUNTIME.active(), "runtime", word(Ref.RUNTIME.activeVersion(tree))),
        new Variable(Ref.APP.active(), "application", word(Ref.APP.activeVersion(tree))),
        new Variable(Ref.APP.folder(), "deployments", String.join(" ", tree.names(Ref.APP.folder()))),
        new Variable("/exports", "menu", menu(tree)));
  }
}
