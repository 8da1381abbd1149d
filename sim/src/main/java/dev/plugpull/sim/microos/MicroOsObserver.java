package dev.plugpull.sim.microos;

import dev.plugpull.sim.bootloader.grub.GrubEnvironment;
import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.Resting;
import dev.plugpull.sim.device.UpdatingDevice.Variable;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at a device from outside. */
final class MicroOsObserver {
  /** Records, temporary files, and the one orphan of a cut-off snapshot that nobody deletes (hazard M9). */
  private static final long SLACK_BLOCKS = 1024;

  private final MicroOsSetup setup;
  private final Resting<World, Seen> state;
  private final Tree tree;
  private final Seen seen;
  private final World world;

  MicroOsObserver(MicroOsSetup setup, Resting<World, Seen> state) {
    this.setup = setup;
    this.state = state;
    this.tree = state.volumes().getFirst().recovered();
    this.seen = state.seen();
    this.world = state.remains();
  }

  Observation observe() {
    SortedMap<String, String> runs = new TreeMap<>();
    SortedMap<String, String> reported = new TreeMap<>();
    if (seen != null && seen.snapshot() != 0) {
      runs.put("kernel", Integer.toString(seen.kernel()));
      runs.put("system", Integer.toString(release("usr/base")));
      runs.put("modules", Integer.toString(release("usr/lib/modules")));
      reported.put("system", Integer.toString(Release.of(tree, next(), "usr/base")));
    }
    return new Observation(
        outcome(), runs, reported, change(), why(),
        setup.targetGood() || world.offered() == Release.NEXT,
        !world.full() && !world.reverted(),
        true, false, data(),
        baseChanged(),
        Hash128.of(runs.toString()).toString(),
        "",
        !Layout.APPLICATION_STATE.equals(tree.content(Layout.APPLICATION)),
        blocks(tree.root(), new HashSet<>()), allowed(), true);
  }

  /** The snapshot that is reported as the one of the next boot. */
  private int next() {
    if (!setup.hasBootEntries()) {
      return Layout.defaultSnapshot(tree);
    }
    BootEntry entry = SystemdBoot.chosen(state.volumes().get(1).recovered(), world.variables());
    return entry == null ? 0 : entry.snapshot();
  }

  private boolean baseChanged() {
    return seen != null && seen.snapshot() != 0
        && !Release.NOTICE_TEXT.equals(tree.content(Layout.root(seen.snapshot()) + "/" + Release.NOTICE));
  }

  private int release(String file) {
    return Release.of(tree, seen.snapshot(), file);
  }

  private Outcome outcome() {
    if (seen == null || seen.snapshot() == 0) {
      return Outcome.BRICK;
    }
    int base = release("usr/base");
    if (base != seen.kernel() || base != release("usr/lib/modules") || base == Release.NONE) {
      return Outcome.MIXED;
    }
    return base == world.offered() ? Outcome.NEW : Outcome.OLD;
  }

  private String change() {
    if (world.reverted() && world.offered() != Release.NEXT) {
      return "done";
    }
    if (world.withdrawn()) {
      return "failed";
    }
    if (seen != null && !seen.trouble().isEmpty()) {
      return seen.waiting() ? "waiting" : "failed";
    }
    return world.told() >= world.offered() ? "done" : "none";
  }

  private String why() {
    if (world.reverted() && world.offered() != Release.NEXT) {
      return "reverted";
    }
    return world.withdrawn() ? "the new system failed its health check" : seen == null ? "" : seen.trouble();
  }

  private SortedMap<String, String> data() {
    SortedMap<String, String> data = new TreeMap<>();
    if (seen == null || seen.snapshot() == 0) {
      return data;
    }
    Content users = setup.overlay()
        ? EtcOverlay.read(tree, seen.snapshot(), Etc.USERS_FILE)
        : tree.content(Layout.etc(seen.snapshot()) + "/" + Etc.USERS_FILE);
    boolean kept = Etc.EDITED.equals(users) || !world.edited() && Etc.FACTORY.equals(users);
    data.put("/etc", kept ? "kept" : "lost");
    Content document = tree.content(Layout.DOCUMENT);
    data.put("/home", document != null && !document.isPart() ? "kept" : "lost");
    return data;
  }

  /** Blocks of all extents, each once; what somebody else filled does not count. */
  private static long blocks(Tree.Directory directory, Set<Long> extents) {
    long sum = 0;
    for (int i = 0; i < directory.size(); i++) {
      if (directory.name(i).equals(DiskFiller.PATH.substring(1))) {
        continue;
      }
      sum += switch (directory.node(i)) {
        case Tree.Directory below -> blocks(below, extents);
        case Tree.File file -> extents.add(file.extent()) ? (file.content().length() + 4095) / 4096 : 0;
        case Tree.Symlink link -> 0;
      };
    }
    return sum;
  }

  /** Old, new, and as many of each kind as a clean-up leaves; and what is aged at the start. */
  private long allowed() {
    return (4 + 2L * setup.numberLimit()) * Release.blocks() + SLACK_BLOCKS;
  }

  List<Variable> describe() {
    List<Variable> variables = new ArrayList<>();
    variables.add(new Variable("btrfs", "default", Integer.toString(Layout.defaultSnapshot(tree))));
    for (int number : Layout.listed(tree)) {
      Info info = Info.of(tree, number);
      int whole = Release.whole(tree, number);
      String release = whole == Release.NONE ? "mixture" : Integer.toString(whole);
      variables.add(new Variable("snapshot " + number, "release", release
          + (info.inProgress() ? ", in progress" : "") + (info.cleanup() ? ", for clean-up" : "")));
    }
    variables.add(new Variable(Layout.HEALTH_STATE, "state", text(Layout.HEALTH_STATE)));
    variables.add(new Variable(Layout.TRANSACTIONAL_STATE, "state", text(Layout.TRANSACTIONAL_STATE)));
    if (setup.hasBootEntries()) {
      entries(variables);
      return variables;
    }
    byte[] block = state.volumes().getFirst().open().readRaw(Layout.ENVIRONMENT_OFFSET, Layout.ENVIRONMENT_BYTES);
    variables.add(new Variable("environment block", "variables",
        GrubEnvironment.grub(block).map(b -> b.variables().toString()).orElse("none")));
    return variables;
  }

  private void entries(List<Variable> variables) {
    Tree esp = state.volumes().get(1).recovered();
    for (String name : esp.names(BootEntry.FOLDER)) {
      variables.add(new Variable("ESP", "entry", name));
    }
    for (String version : esp.names("/os")) {
      for (String name : esp.names("/os/" + version)) {
        Content content = esp.content("/os/" + version + "/" + name);
        variables.add(new Variable("ESP", name, Release.of(content) == Release.NONE ? "not whole" : "whole"));
      }
    }
    variables.add(new Variable("firmware", "LoaderEntryDefault", Integer.toString(world.variables().preferred())));
  }

  private String text(String path) {
    Content content = tree.content(path);
    return content == null ? "missing" : content.text().orElse("unreadable").strip().replace('\n', ' ');
  }
}
