package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ostree.Sysroot.Deployment;
import java.util.ArrayList;
import java.util.List;

/** write_deployments: cases A and B of section 3.2 of the specification. */
final class BootWriter {
  private static final long MARGIN_BLOCKS = 16;
  private static final int SECONDS_PER_KERNEL = 60;
  private static final String STAMP = "/ostree-bootloader-update.stamp";

  private final Machine machine;
  private final OstreeSetup setup;
  private final LiveVolume root;
  private final LiveVolume boot;
  private final String prefix;
  private int seconds;

  BootWriter(Machine machine) {
    this.machine = machine;
    this.setup = machine.setup;
    this.root = machine.root();
    this.boot = machine.boot();
    this.prefix = setup.boot();
  }

  /** Systemd gave up waiting and killed the finalizer. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Killed(String why) {
      super(why, null, false, false);
    }
  }

  /** The links that {@code ostree=} arguments name. */
  static void links(LiveVolume root, List<Deployment> deployments, String folder) {
    for (int i = 0; i < deployments.size(); i++) {
      String inner = folder + "/os/" + deployments.get(i).kernel();
      Writes.folders(root, inner);
      root.symlink("../../../deploy/os/deploy/" + deployments.get(i).folder(),
          inner + "/" + BootEntry.serial(deployments, i));
    }
  }

  /** Makes a list of deployments the one that boots. {@code running} is never dropped from the disk. */
  void write(List<Deployment> wanted, Deployment running) {
    machine.actor("ostree");
    Sysroot now = load();
    if (sameBootConfiguration(wanted, now.deployments())) {
      swapLinks(wanted, now);
    } else {
      Sysroot before = earlyPrune(wanted, now);
      swapBootVersion(wanted, before);
    }
    new Cleanup(machine).run(load(), running);
  }

  Sysroot load() {
    return Sysroot.load(root.tree(), boot.tree(), prefix);
  }

  private boolean sameBootConfiguration(List<Deployment> wanted, List<Deployment> now) {
    boolean same = wanted.size() == now.size() && setup.has(Circumstance.LAYERED);
    for (int i = 0; same && i < wanted.size(); i++) {
      same = wanted.get(i).kernel().equals(now.get(i).kernel())
          && (wanted.get(i).release() == Versions.NEXT) == (now.get(i).release() == Versions.NEXT);
    }
    return same;
  }

  // ---- case A ----

  private void swapLinks(List<Deployment> wanted, Sysroot now) {
    String folder = "boot." + now.bootVersion() + "." + (1 - now.subVersion());
    Writes.removeTree(root, "/ostree/" + folder);
    links(root, wanted, "/ostree/" + folder);
    machine.point("A1", "fills /ostree/" + folder);
    fullSync("A2");
    Writes.link(root, folder, "/ostree/boot." + now.bootVersion());
    machine.point("A3", "renames /ostree/boot." + now.bootVersion() + " to " + folder + " and syncs nothing");
  }

  // ---- case B ----

  /** Step 0: if the new kernels do not fit, and would without those that go away, these go first. */
  private Sysroot earlyPrune(List<Deployment> wanted, Sysroot now) {
    boolean asks = setup.board().separateBoot() && !setup.has(Departure.NO_EARLY_PRUNE);
    if (!asks || kernelsToCopy(wanted) == 0 || fits(kernelsToCopy(wanted))) {
      return now;
    }
    List<Deployment> kept = now.deployments().stream().filter(wanted::contains).toList();
    if (kept.isEmpty() || kept.size() == now.deployments().size()) {
      return now;
    }
    machine.step("the new kernel does not fit into /boot: drops deployments that are going away first");
    swapBootVersion(kept, now);
    new Cleanup(machine).kernels(load());
    return load();
  }

  private long kernelsToCopy(List<Deployment> wanted) {
    return wanted.stream().map(Deployment::kernel).distinct()
        .filter(kernel -> !boot.tree().exists(prefix + "/ostree/os-" + kernel)).count();
  }

  private boolean fits(long kernels) {
    long perKernel = setup.has(Departure.ROUGH_ESTIMATE)
        ? setup.kernelBytes() / OstreeSetup.BLOCK : setup.kernelBlocks() + MARGIN_BLOCKS;
    return kernels * perKernel <= boot.space().freeBlocks();
  }

  private void swapBootVersion(List<Deployment> wanted, Sysroot now) {
    int next = 1 - now.bootVersion();
    String loader = prefix + "/loader." + next;
    Writes.removeTree(boot, loader);
    Writes.folders(boot, loader + "/entries");
    machine.point("B1", "makes /boot/loader." + next);
    wanted.forEach(this::kernel);
    for (BootEntry entry : BootEntry.of(setup, wanted, next)) {
      Writes.plain(boot, loader + "/entries/" + entry.file(), Content.text(entry.text()));
    }
    machine.point("B3", "writes the boot loader entries");
    bootLinks(wanted, next);
    backend(wanted, next, loader);
    removeIfThere(prefix + "/loader.tmp");
    boot.symlink("loader." + next, prefix + "/loader.tmp");
    machine.point("B6", "makes the link /boot/loader.tmp");
    fullSync("B7");
    swapLoader(wanted, next);
  }

  private void kernel(Deployment deployment) {
    String folder = prefix + "/ostree/os-" + deployment.kernel();
    Writes.folders(boot, folder);
    file(folder + "/vmlinuz", setup.kernelImage(deployment.release()));
    file(folder + "/initramfs.img", setup.initramfs(deployment.release()));
    if (setup.shipsDeviceTrees()) {
      file(folder + "/dtb", setup.deviceTrees(deployment.release()));
    }
  }

  private void file(String path, Content content) {
    if (boot.tree().exists(path)) {
      return;
    }
    Writes.copySynced(machine, "B2", boot, path, content);
    seconds += setup.has(Circumstance.SLOW_DISK) ? SECONDS_PER_KERNEL : 1;
    int limit = setup.has(Departure.STOP_TIMEOUT) ? 90 : 300;
    if (seconds > limit) {
      throw new Killed("the finalizer did not end within " + limit + " seconds");
    }
  }

  private void bootLinks(List<Deployment> wanted, int next) {
    String old = root.tree().target("/ostree/boot." + next);
    String folder = "boot." + next + "." + (old != null && old.endsWith(".1") ? 0 : 1);
    Writes.removeTree(root, "/ostree/" + folder);
    links(root, wanted, "/ostree/" + folder);
    Writes.link(root, folder, "/ostree/boot." + next);
    machine.point("B4", "fills /ostree/" + folder + " and names it /ostree/boot." + next);
  }

  private void backend(List<Deployment> wanted, int next, String loader) {
    String file = BootConfig.file(setup);
    if (setup.record() != null) {
      Writes.replace(boot, prefix + STAMP, Content.EMPTY);
      machine.point("B5", "writes /boot" + STAMP + ": the boot record is to be rewritten");
    } else if (!file.isEmpty()) {
      Writes.plain(boot, loader + "/" + file, BootConfig.content(setup, wanted, next));
      machine.point("B5.written", "writes " + file);
      boot.fsync(loader + "/" + file);
      machine.point("B5", "syncs " + file);
    }
  }

  /** The commit point, what makes the boot loader see it, and the record of a loader that reads no files. */
  private void swapLoader(List<Deployment> wanted, int next) {
    String kept = prefix + "/loader.kept";
    if (setup.has(Departure.OLD_LINK_KEPT) && boot.tree().exists(prefix + "/loader")) {
      removeIfThere(kept);
      boot.link(prefix + "/loader", kept);
      boot.freeze();
      machine.point("B8.kept", "gives the old link a second name and freezes");
    }
    boot.rename(prefix + "/loader.tmp", prefix + "/loader");
    machine.point("B8", "renames /boot/loader.tmp to /boot/loader, which names loader." + next);
    if (setup.has(Departure.FSYNC_AFTER_SWAP) || setup.has(Departure.SYNC_WITHOUT_FREEZE)) {
      boot.fsyncDirectory(prefix.isEmpty() ? "/" : prefix);
      machine.point("B9", "syncs the folder /boot");
    } else {
      boot.freeze();
      machine.point("B9", "freezes and thaws /boot");
    }
    removeIfThere(kept);
    record(wanted, next);
  }

  /** post_bls_sync: if the stamp is there, what boots is made of the first entry. */
  private void record(List<Deployment> wanted, int next) {
    if (boot.tree().exists(prefix + STAMP) && !setup.has(Departure.RECORD_LEFT)) {
      setup.record().rewrite(machine, BootEntry.of(setup, wanted, next).getFirst());
      machine.actor("ostree");
      boot.unlink(prefix + STAMP);
      machine.point("B10.stamp", "removes the stamp");
    }
  }

  private void removeIfThere(String path) {
    if (boot.tree().get(path) instanceof Tree.Symlink) {
      boot.unlink(path);
    }
  }

  /** syncfs of the file system that holds the repository, freeze and thaw of the one that holds /boot. */
  private void fullSync(String point) {
    if (setup.has(Departure.GLOBAL_SYNC) && setup.has(Circumstance.DEAD_NETWORK_MOUNT)) {
      throw new Killed("sync() waits for a network mount whose server is gone");
    }
    boolean reaches = !(setup.has(Departure.SYNCFS_ON_OVERLAY) && setup.board().composefs());
    if (reaches) {
      root.sync();
      machine.point(point + ".root", "syncs the root file system");
    }
    if (setup.has(Departure.SYNC_WITHOUT_FREEZE)) {
      boot.sync();
    } else {
      boot.freeze();
    }
    machine.point(point, "syncs /boot and writes its journal home");
  }

  /** Text of a failure that ends an operation; null for what is no failure of the device's programs. */
  static String failure(RuntimeException error) {
    return error instanceof SysrootError || error instanceof NoSpaceException ? error.getMessage() : null;
  }

  /** The list that a new deployment begins: it, the booted one, and what is pinned. */
  static List<Deployment> simple(LiveVolume root, Deployment fresh, Sysroot now, Deployment running) {
    List<Deployment> wanted = new ArrayList<>(List.of(fresh));
    for (Deployment old : now.deployments()) {
      boolean keep = old.folder().equals(running.folder()) || Deployer.pinned(root, old);
      if (keep && !old.folder().equals(fresh.folder())) {
        wanted.add(old);
      }
    }
    return wanted;
  }
}
