package dev.plugpull.sim.ubuntucore;

/**
 * Where the device keeps what: indices into {@link CoreState#volumes}, -1 where there is no such partition.
 *
 * @param seed ubuntu-seed (UC20 and later)
 * @param boot ubuntu-boot, or system-boot on UC16 and UC18
 * @param bootState ubuntu-boot-state, the raw redundant U-Boot environment
 * @param data ubuntu-data or writable
 * @param rawAreas the disk's raw areas that gadget refreshes write
 * @param kernelFolder folder on the boot partition that holds one folder per extracted kernel, such as
 * {@code /EFI/ubuntu}
 */
public record Layout(int seed, int boot, int bootState, int data, int rawAreas, String kernelFolder) {

  /** True if the volume at this index has no file system. */
  boolean isRaw(int volume) {
    return volume == bootState || volume == rawAreas;
  }
}
