package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import java.util.List;

/**
 * A device inside one scenario: everything that does not change during an exploration.
 *
 * @param installed the volumes of the clean device
 */
record OstreeSetup(OstreeBoard board, OstreeScenario scenario, List<VolumeState> installed, PowerOn loader) {
  static final long BLOCK = 4096;
  /** One file stands for all of {@code /var}: what users and applications keep there. */
  static final Content VAR = Content.opaque("user data", 4 * BLOCK);
  private static final long USR_BYTES = 400 * BLOCK;
  private static final long KERNEL_BYTES = 30 * BLOCK;
  private static final long INITRAMFS_BYTES = 60 * BLOCK;
  /** Two hundred device trees, each in a block of its own though it fills a sixth of it. */
  private static final long DEVICE_TREES_BYTES = 200 * BLOCK;
  private static final String USR = "usr of ";
  private static final String KERNEL = "kernel of ";
  private static final String INITRAMFS = "initramfs of ";

  OstreeSetup {
    installed = List.copyOf(installed);
  }

  boolean has(Departure departure) {
    return board.has(departure);
  }

  boolean has(Circumstance circumstance) {
    return scenario.has(circumstance);
  }

  /** Where {@code /boot} begins on its volume: empty if it is a volume of its own. */
  String boot() {
    return board.separateBoot() ? "" : "/boot";
  }

  int bootVolume() {
    return board.separateBoot() ? 1 : 0;
  }

  /** The release whose kernel a release ships. A layered commit has the kernel of its base. */
  int kernel(int release) {
    return has(Circumstance.LAYERED) && release <= Versions.NEW ? Versions.OLD : release;
  }

  /** Checksum of kernel and initramfs, as folder name. */
  String bootChecksum(int release) {
    return "k" + kernel(release);
  }

  Content usr(int release) {
    return Content.opaque(USR + release, USR_BYTES);
  }

  /** {@code /usr} after a program has written into it. */
  static Content changedUsr() {
    return Content.damaged("changed by a program", USR_BYTES);
  }

  Content kernelImage(int release) {
    Content whole = kernelOf(kernel(release));
    return behaviour(release) == Behaviour.UNLOADABLE ? whole.prefix(KERNEL_BYTES - BLOCK) : whole;
  }

  Content initramfs(int release) {
    return initramfsOf(kernel(release));
  }

  /** The kernel with a number, whole. */
  static Content kernelOf(int kernel) {
    return Content.opaque(KERNEL + kernel, KERNEL_BYTES);
  }

  /** The initramfs that belongs to a kernel. */
  static Content initramfsOf(int kernel) {
    return Content.opaque(INITRAMFS + kernel, INITRAMFS_BYTES);
  }

  /** What boots outside {@code /boot}; null if the boot loader reads that. */
  BootRecord record() {
    return BootRecord.of(board);
  }

  Content deviceTrees(int release) {
    return Content.opaque("device trees of " + kernel(release), DEVICE_TREES_BYTES);
  }

  boolean shipsDeviceTrees() {
    return has(Circumstance.BOOT_ALMOST_FULL);
  }

  /** Blocks that the boot files of one kernel take. */
  long kernelBlocks() {
    return (KERNEL_BYTES + INITRAMFS_BYTES + (shipsDeviceTrees() ? DEVICE_TREES_BYTES : 0)) / BLOCK;
  }

  /** The same in bytes, as a sum over file sizes that knows nothing of last blocks. */
  long kernelBytes() {
    return KERNEL_BYTES + INITRAMFS_BYTES + (shipsDeviceTrees() ? DEVICE_TREES_BYTES / 6 : 0);
  }

  Behaviour behaviour(int release) {
    return release == Versions.NEW ? scenario.target() : Behaviour.GOOD;
  }

  static int kernelRelease(Content content) {
    return release(content, KERNEL);
  }

  static int initramfsRelease(Content content) {
    return release(content, INITRAMFS);
  }

  static int usrRelease(Content content) {
    return release(content, USR);
  }

  private static int release(Content content, String kind) {
    String name = content == null ? "" : content.name();
    boolean known = name.length() == kind.length() + 1 && name.startsWith(kind);
    return known ? name.charAt(kind.length()) - '0' : Versions.NONE;
  }
}
