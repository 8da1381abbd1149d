package dev.plugpull.sim.ubuntucore.gadget;

import java.util.OptionalLong;

/**
 * A structure with what snapd implies: role, label and place.
 *
 * @param role as written or implied ({@code mbr} by the type, {@code system-boot} by the label on UC16 and UC18)
 * @param label file-system label as written or implied by the role
 * @param offset start in bytes; empty if it depends on sizes that are chosen at install time
 */
public record PlacedStructure(Volume volume, Structure structure, String role, String label, OptionalLong offset) {

  public boolean isMbr() {
    return role.equals(Role.MBR) || (role.isEmpty() && structure.type().equals(Role.MBR));
  }

  /** True for partitions, false for raw areas outside the partition table. */
  public boolean isPartition() {
    return !structure.type().equals(Structure.BARE) && !role.equals(Role.MBR);
  }

  public boolean hasFilesystem() {
    return structure.hasFilesystem(volume);
  }

  /** Compares labels as the file system does: without case on FAT. */
  public boolean hasLabel(String wanted) {
    return structure.linuxFilesystem().equals("vfat") ? label.equalsIgnoreCase(wanted) : label.equals(wanted);
  }

  /** True if its size cannot be chosen at install time. */
  boolean isFixedSize() {
    return !structure.hasOpenSize(volume) && structure.size() == structure.effectiveMinSize();
  }

  public int line() {
    return structure.line();
  }

  public String title() {
    return structure.title() + " of volume \"" + volume.name() + "\"";
  }
}
