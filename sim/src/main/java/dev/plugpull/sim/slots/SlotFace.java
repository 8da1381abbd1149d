package dev.plugpull.sim.slots;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.List;

/**
 * A slot's file system as a boot loader reads it from the raw partition: {@code /boot/kernel} is there if super block
 * and kernel belong together.
 */
public final class SlotFace implements BootVolume {
  /** Path of the kernel. */
  public static final String KERNEL = "/boot/kernel";

  private static final long KERNEL_BYTES = 8L << 20;
  private static final String NAME = "kernel of release ";

  private final BootVolume raw;
  private final SlotImage.Found found;
  private final boolean refused;

  /**
   * The face of a raw partition.
   *
   * @param refused release whose kernel no loader takes, 0 for none
   */
  SlotFace(BootVolume raw, int refused) {
    this.raw = raw;
    this.found = SlotImage.read(raw.readRaw(0, SlotImage.BYTES));
    this.refused = refused != 0 && found.kernel() == refused;
  }

  /** The kernel of a release, as a file. */
  public static Content kernel(int revision) {
    return Content.opaque(NAME + revision, KERNEL_BYTES);
  }

  /** The release of a kernel that a loader started, 0 if it is none. */
  public static int revision(Content kernel) {
    return kernel.name().startsWith(NAME) ? kernel.name().charAt(NAME.length()) - '0' : 0;
  }

  @Override
  public int disk() {
    return raw.disk();
  }

  @Override
  public int partition() {
    return raw.partition();
  }

  @Override
  public String label() {
    return raw.partitionName();
  }

  @Override
  public String uuid() {
    return raw.uuid();
  }

  @Override
  public String partitionName() {
    return raw.partitionName();
  }

  @Override
  public String type() {
    return found.superBlock() > 0 ? "ext4" : "none";
  }

  @Override
  public Lookup lookup(String path) {
    if (found.superBlock() == 0 || !path.equals(KERNEL) && !path.equals("/") && !path.equals("/boot")) {
      return new Lookup.Missing();
    }
    if (!path.equals(KERNEL)) {
      return new Lookup.Directory();
    }
    if (!found.loads()) {
      return new Lookup.Unreadable("its blocks hold something else");
    }
    Content whole = kernel(found.kernel());
    return new Lookup.File(refused ? whole.prefix(KERNEL_BYTES - 1) : whole);
  }

  @Override
  public List<String> list(String directory) {
    return directory.equals("/boot") ? List.of("kernel") : List.of();
  }

  @Override
  public boolean overwrite(String path, long offset, byte[] data) {
    return false;
  }

  @Override
  public boolean rewrite(String path, Content content) {
    return false;
  }

  @Override
  public byte[] readRaw(long offset, int length) {
    return raw.readRaw(offset, length);
  }

  @Override
  public void writeRaw(long offset, byte[] data) {
    raw.writeRaw(offset, data);
  }
}
