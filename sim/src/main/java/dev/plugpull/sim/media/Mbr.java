package dev.plugpull.sim.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A DOS partition table in one sector of 512 bytes: written atomically or not at all.
 *
 * @param diskId four bytes at offset 440
 * @param partitions four entries, null for a free one
 */
public record Mbr(int diskId, List<Partition> partitions) {
  private static final int BYTES = 512;
  private static final int TABLE = 446;

  /**
   * One entry; addresses in cylinders are made up from the sector as partitioning tools do (255 heads, 63 sectors).
   *
   * @param type such as 0x83; 0xEE stands for a GUID table
   */
  public record Partition(boolean active, int type, long firstSector, long sectors) {}

  public Mbr {
    if (partitions.size() > 4) {
      throw new IllegalArgumentException("cannot hold " + partitions.size() + " partitions: an MBR has 4");
    }
    List<Partition> four = new ArrayList<>(partitions);
    while (four.size() < 4) {
      four.add(null);
    }
    partitions = java.util.Collections.unmodifiableList(four);
  }

  /** The table that keeps old tools off a GUID table. */
  static Mbr protective(long sectors, int sectorBytes) {
    return new Mbr(0, List.of(new Partition(false, 0xEE, 1, Math.min(sectors - 1, 0xFFFFFFFFL))));
  }

  /** The sector; boot code is zeros. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.wrap(new byte[BYTES]).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(440, diskId);
    for (int i = 0; i < 4; i++) {
      Partition partition = partitions.get(i);
      if (partition != null) {
        out.position(TABLE + 16 * i);
        out.put((byte) (partition.active() ? 0x80 : 0));
        boolean whole = partition.type() == 0xEE;
        cylinders(out, partition.firstSector(), false);
        out.put((byte) partition.type());
        cylinders(out, partition.firstSector() + partition.sectors() - 1, whole);
        out.putInt((int) partition.firstSector()).putInt((int) partition.sectors());
      }
    }
    out.put(510, (byte) 0x55).put(511, (byte) 0xAA);
    return out.array();
  }

  private static void cylinders(ByteBuffer out, long sector, boolean beyond) {
    long cylinder = sector / (255 * 63);
    if (beyond) {
      out.put((byte) 0xFF).put((byte) 0xFF).put((byte) 0xFF);
    } else if (cylinder > 1023) {
      out.put((byte) 0xFE).put((byte) 0xFF).put((byte) 0xFF);
    } else {
      out.put((byte) (sector / 63 % 255));
      out.put((byte) (sector % 63 + 1 | cylinder >> 2 & 0xC0));
      out.put((byte) cylinder);
    }
  }

  /** Reads a sector; null if it has no signature. */
  public static Mbr parse(byte[] sector) {
    if (sector.length < BYTES || sector[510] != 0x55 || sector[511] != (byte) 0xAA) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
    List<Partition> partitions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int at = TABLE + 16 * i;
      int type = in.get(at + 4) & 0xFF;
      partitions.add(
          type == 0
              ? null
              : new Partition(
                  (in.get(at) & 0x80) != 0, type, in.getInt(at + 8) & 0xFFFFFFFFL, in.getInt(at + 12) & 0xFFFFFFFFL));
    }
    return new Mbr(in.getInt(440), partitions);
  }

  /** True if the sector stands before a GUID table. */
  public boolean isProtective() {
    return partitions.stream().anyMatch(partition -> partition != null && partition.type() == 0xEE);
  }
}
