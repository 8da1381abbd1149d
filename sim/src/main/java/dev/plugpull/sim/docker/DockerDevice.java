package dev.plugpull.sim.docker;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A device that runs two applications as containers; one of them is updated. */
public final class DockerDevice implements UpdatingDevice<Resting<DockerWorld, String>> {
  private static final int OLD = 1;
  private static final int NEW = 2;
  private static final int NEXT = 3;
  private static final String DOCUMENT = "/volumes/data/document";
  private static final long MIB = 1 << 20;
  private static final long BLOCK_BYTES = 4096;

  private final DockerSetup setup;
  private final VolumeState installed;

  DockerDevice(DockerSetup setup) {
    this.setup = setup;
    Ext4 format = Ext4.format("data").size(1024 * MIB);
    for (String app : List.of("app", "other")) {
      format.with(Daemon.LAYERS + "/" + app + "-1/diff", Daemon.layer(app, OLD));
      format.with(Daemon.RECORDS + "/" + app + "-1/diff", Daemon.record(app, OLD));
      format.with(Daemon.CONTAINERS + "/" + app, Daemon.container(app, OLD, true));
    }
    format.with(Daemon.TAGS, Daemon.tags(OLD)).with(DOCUMENT, Content.opaque("document", 20_000));
    this.installed = format.state();
  }

  @Override
  public Resting<DockerWorld, String> start() {
    return new Resting<>(List.of(installed), new DockerWorld(NEW, setup.strikes()), null);
  }

  @Override
  public Hash128 key(Resting<DockerWorld, String> state) {
    return state.remains().hash().then(state.volumes().getFirst().hash());
  }

  @Override
  public BootEnd<Resting<DockerWorld, String>> boot(
      Resting<DockerWorld, String> state, BootListener<Resting<DockerWorld, String>> listener) {
    PoweredOn<DockerWorld, String> machine = new PoweredOn<>(state, listener, setup.ideal(), 0);
    machine.mount();
    machine.actor("dockerd");
    while (true) {
      String refusal = Daemon.refusal(machine.volume(0).tree());
      if (!refusal.isEmpty()) {
        machine.step("does not start: " + refusal);
        return new BootEnd.Settled<>(machine.settled(refusal));
      }
      try {
        machine.killable(true);
        new Daemon(setup, machine).follow();
        return new BootEnd.Settled<>(machine.settled(""));
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
  public List<Interruption> interruptions(Resting<DockerWorld, String> state) {
    return List.copyOf(state.remains().strikes());
  }

  @Override
  public List<Event<Resting<DockerWorld, String>>> eventsAtRest(Resting<DockerWorld, String> settled) {
    return List.of();
  }

  @Override
  public Optional<Resting<DockerWorld, String>> nextUpdate(Resting<DockerWorld, String> settled) {
    return settled.remains().offered() == NEXT
        ? Optional.empty()
        : Optional.of(settled.with(new DockerWorld(NEXT, Collections.emptySortedSet())));
  }

  @Override
  public Observation observe(Resting<DockerWorld, String> state) {
    Tree tree = state.volumes().getFirst().recovered();
    int offered = state.remains().offered();
    boolean starts = state.seen() != null && state.seen().isEmpty();
    int app = starts ? Daemon.running(tree, "app", offered) : 0;
    boolean other = starts && Daemon.running(tree, "other", OLD) == OLD;
    SortedMap<String, String> runs = new TreeMap<>();
    runs.put("app", app == 0 ? "nothing" : Integer.toString(app));
    SortedMap<String, String> reported = new TreeMap<>();
    boolean tagged = Daemon.container("app", offered, true).equals(tree.content(Daemon.CONTAINERS + "/app"));
    if (starts && tagged) {
      reported.put("app", Integer.toString(offered));
    }
    Content document = tree.content(DOCUMENT);
    SortedMap<String, String> data = new TreeMap<>();
    data.put("volume", document != null && !document.isPart() && document.length() > 0 ? "kept" : "lost");
    Outcome outcome = !starts ? Outcome.STUCK : app == offered ? Outcome.NEW
        : app == 0 ? Outcome.MIXED : Outcome.OLD;
    return new Observation(outcome, runs, reported, !starts ? "unknown" : tagged ? "done" : "none",
        state.seen() == null ? "" : state.seen(), true, true, true, false, data, false,
        Hash128.of(runs.toString()).toString(), "", !other, blocks(tree.root()),
        blocks(installed.recovered().root()) + 3 * Daemon.LAYER_BYTES / BLOCK_BYTES, true);
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
  public List<Variable> describe(Resting<DockerWorld, String> state) {
    Tree tree = state.volumes().getFirst().recovered();
    return List.of(
        new Variable(Daemon.TAGS, "tags", words(tree.content(Daemon.TAGS))),
        new Variable(Daemon.CONTAINERS, "app", words(tree.content(Daemon.CONTAINERS + "/app"))),
        new Variable(Daemon.RECORDS, "layers", String.join(" ", tree.names(Daemon.RECORDS))));
  }

  private static String words(Content content) {
    return content == null ? "missing" : content.text().orElse("unreadable").strip().replace('\n', ' ');
  }
}
