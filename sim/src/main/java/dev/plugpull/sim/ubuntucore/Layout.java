package dev.plugpull.sim.ubuntucore;

/**
 * Where the device keeps what: indices into {@link CoreState#volumes}, -1 where there is no such partition.
 *
 * @param seed ubuntu-seed (UC20 and later)
 * @param boot ubuntu-boot, or system-boot on UC16 and UC18
 * @param bootState ubuntu-boot-state, the raw redundant U-Boot environment
 * @param data ubuntu-data or writable
 * @param rawAreas the disk's raw areas that gadget refreshes write
 * @param bootSelect little kernel's boot selection, both copies
 * @param bootImages little kernel's boot image partitions
 * @param save ubuntu-save, where a scenario speaks of it
 * @param recoverySelect little kernel's boot selection for recovery systems, where a scenario speaks of it
 * @param ubuntuBoot ubuntu-boot: where {@link #boot} lies, but for loaders that keep nothing on it (piboot, lk), where
 *     it is there if a scenario speaks of it
 * @param tpm what the TPM keeps, where data is encrypted
 * @param kernelFolder folder on the boot partition that holds one folder per extracted kernel, such as
 * {@code /EFI/ubuntu}
 */
public record Layout(int seed, int boot, int bootState, int data, int rawAreas, int bootSelect, int bootImages,
    int save, int recoverySelect, int ubuntuBoot, int tpm, String kernelFolder) {

  /** What people call the volume at this index. */
  String name(int volume, boolean modes) {
    if (volume == data) {
      return modes ? "ubuntu-data" : "writable";
    }
    if (volume == seed) {
      return "ubuntu-seed";
    }
    if (volume == boot || volume == ubuntuBoot) {
      return modes ? "ubuntu-boot" : "system-boot";
    }
    if (volume == save) {
      return "ubuntu-save";
    }
    return volume == bootState ? "ubuntu-boot-state" : volume == rawAreas ? BootChain.RAW_AREAS
        : volume == recoverySelect ? LkSelection.RECOVERY_PARTITION
        : volume == bootSelect ? LkSelection.PARTITION : volume == bootImages ? LkSelection.IMAGES : "TPM";
  }

  /** True if the volume at this index has no file system. */
  boolean isRaw(int volume) {
    return volume == bootState || volume == rawAreas || volume == bootSelect || volume == bootImages
        || volume == recoverySelect || volume == tpm;
  }
}
