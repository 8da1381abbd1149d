package dev.plugpull.sim.ubuntucore;

/**
 * The files that a kernel puts on the boot partition.
 *
 * @param image bytes of {@code kernel.efi} or {@code kernel.img}
 * @param initrd bytes of {@code initrd.img}
 * @param deviceTree the board's one among the kernel's device trees, a path in the kernel snap
 */
public record BootFiles(long image, long initrd, String deviceTree) {
  /** Name of a device tree where nobody says one. */
  public static final String BOARD_TREE_NAME = "board.dtb";

  /** Its path in the kernel snap. */
  public static final String BOARD_TREE = "dtbs/" + BOARD_TREE_NAME;

  /** As usual kernels have them. */
  static final BootFiles USUAL = new BootFiles(24L << 20, 8L << 20, BOARD_TREE);

  private static final long DEVICE_TREE = 48L << 10;

  /** Usual ones, or smaller ones that fit several times on a partition of this size. */
  static BootFiles fitting(long room) {
    return new BootFiles(Math.min(USUAL.image, room / 8), Math.min(USUAL.initrd, room / 24), BOARD_TREE);
  }

  /** The same with another device tree. */
  public BootFiles withDeviceTree(String path) {
    return new BootFiles(image, initrd, path);
  }

  /** True if a partition of so many bytes can hold as many kernels as snapd retains. */
  public boolean fitAsKept(long room) {
    return Revisions.RETAINED * (image + initrd) <= room;
  }

  /** Bytes of a file of the kernel snap. */
  long bytes(String file) {
    return file.startsWith("dtbs/") ? DEVICE_TREE : file.startsWith("initrd") ? initrd : image;
  }
}
