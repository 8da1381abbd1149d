package dev.plugpull.sim.media;

/**
 * What a block device promises about power cuts.
 *
 * @param name for assumptions and traces
 * @param unitBytes atomic unit: all old or all new
 * @param volatileCache whether completed writes may still be lost
 * @param flushHonoured false for a device that acknowledges a flush and does nothing (fault D5)
 * @param requestAtomic true if a whole request is one unit (eMMC reliable write)
 * @param eraseBytes erase block of raw flash; 0 where a sector can be overwritten
 * @param damageBytes page whose sectors may turn into garbage while one of them is written (fault D4); 0 for none
 */
public record DeviceProfile(
    String name,
    int unitBytes,
    boolean volatileCache,
    boolean flushHonoured,
    boolean requestAtomic,
    int eraseBytes,
    int damageBytes) {

  public static final DeviceProfile DISK_512N = of("disk with 512-byte sectors", 512);
  /** Presents 512-byte sectors on 4096-byte ones; see {@link #withNeighbourDamage}. */
  public static final DeviceProfile DISK_512E = of("disk with emulated 512-byte sectors", 512);
  public static final DeviceProfile DISK_4KN = of("disk with 4096-byte sectors", 4096);
  public static final DeviceProfile NVME = of("NVMe with atomic unit of one 4096-byte block", 4096);
  public static final DeviceProfile VIRTIO = of("virtio disk with write-back cache", 512);
  /** QEMU's {@code cache=unsafe}: a flush is ignored. */
  public static final DeviceProfile VIRTIO_UNSAFE = VIRTIO.withLyingFlush();
  public static final DeviceProfile EMMC = of("eMMC with cache", 512);
  /** As firmware leaves it. */
  public static final DeviceProfile EMMC_CACHE_OFF =
      new DeviceProfile("eMMC with its cache off", 512, false, true, false, 0, 0);
  public static final DeviceProfile EMMC_RELIABLE_WRITE =
      new DeviceProfile("eMMC with reliable write", 512, false, true, true, 0, 0);
  /** Has no flush; what it holds back is unknown, so a write counts as cached until the next request. */
  public static final DeviceProfile SD_CARD = new DeviceProfile("SD card", 512, false, true, false, 0, 0);
  public static final DeviceProfile NOR = new DeviceProfile("NOR flash", 256, false, true, false, 65536, 0);

  private static DeviceProfile of(String name, int unitBytes) {
    return new DeviceProfile(name, unitBytes, true, true, false, 0, 0);
  }

  /** Fault D4: a cut may turn the page being written into garbage, sectors that nobody wrote included. */
  public DeviceProfile withNeighbourDamage(int pageBytes) {
    return new DeviceProfile(
        name + ", pages of " + pageBytes + " bytes may be damaged",
        unitBytes,
        volatileCache,
        flushHonoured,
        requestAtomic,
        eraseBytes,
        pageBytes);
  }

  /** Fault D5: a flush is acknowledged and ignored. */
  public DeviceProfile withLyingFlush() {
    return new DeviceProfile(
        name + ", ignores flush", unitBytes, true, false, requestAtomic, eraseBytes, damageBytes);
  }
}
