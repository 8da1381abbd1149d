package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.grub.GrubEnvironment;
import dev.plugpull.sim.filesystem.Btrfs;
import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.filesystem.Xfs;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ostree.Sysroot.Deployment;
import java.util.ArrayList;
import java.util.List;

/** Makes the clean device: what the image build and earlier updates left. */
final class Installer {
  private static final long ROOT_BYTES = 64L << 20;
  private static final long BOOT_BYTES = 32L << 20;

  private final OstreeSetup setup;
  private final List<Deployment> deployments = new ArrayList<>();

  private Installer(OstreeSetup setup) {
    this.setup = setup;
    deployments.add(new Deployment(Versions.OLD, 0, setup.bootChecksum(Versions.OLD)));
    if (setup.board().updatedBefore()) {
      deployments.add(new Deployment(Versions.OLDEST, 0, setup.bootChecksum(Versions.OLDEST)));
    }
  }

  static OstreeSetup install(OstreeBoard board, OstreeScenario scenario) {
    OstreeSetup bare = new OstreeSetup(board, scenario, List.of(), Loaders.of(board));
    return new OstreeSetup(board, scenario, new Installer(bare).volumes(), bare.loader());
  }

  private List<VolumeState> volumes() {
    OstreeBoard board = setup.board();
    LiveVolume root = format(board).open();
    root.mount();
    LiveVolume boot = root;
    if (board.separateBoot()) {
      boot = Ext4.format("boot").size(BOOT_BYTES).at(0, 2).bootReadable(read(board)).state().open();
      boot.mount();
    }
    repository(root);
    bootFiles(boot);
    links(root);
    List<VolumeState> volumes = new ArrayList<>();
    BootRecord record = setup.record();
    if (record != null) {
      record.installFiles(root, boot, BootEntry.of(setup, deployments, 0).getFirst());
    }
    volumes.add(root.settled());
    if (board.separateBoot()) {
      volumes.add(boot.settled());
    }
    if (record != null) {
      volumes.add(record.installed(BootEntry.of(setup, deployments, 0).getFirst()));
    }
    return volumes;
  }

  private static VolumeState format(OstreeBoard board) {
    boolean read = !board.separateBoot() && read(board);
    return switch (board.root()) {
      case EXT4 -> Ext4.format("root").size(ROOT_BYTES).at(0, 1).bootReadable(read).state();
      case EXT4_WRITEBACK -> Ext4.format("root").size(ROOT_BYTES).at(0, 1).bootReadable(read).dataWriteback().state();
      case XFS -> Xfs.format("root").size(4 * ROOT_BYTES).at(0, 1).bootReadable(read).state();
      case BTRFS -> Btrfs.format("root").size(ROOT_BYTES).at(0, 1).state();
    };
  }

  /** True if a loader reads files of {@code /boot} as they lie on the disk. */
  private static boolean read(OstreeBoard board) {
    return board.lagging() && BootRecord.of(board) == null;
  }

  private void repository(LiveVolume root) {
    for (String folder : List.of("objects", "refs", "state", "tmp")) {
      Writes.folders(root, Sysroot.REPO + "/" + folder);
    }
    Writes.folders(root, Sysroot.DEPLOY);
    Writes.plain(root, Sysroot.VAR, OstreeSetup.VAR);
    for (Deployment deployment : deployments) {
      String usr = Repository.usr(deployment.release());
      Writes.plain(root, Repository.commit(deployment.release()), Repository.commitContent(deployment.release()));
      Writes.plain(root, usr, setup.usr(deployment.release()));
      root.mkdir(deployment.path());
      root.link(usr, deployment.path() + "/usr");
      if (setup.board().composefs()) {
        Writes.plain(root, deployment.path() + "/.ostree.cfs", Deployer.composefs(deployment.release()));
      }
      Etc etc = Etc.of(deployment.release()).edited("user.conf", "mine");
      Writes.plain(root, deployment.path() + "/etc", etc.content());
      boolean pinned = setup.has(Circumstance.PINNED) && deployment.release() == Versions.OLDEST;
      Writes.plain(root, deployment.origin(), Deployer.origin(pinned));
    }
    Writes.plain(root, Repository.REMOTE_REF, Content.text(Versions.commit(Versions.OLD) + "\n"));
    Writes.plain(root, Repository.DEPLOYED_REFS, Repository.refs(deployments));
  }

  private void bootFiles(LiveVolume boot) {
    String prefix = setup.boot();
    Writes.folders(boot, prefix + "/loader.0/entries");
    for (BootEntry entry : BootEntry.of(setup, deployments, 0)) {
      Writes.plain(boot, prefix + "/loader.0/entries/" + entry.file(), Content.text(entry.text()));
    }
    for (Deployment deployment : deployments) {
      String folder = prefix + "/ostree/os-" + deployment.kernel();
      if (!boot.tree().exists(folder)) {
        Writes.folders(boot, folder);
        Writes.plain(boot, folder + "/vmlinuz", setup.kernelImage(deployment.release()));
        Writes.plain(boot, folder + "/initramfs.img", setup.initramfs(deployment.release()));
        if (setup.shipsDeviceTrees()) {
          Writes.plain(boot, folder + "/dtb", setup.deviceTrees(deployment.release()));
        }
      }
    }
    String file = BootConfig.file(setup);
    if (!file.isEmpty()) {
      Writes.plain(boot, prefix + "/loader.0/" + file, BootConfig.content(setup, deployments, 0));
    }
    boot.symlink("loader.0", prefix + "/loader");
    loaderFiles(boot, prefix);
    if (setup.has(Circumstance.BOOT_ALMOST_FULL)) {
      long spare = setup.kernelBlocks() - setup.kernelBlocks() / 10;
      Writes.plain(boot, prefix + "/filler",
          Content.opaque("filler", (boot.space().freeBlocks() - spare) * OstreeSetup.BLOCK));
    }
  }

  private void loaderFiles(LiveVolume boot, String prefix) {
    switch (setup.board().backend()) {
      case GRUB2 -> {
        Writes.folders(boot, prefix + "/grub2");
        boot.symlink("../loader/grub.cfg", prefix + "/grub2/grub.cfg");
      }
      case NONE -> {
        Writes.folders(boot, prefix + "/grub2");
        Writes.plain(boot, prefix + "/grub2/grub.cfg", BootConfig.staticGrub(setup));
      }
      case SYSLINUX -> {
        Writes.folders(boot, prefix + "/syslinux");
        boot.symlink("../loader/syslinux.cfg", prefix + "/syslinux/syslinux.cfg");
      }
      case UBOOT, ZIPL, ABOOT -> {
        // the boot command is built in, or no file is read
      }
    }
    if (setup.board().greenboot() != OstreeBoard.Greenboot.NONE) {
      Content environment =
          GrubEnvironment.empty().set("boot_success", "1").orElseThrow().content();
      Writes.plain(boot, prefix + "/grub2/grubenv", environment);
    }
  }

  private void links(LiveVolume root) {
    BootWriter.links(root, deployments, "/ostree/boot.0.1");
    root.symlink("boot.0.1", "/ostree/boot.0");
  }
}
