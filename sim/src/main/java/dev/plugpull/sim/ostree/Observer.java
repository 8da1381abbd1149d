package dev.plugpull.sim.ostree;

import dev.plugpull.sim.device.Deaf;
import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.UpdatingDevice.Variable;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ostree.Sysroot.Deployment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at a device from outside: what runs, what is reported, what is stored. */
final class Observer {
  /** Room for configuration, links and small objects, in blocks. */
  private static final long SLACK_BLOCKS = 128;

  private Observer() {}

  static Observation observe(OstreeSetup setup, OstreeState state) {
    Running running = state.observed() == null ? Running.NOTHING : state.observed();
    World world = state.world();
    SortedMap<String, String> runs = new TreeMap<>();
    runs.put("kernel", Integer.toString(running.kernel()));
    runs.put("initramfs", Integer.toString(running.initramfs()));
    runs.put("os", running.commit() + (running.usrWhole() ? "" : " damaged"));
    SortedMap<String, String> reported = new TreeMap<>();
    if (running.commit() != Versions.NONE) {
      reported.put("os", Integer.toString(running.commit()));
    }
    Tree root = state.volumes().getFirst().recovered();
    return new Observation(
        outcome(setup, running, world), runs, reported, change(world), world.why(),
        good(setup, world), !world.diskFull(), !world.unverified(), false, data(root, running, world),
        baseChanged(setup, root, running), Hash128.of(runs.toString()).toString(), bookkeeping(setup, state),
        !OstreeSetup.VAR.equals(root.content(Sysroot.VAR)),
        used(state), allowed(setup, world, running), true);
  }

  private static boolean good(OstreeSetup setup, World world) {
    boolean fine = setup.scenario().target() == Behaviour.GOOD
        && !setup.has(Circumstance.SHARED_DATA_BREAKS_HEALTH);
    return world.offered() == Versions.NEXT && !setup.has(Circumstance.SHARED_DATA_BREAKS_HEALTH) || fine;
  }

  private static String change(World world) {
    if (!world.told().isEmpty()) {
      return world.told();
    }
    return world.attempts() >= 2 ? "none" : "doing";
  }

  private static Outcome outcome(OstreeSetup setup, Running running, World world) {
    if (running.commit() == Versions.NONE) {
      return Outcome.BRICK;
    }
    int kernel = setup.kernel(running.commit());
    boolean matched = running.kernel() == kernel && running.initramfs() == kernel && running.usrWhole();
    if (!matched) {
      return Outcome.MIXED;
    }
    return running.commit() == world.offered() ? Outcome.NEW : Outcome.OLD;
  }

  private static SortedMap<String, String> data(Tree root, Running running, World world) {
    SortedMap<String, String> result = new TreeMap<>();
    if (running.commit() == Versions.NONE) {
      return result;
    }
    Etc etc = Etc.read(root.content(Sysroot.DEPLOY + "/" + running.deployment() + "/etc"));
    result.put("/etc/user.conf", etc != null && etc.files().containsKey("user.conf") ? "kept" : "lost");
    if (world.edited() && world.wish().equals("upgrade")) {
      result.put("/etc/late.conf", etc != null && etc.files().containsKey("late.conf") ? "kept" : "lost");
    }
    Content var = root.content(Sysroot.VAR);
    result.put("/var", var != null && !var.isPart() && var.length() > 0 ? "kept" : "lost");
    return result;
  }

  private static boolean baseChanged(OstreeSetup setup, Tree root, Running running) {
    Content usr = root.content(Sysroot.DEPLOY + "/" + running.deployment() + "/usr");
    return OstreeSetup.changedUsr().equals(usr)
        || running.usrWhole() && usr != null && !usr.equals(setup.usr(running.commit()));
  }

  private static String bookkeeping(OstreeSetup setup, OstreeState state) {
    try {
      Sysroot sysroot = Sysroot.load(state.volumes().getFirst().recovered(),
          state.volumes().get(setup.bootVolume()).recovered(), setup.boot());
      return sysroot.deployments().stream().map(Deployment::folder).toList().toString();
    } catch (SysrootError e) {
      return e.getMessage();
    }
  }

  /**
   * New and rollback; where the update did not arrive, or a cut struck and may have cut a cleanup short, one release
   * more until the next update cleans up; what is pinned.
   */
  private static long allowed(OstreeSetup setup, World world, Running running) {
    long release = setup.kernelBlocks() + (setup.usr(Versions.NEW).length() / OstreeSetup.BLOCK);
    int releases = running.commit() == world.offered() && !world.cut() ? 2 : 3;
    return (releases + (setup.has(Circumstance.PINNED) ? 1 : 0)) * release + SLACK_BLOCKS;
  }

  private static long used(OstreeState state) {
    long sum = 0;
    for (VolumeState volume : state.volumes()) {
      Tree tree = DiskFiller.without(volume.recovered()).without("/boot" + DiskFiller.PATH);
      sum += blocks(tree.root(), new HashSet<>());
    }
    return sum;
  }

  private static long blocks(Tree.Directory directory, Set<Long> counted) {
    long sum = 1;
    for (String name : directory.names()) {
      switch (directory.get(name)) {
        case Tree.Directory inner -> sum += blocks(inner, counted);
        case Tree.File file -> sum += counted.add(file.inode())
            ? (file.content().length() + OstreeSetup.BLOCK - 1) / OstreeSetup.BLOCK : 0;
        case Tree.Symlink link -> sum += 0;
      }
    }
    return sum;
  }

  static List<Variable> describe(OstreeSetup setup, OstreeState state) {
    List<Variable> variables = new ArrayList<>();
    VolumeState boot = state.volumes().get(setup.bootVolume());
    Tree root = state.volumes().getFirst().recovered();
    String loader = boot.recovered().target(setup.boot() + "/loader");
    variables.add(new Variable("/boot/loader", "the kernel sees", loader == null ? "missing" : loader));
    boolean same = boot.homeIsCurrent()
        || LoaderView.of(boot.open().boot(), setup.boot())
            .equals(LoaderView.of(boot.checkpointed().open().boot(), setup.boot()));
    variables.add(new Variable("/boot/loader", "the boot loader sees", same ? "the same" : "something else"));
    for (String version : List.of("0", "1")) {
      String target = root.target("/ostree/boot." + version);
      variables.add(new Variable("/ostree/boot." + version, "leads to", target == null ? "missing" : target));
    }
    variables.add(new Variable("/ostree/deploy", "deployments", String.join(",", root.names(Sysroot.DEPLOY).stream()
        .filter(name -> name.length() == 4).toList())));
    variables.add(new Variable("sysroot", "boot list", bookkeeping(setup, state)));
    if (setup.board().greenboot() != OstreeBoard.Greenboot.NONE) {
      Machine machine = new Machine(setup, state, new Deaf<>());
      machine.boot().mount();
      GrubEnv environment = new GrubEnv(machine);
      for (String name : List.of("boot_counter", "boot_success", "fallback", "greenboot_next_deployment_id")) {
        variables.add(new Variable("grubenv", name, environment.get(name)));
      }
    }
    variables.add(new Variable("operator", "was told", change(state.world())));
    return variables;
  }
}
