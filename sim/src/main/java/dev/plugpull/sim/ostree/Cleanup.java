package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.ostree.Sysroot.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** B12: what no boot configuration refers to goes, in libostree's order. Nothing of it is synced. */
final class Cleanup {
  private final Machine machine;
  private final LiveVolume root;
  private final LiveVolume boot;

  Cleanup(Machine machine) {
    this.machine = machine;
    this.root = machine.root();
    this.boot = machine.boot();
  }

  void run(Sysroot now, Deployment running) {
    Leftovers leftovers = Leftovers.find(machine.setup, root.tree(), boot.tree(), now, running);
    if (!leftovers.boot().isEmpty()) {
      leftovers.boot().forEach(path -> Writes.removeTree(boot, path));
      machine.point("B12.loader", "removes the old boot version from /boot");
    }
    if (!leftovers.links().isEmpty()) {
      leftovers.links().forEach(path -> Writes.removeTree(root, path));
      machine.point("B12.links", "removes the old links of /ostree");
    }
    deployments(leftovers.deployments());
    kernels(leftovers);
    Writes.replaceSynced(machine, "B12.refs", root, Repository.DEPLOYED_REFS, Repository.refs(kept(now, running)));
    new Repository(machine).prune();
  }

  /** Only what takes room on /boot. */
  void kernels(Sysroot now) {
    kernels(Leftovers.find(machine.setup, root.tree(), boot.tree(), now, null));
  }

  private void kernels(Leftovers leftovers) {
    if (!leftovers.kernels().isEmpty()) {
      leftovers.kernels().forEach(path -> Writes.removeTree(boot, path));
      machine.point("B12.kernels", "removes kernels that no entry names");
    }
  }

  private static List<Deployment> kept(Sysroot now, Deployment running) {
    List<Deployment> kept = new ArrayList<>(now.deployments());
    if (running != null && !now.deployments().contains(running)) {
      kept.add(running);
    }
    return kept;
  }

  private void deployments(List<String> folders) {
    if (folders.isEmpty()) {
      return;
    }
    TreeSet<String> stuck = new TreeSet<>();
    for (String path : folders) {
      boolean flagged = Leftovers.immutable(machine.setup, path);
      if (flagged && machine.setup.has(Departure.CLEANUP_STOPS)) {
        stuck.add(path);
      } else {
        Writes.removeTree(root, path + ".origin");
        Writes.removeTree(root, path);
      }
    }
    machine.point("B12.deployments", "removes deployments that no entry names");
    if (!stuck.isEmpty()) {
      throw new SysrootError("cannot clean up: " + stuck.first() + ": operation not permitted");
    }
  }
}
