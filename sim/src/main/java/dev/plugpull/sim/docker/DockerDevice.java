package dev.plugpull.sim.docker;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.device.Resting;
import dev.plugpull.sim.device.Struck;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.docker.DockerWorld.Asks;
import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A device that runs two applications as containers; one of them is updated. */
public final class DockerDevice implements UpdatingDevice<Resting<DockerWorld, Seen>> {
  private static final String DOCUMENT = "/volumes/data/document";
    private static final long MIB = 1 << 20;
  private static final Content BASE = Content.opaque("base system", MIB);
  private static final long BLOCK_BYTES = 4096;
  /** The layers of a new image, and its download. */
  private static final long MORE_BLOCKS = 60 * MIB / BLOCK_BYTES;

  private final DockerSetup setup;
  private final VolumeState installed;

  DockerDevice(DockerSetup setup) {
    this.setup = setup;
    Ext4 format = Ext4.format("data").size(512 * MIB);
    SortedSet<String> layers = new TreeSet<>();
    for (Image image : List.of(Image.app(Image.OLD), Image.other())) {
      layers.addAll(image.layers());
      Container container = Container.created(image.app() + "-1a", image.app(), Image.OLD).started();
      format.with(image.configPath(), image.config()).with(container.configPath(), container.config())
          .with(container.hostPath(), setup.restart().hostConfig());
    }
    for (String layer : layers) {
      format.with(Image.filesPath(layer), Image.files(layer))
          .with(Image.recordPath(layer), Image.record(layer));
    }
    format.with(Image.TAGS, Image.tags(Image.OLD)).with(Orchestrator.STATE, Orchestrator.state(Image.OLD, 0))
        .with(DOCUMENT, Content.opaque("document", 20_000)).with(Daemon.BASE_SYSTEM, BASE);
    var volume = format.state().open();
    volume.mount();
    volume.mkdir(ImageStore.DOWNLOADS);
    volume.sync();
    this.installed = volume.settled();
  }

  @Override
  public Resting<DockerWorld, Seen> start() {
    DockerScenario scenario = setup.scenario();
    Asks asks = scenario.askedOnce() ? Asks.ONCE : Asks.AT_EVERY_START;
    return new Resting<>(List.of(installed),
        new DockerWorld(Image.NEW, scenario.strikes(), asks, scenario.revertible(), false, false), null);
  }

  @Override
  public Hash128 key(Resting<DockerWorld, Seen> state) {
    return state.remains().hash().then(state.volumes().getFirst().hash());
  }

  @Override
  public BootEnd<Resting<DockerWorld, Seen>> boot(
      Resting<DockerWorld, Seen> state, BootListener<Resting<DockerWorld, Seen>> listener) {
    PoweredOn<DockerWorld, Seen> machine = new PoweredOn<>(state, listener, setup.ideal(), 0);
    machine.mount();
    machine.full(state.remains().full());
    machine.actor("dockerd");
    while (true) {
      String refusal = Daemon.refusal(machine.volume(0).tree());
      if (!refusal.isEmpty()) {
        machine.step("does not start: " + refusal);
        return new BootEnd.Settled<>(machine.settled(new Seen(refusal, "", Collections.emptySortedSet())));
      }
      try {
        machine.killable(true);
        Daemon daemon = new Daemon(setup, machine);
        daemon.startUp();
        String failure = machine.remains().asks() == Asks.NEVER ? ""
            : new Orchestrator(setup, machine, daemon).follow(machine.remains().wanted());
        return new BootEnd.Settled<>(machine.settled(new Seen("", failure, daemon.running())));
      } catch (Struck struck) {
        if (struck.by() != Interruption.DAEMON_KILLED) {
          return machine.ended(struck);
        }
        machine.step("is started again");
      }
    }
  }

  @Override
  public List<String> volumes() {
    return List.of("data");
  }

  @Override
  public List<Interruption> interruptions(Resting<DockerWorld, Seen> state) {
    return List.copyOf(state.remains().strikes());
  }

  @Override
  public List<Event<Resting<DockerWorld, Seen>>> eventsAtRest(Resting<DockerWorld, Seen> settled) {
    List<Event<Resting<DockerWorld, Seen>>> events = new ArrayList<>();
    DockerWorld world = settled.remains();
    if (world.revertible() && version(settled) == world.offered()) {
      events.add(new Event<>("the user runs the old image again", settled.with(world.goesBack())));
    }
    if (world.full()) {
      Resting<DockerWorld, Seen> freed = settled.with(0, DiskFiller.freed(settled.volumes().getFirst()));
      events.add(new Event<>("disk freed", freed.with(world.freed())));
    }
    return events;
  }

  @Override
  public Optional<Resting<DockerWorld, Seen>> nextUpdate(Resting<DockerWorld, Seen> settled) {
    if (settled.remains().offered() == Image.NEXT) {
      return Optional.empty();
    }
    Resting<DockerWorld, Seen> freed = settled.with(0, DiskFiller.freed(settled.volumes().getFirst()));
    return Optional.of(freed.with(settled.remains().freed().offers(Image.NEXT)));
  }

  @Override
  public Optional<Resting<DockerWorld, Seen>> unattended(Resting<DockerWorld, Seen> state) {
    return Optional.of(state.with(state.remains().alone()));
  }

  /** The one version of the application that runs; 0 if none or several do. */
  private static int version(Resting<DockerWorld, Seen> state) {
    List<Integer> versions = versions(state);
    return versions.size() == 1 ? versions.getFirst() : 0;
  }

  private static List<Integer> versions(Resting<DockerWorld, Seen> state) {
    Tree tree = state.volumes().getFirst().recovered();
    return running(state).stream().filter(it -> !it.name().equals(Image.OTHER) && it.image().whole(tree))
        .map(Container::version).sorted().toList();
  }

  private static List<Container> running(Resting<DockerWorld, Seen> state) {
    Tree tree = state.volumes().getFirst().recovered();
    return state.seen() == null ? List.of()
        : Container.all(tree).stream().filter(it -> state.seen().running().contains(it.id())).toList();
  }

  @Override
  public Observation observe(Resting<DockerWorld, Seen> state) {
    Tree tree = state.volumes().getFirst().recovered();
    DockerWorld world = state.remains();
    String refusal = state.seen() == null ? "" : state.seen().refusal();
    List<Integer> versions = versions(state);
    SortedMap<String, String> runs = new TreeMap<>();
    runs.put("app", versions.isEmpty() ? "nothing"
        : versions.stream().map(String::valueOf).collect(Collectors.joining(" and ")));
    SortedMap<String, String> reported = new TreeMap<>();
    running(state).stream().filter(it -> it.name().equals(Image.APP))
        .forEach(it -> reported.put("app", Integer.toString(it.version())));
    Content document = tree.content(DOCUMENT);
    SortedMap<String, String> data = new TreeMap<>();
    data.put("volume", document != null && !document.isPart() && document.length() > 0 ? "kept" : "lost");
    int version = version(state);
    Outcome outcome = !refusal.isEmpty() ? Outcome.STUCK : version == 0 ? Outcome.MIXED
        : version == world.offered() ? Outcome.NEW : Outcome.OLD;
    boolean baseChanged = !BASE.equals(tree.content(Daemon.BASE_SYSTEM));
    return new Observation(outcome, runs, reported, change(state, reported), why(state),
        world.offered() != Image.NEW || setup.scenario().good(), world.asks() != Asks.NEVER && !world.reverted(), true,
        false, data, baseChanged, Hash128.of(runs.toString()).toString(), "", foreign(state), blocks(tree),
        blocks(installed.recovered()) + MORE_BLOCKS, true);
  }

  private static String why(Resting<DockerWorld, Seen> state) {
    if (state.seen() == null) {
      return "";
    }
    String failure = state.seen().refusal().isEmpty() ? state.seen().failure() : state.seen().refusal();
    return failure.isEmpty() && state.remains().reverted() ? "reverted" : failure;
  }

  private static String change(Resting<DockerWorld, Seen> state, SortedMap<String, String> reported) {
    if (state.seen() == null || !state.seen().refusal().isEmpty()) {
      return "unknown";
    }
    if (!state.seen().failure().isEmpty()) {
      return "failed";
    }
    return Integer.toString(state.remains().wanted()).equals(reported.get("app")) ? "done" : "none";
  }

  /** The other application runs, and not a byte of what belongs to it is another. */
  private boolean foreign(Resting<DockerWorld, Seen> state) {
    Tree tree = state.volumes().getFirst().recovered();
    Tree before = installed.recovered();
    List<String> paths = new ArrayList<>(List.of(Container.FOLDER + "/other-1a", Image.other().configPath()));
    Image.other().layers().forEach(layer -> {
      paths.add(Image.LAYERS + "/" + layer);
      paths.add(Image.RECORDS + "/" + layer);
    });
    boolean runs = state.seen() != null && state.seen().running().contains("other-1a")
        || !setup.restart().starts(Container.created("other-1a", Image.OTHER, Image.OLD).started());
    return !runs || paths.stream().anyMatch(path -> !same(tree.get(path), before.get(path)));
  }

  private static boolean same(Tree.Node now, Tree.Node before) {
    return now != null && now.hash().equals(before.hash());
  }

  private static long blocks(Tree tree) {
    return blocks(DiskFiller.without(tree).root());
  }

  private static long blocks(Tree.Directory directory) {
    long sum = 0;
    for (int i = 0; i < directory.size(); i++) {
      sum += switch (directory.node(i)) {
        case Tree.Directory below -> blocks(below);
        case Tree.File file -> (file.content().length() + BLOCK_BYTES - 1) / BLOCK_BYTES;
        case Tree.Symlink link -> 0;
      };
    }
    return sum;
  }

  @Override
  public List<Variable> describe(Resting<DockerWorld, Seen> state) {
    Tree tree = state.volumes().getFirst().recovered();
    Content tags = tree.content(Image.TAGS);
    return List.of(
        new Variable(Image.TAGS, "tags",
            tags == null ? "missing" : tags.text().orElse("unreadable").strip().replace('\n', ' ')),
        new Variable(Container.FOLDER, "containers", Container.all(tree).stream()
            .map(it -> it.name() + ":" + it.version() + (it.running() ? " running" : " stopped"))
            .collect(Collectors.joining(", "))),
        new Variable(Image.RECORDS, "layers", String.join(" ", tree.names(Image.RECORDS))));
  }
}
