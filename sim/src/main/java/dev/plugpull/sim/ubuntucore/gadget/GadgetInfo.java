package dev.plugpull.sim.ubuntucore.gadget;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a {@code gadget.yaml} says, as written; what snapd implies is in {@link VolumeLayout}.
 *
 * @param file path for messages
 * @param volumes in the order of the file
 * @param defaults configuration by snap id or {@code system}; values are maps, lists and texts
 */
public record GadgetInfo(
    String file,
    List<Volume> volumes,
    List<VolumeAssignment> volumeAssignments,
    SortedMap<String, Object> defaults,
    List<Connection> connections,
    KernelCommandLine kernelCommandLine) {

  /** The volume with a name. */
  public Optional<Volume> volume(String name) {
    return volumes.stream().filter(volume -> volume.name().equals(name)).findFirst();
  }

  /** The volume that names a boot loader; the first if several do, which V1 refuses. */
  public Optional<Volume> bootVolume() {
    return volumes.stream().filter(volume -> !volume.bootloader().isEmpty()).findFirst();
  }

  /** The boot loader: {@code grub}, {@code u-boot}, {@code piboot}, {@code lk}, {@code android-boot}, or empty. */
  public String bootloader() {
    return bootVolume().map(Volume::bootloader).orElse("");
  }

  /** True if some structure names this role. */
  public boolean hasRole(String role) {
    return volumes.stream().flatMap(volume -> volume.structures().stream()).anyMatch(s -> s.role().equals(role));
  }

  /**
   * Connection of a plug to a slot.
   *
   * @param plug {@code ID:NAME}
   * @param slot likewise; empty if the slot of the same name of snapd is meant
   */
  public record Connection(String plug, String slot, int line) {}

  /**
   * Assignment of volumes to disks.
   *
   * @param devices device path by volume name
   */
  public record VolumeAssignment(String name, SortedMap<String, String> devices, int line) {}
}
