package dev.plugpull.sim.ubuntucore;

/**
 * Where the device keeps what: indices into {@link CoreState#volumes}, -1 where there is no such partition.
 *
 * @param seed ubuntu-seed (UC20 and later)
 * @param boot ubuntu-boot, or system-boot on UC16 and UC18
 * @param bootState ubuntu-boot-state, the raw redundant U-Boot environment
 * @param data ubuntu-data or writable
 * @param kernelFolder folder on the boot partition that holds one folder per extracted kernel, such as
 * {@code /EFI/ubuntu}
 */
public record Layout(int seed, int boot, int bootState, int data, String kernelFolder) {}
