package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A device as its gadget describes it, before any scenario: boot loader, partitions, and the vendor's files on them.
 *
 * @param kernelName name of the kernel snap
 * @param loader which boot loader, and where it keeps its state
 * @param seed the seed partition, null on UC16 and UC18
 * @param boot ubuntu-boot or system-boot; null if the boot loader has no use for it (piboot, lk)
 * @param dataBytes size of ubuntu-data or writable
 * @param powerOn firmware and boot loader with the vendor's scripts
 * @param environmentBytes size of the U-Boot environment file
 * @param storedVariables what the loader's own stored environment holds beside snapd's variables; U-Boot takes a stored
 *     environment in place of its built-in one
 * @param flagByte true if U-Boot images carry a redundancy flag byte after the checksum
 * @param medium the disk's habits
 * @param watchdog true if the board resets itself when nothing happens
 * @param assets what refreshes of gadget and kernel write to the partitions beside snaps and boot state
 * @param chain what firmware needs whole before the boot loader runs
 * @param bootFiles of the kernel, null if none are known
 * @param encrypted true if ubuntu-data is encrypted and a TPM opens it (UC20 and later, GRUB)
 */
public record CoreBoard(
    Series series,
    String kernelName,
    LoaderKind loader,
    Partition seed,
    Partition boot,
    long dataBytes,
    PowerOn powerOn,
    int environmentBytes,
    SortedMap<String, String> storedVariables,
    boolean flagByte,
    DeviceProfile medium,
    boolean watchdog,
    GadgetAssets assets,
    BootChain chain,
    BootFiles bootFiles,
    boolean encrypted) {

  /** A board whose gadget is never updated. */
  public CoreBoard(
      Series series, String kernelName, LoaderKind loader, Partition seed, Partition boot, long dataBytes,
      PowerOn powerOn, int environmentBytes, SortedMap<String, String> storedVariables, boolean flagByte,
      DeviceProfile medium, boolean watchdog) {
    this(series, kernelName, loader, seed, boot, dataBytes, powerOn, environmentBytes, storedVariables, flagByte,
        medium, watchdog, GadgetAssets.NONE, BootChain.NONE, null, false);
  }

  /** Boot loader and the home of its state. */
  public enum LoaderKind {
    /** {@code EFI/ubuntu/grubenv}; on UC20 and later also the kernel links. */
    GRUB,
    /** {@code uboot/ubuntu/boot.sel} (UC20 and later) or {@code uboot.env} (UC16, UC18). */
    UBOOT_FILE,
    /** Two raw copies on ubuntu-boot-state (UC20 and later). */
    UBOOT_RAW,
    /** {@code piboot.conf}, {@code config.txt} and {@code tryboot.txt} on ubuntu-seed (UC20 and later). */
    PIBOOT,
    /** Two raw copies of little kernel's boot selection, and two raw partitions for boot images. */
    LK,
    /** {@code androidboot.env} on system-boot (UC16, UC18). */
    ANDROID
  }

  /**
   * A formatted partition.
   *
   * @param type {@code ext4} or {@code vfat}
   * @param bytes size
   * @param files what the image build put there: path to content
   */
  public record Partition(String label, String type, long bytes, int number, SortedMap<String, Content> files) {
    public Partition {
      files = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
  }

  /** This board with other files on its boot partition. */
  public CoreBoard withBoot(Partition other) {
    return new CoreBoard(
        series, kernelName, loader, seed, other, dataBytes, powerOn, environmentBytes, storedVariables, flagByte,
        medium, watchdog, assets, chain, bootFiles, encrypted);
  }

  /** This board with other files on its seed partition. */
  public CoreBoard withSeed(Partition other) {
    return new CoreBoard(
        series, kernelName, loader, other, boot, dataBytes, powerOn, environmentBytes, storedVariables, flagByte,
        medium, watchdog, assets, chain, bootFiles, encrypted);
  }

  /** This board with another stored environment of its boot loader. */
  public CoreBoard withStoredVariables(SortedMap<String, String> other) {
    return new CoreBoard(
        series, kernelName, loader, seed, boot, dataBytes, powerOn, environmentBytes, other, flagByte, medium, watchdog,
        assets, chain, bootFiles, encrypted);
  }

  /** This board with assets that refreshes replace, and the firmware's needs among them. */
  public CoreBoard withAssets(GadgetAssets replaced, BootChain needs) {
    return new CoreBoard(
        series, kernelName, loader, seed, boot, dataBytes, powerOn, environmentBytes, storedVariables, flagByte,
        medium, watchdog, replaced, needs, bootFiles, encrypted);
  }

  /** The kernel's boot files; usual ones that fit where none are known. */
  public BootFiles kernelBootFiles() {
    if (bootFiles != null) {
      return bootFiles;
    }
    Partition home = loader == LoaderKind.PIBOOT ? seed : boot;
    return home == null ? BootFiles.USUAL : BootFiles.fitting(home.bytes());
  }

  /** This board with a kernel that has these boot files. */
  public CoreBoard withBootFiles(BootFiles known) {
    return new CoreBoard(
        series, kernelName, loader, seed, boot, dataBytes, powerOn, environmentBytes, storedVariables, flagByte,
        medium, watchdog, assets, chain, known, encrypted);
  }

  /** This board with another disk. */
  public CoreBoard withMedium(DeviceProfile other) {
    return new CoreBoard(
        series, kernelName, loader, seed, boot, dataBytes, powerOn, environmentBytes, storedVariables, flagByte, other,
        watchdog, assets, chain, bootFiles, encrypted);
  }

  /** This board with its data encrypted; its partitions must hold the loaders that secure boot measures. */
  public CoreBoard withEncryption() {
    return new CoreBoard(
        series, kernelName, loader, seed, boot, dataBytes, powerOn, environmentBytes, storedVariables, flagByte,
        medium, watchdog, assets, chain, bootFiles, true);
  }

  /** The device inside a scenario. */
  public CoreDevice device(CoreScenario scenario, Platform platform, boolean idealMedium) {
    return new CoreDevice(Installer.install(this, scenario, platform, idealMedium));
  }
}
