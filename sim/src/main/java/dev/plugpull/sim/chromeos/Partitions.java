package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.media.Gpt;
import dev.plugpull.sim.media.GptPartition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Where things lie on the disk ({@code chrome-os.md} 1). Partitions' contents are volumes of their own. */
final class Partitions {
  static final long SECTORS = 1024;
  static final UUID KERNEL_TYPE = UUID.fromString("fe3a2a5d-4f32-41a7-b725-accc3285a309");
  private static final UUID ROOT_TYPE = UUID.fromString("3cb8e202-3b7e-47dd-8a3c-7ff2a13cfcec");
  /** Offset of sectors that belong to nobody's update: the OEM partition. */
  static final long OEM_BYTES = 64L * GptCopies.SECTOR;
  private static final byte[] OEM = "of the maker".getBytes(StandardCharsets.US_ASCII);

  private Partitions() {}

  /** The disk of a new device: slot A installed and good, slot B never written. */
  static byte[] disk() {
    Gpt table = new Gpt(new UUID(1, 1), GptCopies.SECTOR, SECTORS, entries());
    byte[] disk = new byte[Math.toIntExact(SECTORS * GptCopies.SECTOR)];
    System.arraycopy(table.primary(), 0, disk, 0, table.primary().length);
    System.arraycopy(OEM, 0, disk, (int) OEM_BYTES, OEM.length);
    System.arraycopy(table.backup(), 0, disk, Math.toIntExact(table.backupSector() * GptCopies.SECTOR),
        table.backup().length);
    return disk;
  }

  private static List<GptPartition> entries() {
    List<GptPartition> entries = new ArrayList<>();
    Attributes good = new Attributes(1, 0, true, false);
    Attributes empty = new Attributes(0, 0, false, false);
    entries.add(entry(GptPartition.LINUX_DATA, 1, 200, 299, 0, "STATE"));
    entries.add(entry(KERNEL_TYPE, 2, 300, 319, good.bits(), "KERN-A"));
    entries.add(entry(ROOT_TYPE, 3, 320, 359, 0, "ROOT-A"));
    entries.add(entry(KERNEL_TYPE, 4, 360, 379, empty.bits(), "KERN-B"));
    entries.add(entry(ROOT_TYPE, 5, 380, 419, 0, "ROOT-B"));
    entries.add(entry(KERNEL_TYPE, 6, 420, 420, 0, "KERN-C"));
    entries.add(entry(ROOT_TYPE, 7, 421, 421, 0, "ROOT-C"));
    entries.add(entry(GptPartition.LINUX_DATA, 8, 64, 79, 0, "OEM"));
    return entries;
  }

  private static GptPartition entry(UUID type, int number, long first, long last, long attributes, String name) {
    return new GptPartition(type, new UUID(2, number), first, last, attributes, name);
  }

  /** True if the maker's sectors and the boot code hold what the factory put there. */
  static boolean oemIsWhole(byte[] sectors, byte[] bootCode) {
    byte[] disk = disk();
    return Arrays.equals(sectors, Arrays.copyOfRange(disk, (int) OEM_BYTES, (int) OEM_BYTES + sectors.length))
        && Arrays.equals(bootCode, Arrays.copyOf(disk, bootCode.length));
  }
}
