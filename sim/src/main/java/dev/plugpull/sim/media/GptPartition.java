package dev.plugpull.sim.media;

import java.util.UUID;

/**
 * One entry of a GUID partition table.
 *
 * @param firstSector first logical block
 * @param lastSector last logical block, inclusive
 * @param attributes the 64 attribute bits
 * @param name at most 36 UTF-16 units
 */
public record GptPartition(UUID type, UUID id, long firstSector, long lastSector, long attributes, String name) {
  public static final UUID EFI_SYSTEM = UUID.fromString("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");
  public static final UUID LINUX_DATA = UUID.fromString("0fc63daf-8483-4772-8e79-3d69d8477de4");

  public GptPartition {
    if (name.length() > 36) {
      throw new IllegalArgumentException("cannot name a partition " + name + ": longer than 36 characters");
    }
  }

  public GptPartition withAttributes(long newAttributes) {
    return new GptPartition(type, id, firstSector, lastSector, newAttributes, name);
  }
}
