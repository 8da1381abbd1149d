package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.ostree.Sysroot.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What cut-off updates leave and no boot configuration refers to.
 *
 * <p>Declared reduction <em>inert</em>: libostree removes all of it before it writes the same names again (rm -rf
 * before filling, prepare_cleanup before deploying, staging folders of other boots before a commit), and nothing reads
 * it. So a boot removes it as soon as user space runs, at once and without a crash point, and states that differ only
 * in it are one. How much of it piles up over cuts in a row before that cleanup is therefore not looked at. Where a
 * boot record stands outside {@code /boot}, it may still name what the boot list no longer names: links, kernels and
 * the other boot version are left to libostree's own cleanup there.
 *
 * @param boot on the volume of {@code /boot}: the other boot version, a loader.tmp
 * @param links on the root file system: link folders of the other versions
 * @param deployments paths of deployment folders
 * @param kernels on the volume of {@code /boot}
 * @param temporaries on the root file system: staging folders and temporary files
 */
record Leftovers(
    List<String> boot, List<String> links, List<String> deployments, List<String> kernels, List<String> temporaries) {

  static Leftovers find(OstreeSetup setup, Tree root, Tree bootTree, Sysroot now, Deployment running) {
    TreeSet<String> folders = new TreeSet<>();
    TreeSet<String> kernels = new TreeSet<>();
    now.deployments().forEach(d -> folders.add(d.folder()));
    now.deployments().forEach(d -> kernels.add("os-" + d.kernel()));
    if (running != null) {
      folders.add(running.folder());
    }
    return new Leftovers(
        otherVersion(setup.boot(), bootTree, now), links(root, now), deployments(root, folders),
        kernels(setup.boot(), bootTree, kernels), temporaries(root));
  }

  private static List<String> otherVersion(String prefix, Tree boot, Sysroot now) {
    List<String> paths = new ArrayList<>();
    for (String name : List.of("loader." + (1 - now.bootVersion()), "loader.tmp", "loader.kept")) {
      if (boot.exists(prefix + "/" + name)) {
        paths.add(prefix + "/" + name);
      }
    }
    return paths;
  }

  private static List<String> links(Tree root, Sysroot now) {
    List<String> paths = new ArrayList<>();
    String current = "boot." + now.bootVersion();
    for (String name : root.names("/ostree")) {
      boolean kept = name.equals(current) || name.equals(current + "." + now.subVersion());
      if (name.startsWith("boot.") && !kept) {
        paths.add("/ostree/" + name);
      }
    }
    return paths;
  }

  private static List<String> deployments(Tree root, TreeSet<String> kept) {
    TreeSet<String> paths = new TreeSet<>();
    for (String name : root.names(Sysroot.DEPLOY)) {
      String folder = name.substring(0, Math.min(4, name.length()));
      if (!kept.contains(folder)) {
        paths.add(Sysroot.DEPLOY + "/" + folder);
      }
    }
    return List.copyOf(paths);
  }

  private static List<String> kernels(String prefix, Tree boot, TreeSet<String> kept) {
    return boot.names(prefix + "/ostree").stream()
        .filter(name -> name.startsWith("os-") && !kept.contains(name))
        .map(name -> prefix + "/ostree/" + name).toList();
  }

  private static List<String> temporaries(Tree root) {
    List<String> paths = new ArrayList<>();
    root.names(Sysroot.REPO + "/tmp").forEach(name -> paths.add(Sysroot.REPO + "/tmp/" + name));
    for (String folder : List.of(Sysroot.REPO + "/refs", Sysroot.DEPLOY, "/ostree")) {
      root.names(folder).stream().filter(name -> name.endsWith(Writes.TEMPORARY))
          .forEach(name -> paths.add(folder + "/" + name));
    }
    for (String deployment : root.names(Sysroot.DEPLOY)) {
      String etc = Sysroot.DEPLOY + "/" + deployment + "/etc" + Writes.TEMPORARY;
      if (root.exists(etc)) {
        paths.add(etc);
      }
    }
    return paths;
  }

  /** True if some file below has the immutable flag. */
  static boolean immutable(OstreeSetup setup, String path) {
    return setup.has(Circumstance.IMMUTABLE_FILE) && path.endsWith("/" + Versions.commit(Versions.OLDEST) + ".0");
  }

  private boolean isEmpty() {
    return boot.isEmpty() && links.isEmpty() && deployments.isEmpty() && kernels.isEmpty() && temporaries.isEmpty();
  }

  /** Of it what nothing can read any more. */
  private Leftovers inert(OstreeSetup setup) {
    return setup.record() == null ? this
        : new Leftovers(List.of(), List.of(), deployments, List.of(), temporaries);
  }

  /** Removes it from both trees. */
  static Tree[] without(OstreeSetup setup, Tree root, Tree boot, Sysroot now) {
    Leftovers found = find(setup, root, boot, now, null).inert(setup);
    Tree cleanRoot = root;
    for (String path : found.onRoot(setup)) {
      cleanRoot = cleanRoot.without(path);
    }
    Tree cleanBoot = setup.board().separateBoot() ? boot : cleanRoot;
    for (String path : found.onBoot()) {
      cleanBoot = cleanBoot.without(path);
    }
    return new Tree[] {setup.board().separateBoot() ? cleanRoot : cleanBoot, cleanBoot};
  }

  private List<String> onRoot(OstreeSetup setup) {
    List<String> paths = new ArrayList<>(links);
    for (String path : deployments) {
      if (!immutable(setup, path)) {
        paths.add(path);
        paths.add(path + ".origin");
      }
    }
    paths.addAll(temporaries);
    return paths;
  }

  private List<String> onBoot() {
    List<String> paths = new ArrayList<>(boot);
    paths.addAll(kernels);
    return paths;
  }

  /** Removes it from a running machine, without a crash point. */
  static void strip(Machine machine, Sysroot now, Deployment running) {
    LiveVolume root = machine.root();
    LiveVolume boot = machine.boot();
    Leftovers found = find(machine.setup, root.tree(), boot.tree(), now, running).inert(machine.setup);
    if (!found.isEmpty()) {
      found.onRoot(machine.setup).forEach(path -> Writes.removeTree(root, path));
      found.onBoot().forEach(path -> Writes.removeTree(boot, path));
      root.freeze();
      boot.freeze();
    }
  }
}
