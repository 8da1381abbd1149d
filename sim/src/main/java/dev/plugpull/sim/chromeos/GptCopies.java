package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.LiveVolume;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The four regions of a partition table as vboot's cgptlib reads, judges, repairs and changes them ({@code
 * chrome-os.md} 2.2 and 2.3). In memory until {@link #bytes} is written somewhere.
 */
final class GptCopies {
  static final int SECTOR = 512;
  private static final int ENTRY_BYTES = 128;
  private static final int ENTRIES = 128;
  private static final int ENTRY_SECTORS = ENTRIES * ENTRY_BYTES / SECTOR;
  private static final int ATTRIBUTES = 48;
  private static final long EFI_PART = 0x5452415020494645L;
  private static final int ENTRIES_CRC = 88;

  /** A region, in the order in which tools write them. */
  enum Region {
    HEADER1,
    ENTRIES1,
    HEADER2,
    ENTRIES2
  }

  private final long sectors;
  private final byte[] header1;
  private final byte[] header2;
  private byte[] entries1;
  private byte[] entries2;
  private final EnumSet<Region> valid = EnumSet.noneOf(Region.class);
  private final EnumSet<Region> modified = EnumSet.noneOf(Region.class);

  private GptCopies(LiveVolume disk, long sectors) {
    this.sectors = sectors;
    header1 = disk.readRaw(SECTOR, SECTOR);
    entries1 = disk.readRaw(2L * SECTOR, ENTRIES * ENTRY_BYTES);
    header2 = disk.readRaw((sectors - 1) * SECTOR, SECTOR);
    entries2 = disk.readRaw((sectors - 1 - ENTRY_SECTORS) * SECTOR, ENTRIES * ENTRY_BYTES);
    judge();
  }

  static GptCopies read(LiveVolume disk, long sectors) {
    return new GptCopies(disk, sectors);
  }

  private void judge() {
    boolean one = headerIsValid(header1, 1, sectors - 1 - ENTRY_SECTORS);
    boolean two = headerIsValid(header2, sectors - 1, sectors - 1 - ENTRY_SECTORS);
    if (!one && !two) {
      return;
    }
    mark(Region.HEADER1, one);
    mark(Region.HEADER2, two);
    mark(Region.ENTRIES1, one && entriesAreValid(entries1, header1));
    mark(Region.ENTRIES2, two && entriesAreValid(entries2, one ? header1 : header2));
    if (one && two && !has(Region.ENTRIES1) && !has(Region.ENTRIES2)) {
      mark(Region.ENTRIES1, entriesAreValid(entries1, header2));
      mark(Region.ENTRIES2, entriesAreValid(entries2, header2));
      if (anyEntries()) {
        valid.remove(Region.HEADER1);
      }
    }
    if (has(Region.HEADER1) && has(Region.HEADER2) && !sameTable()) {
      valid.remove(Region.HEADER2);
    }
  }

  private void mark(Region region, boolean good) {
    if (good) {
      valid.add(region);
    }
  }

  private boolean has(Region region) {
    return valid.contains(region);
  }

  private boolean anyEntries() {
    return has(Region.ENTRIES1) || has(Region.ENTRIES2);
  }

  private boolean sameTable() {
    ByteBuffer one = buffer(header1);
    ByteBuffer two = buffer(header2);
    return Arrays.equals(header1, 0, 16, header2, 0, 16) && Arrays.equals(header1, 40, 72, header2, 40, 72)
        && one.getLong(80) == two.getLong(80) && one.getInt(ENTRIES_CRC) == two.getInt(ENTRIES_CRC);
  }

  private boolean headerIsValid(byte[] header, long at, long secondEntries) {
    ByteBuffer in = buffer(header);
    int size = in.getInt(12);
    if (in.getLong(0) != EFI_PART || in.getInt(8) != 0x00010000 || size < 92 || size > SECTOR) {
      return false;
    }
    byte[] copy = header.clone();
    buffer(copy).putInt(16, 0);
    long entriesAt = in.getLong(72);
    return crc(copy, size) == in.getInt(16)
        && in.getInt(20) == 0
        && in.getInt(84) == ENTRY_BYTES
        && in.getInt(80) == ENTRIES
        && in.getLong(24) == at
        && (at == 1 ? entriesAt >= 2 : entriesAt == secondEntries)
        && in.getLong(40) >= 2 + ENTRY_SECTORS
        && in.getLong(40) <= in.getLong(48)
        && in.getLong(48) < sectors - 1 - ENTRY_SECTORS;
  }

  private static boolean entriesAreValid(byte[] entries, byte[] header) {
    ByteBuffer in = buffer(header);
    if (crc(entries, entries.length) != in.getInt(ENTRIES_CRC)) {
      return false;
    }
    ByteBuffer table = buffer(entries);
    for (int i = 0; i < ENTRIES; i++) {
      if (used(table, i)) {
        long first = table.getLong(i * ENTRY_BYTES + 32);
        long last = table.getLong(i * ENTRY_BYTES + 40);
        if (first < in.getLong(40) || last > in.getLong(48) || first > last || clashes(table, i, first, last)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean used(ByteBuffer table, int i) {
    return table.getLong(i * ENTRY_BYTES) != 0 || table.getLong(i * ENTRY_BYTES + 8) != 0;
  }

  private static boolean clashes(ByteBuffer table, int i, long first, long last) {
    for (int j = 0; j < i; j++) {
      int at = j * ENTRY_BYTES;
      boolean overlap = used(table, j) && first <= table.getLong(at + 40) && table.getLong(at + 32) <= last;
      boolean twin = used(table, j) && table.getLong(at + 16) == table.getLong(i * ENTRY_BYTES + 16)
          && table.getLong(at + 24) == table.getLong(i * ENTRY_BYTES + 24);
      if (overlap || twin) {
        return true;
      }
    }
    return false;
  }

  /** True if a table can be read. */
  boolean readable() {
    return (has(Region.HEADER1) || has(Region.HEADER2)) && anyEntries();
  }

  /** True if both copies are whole: only then do the tools of the running system change anything. */
  boolean whole() {
    return valid.size() == Region.values().length;
  }

  /** Copies good regions over bad ones. */
  void repair() {
    if (!readable()) {
      return;
    }
    if (!has(Region.ENTRIES1)) {
      entries1 = entries2.clone();
      modified.add(Region.ENTRIES1);
    }
    if (!has(Region.ENTRIES2)) {
      entries2 = entries1.clone();
      modified.add(Region.ENTRIES2);
    }
    if (!has(Region.HEADER1)) {
      rebuild(header1, header2, 1, sectors - 1, 2);
      modified.add(Region.HEADER1);
    }
    if (!has(Region.HEADER2)) {
      rebuild(header2, header1, sectors - 1, 1, sectors - 1 - ENTRY_SECTORS);
      modified.add(Region.HEADER2);
    }
    valid.addAll(EnumSet.allOf(Region.class));
  }

  private static void rebuild(byte[] header, byte[] from, long at, long other, long entriesAt) {
    System.arraycopy(from, 0, header, 0, SECTOR);
    buffer(header).putLong(24, at).putLong(32, other).putLong(72, entriesAt);
    seal(header);
  }

  private static void seal(byte[] header) {
    ByteBuffer out = buffer(header);
    out.putInt(16, 0);
    out.putInt(16, crc(header, out.getInt(12)));
  }

  private byte[] entries() {
    return has(Region.ENTRIES1) ? entries1 : entries2;
  }

  Attributes attributes(Slot slot) {
    return Attributes.of(buffer(entries()).getLong((slot.number - 1) * ENTRY_BYTES + ATTRIBUTES));
  }

  /** Changes an entry in all four regions; both copies must be whole. */
  void set(Slot slot, Attributes attributes) {
    if (attributes.equals(attributes(slot))) {
      return;
    }
    buffer(entries1).putLong((slot.number - 1) * ENTRY_BYTES + ATTRIBUTES, attributes.bits());
    entries2 = entries1.clone();
    int sum = crc(entries1, entries1.length);
    buffer(header1).putInt(ENTRIES_CRC, sum);
    buffer(header2).putInt(ENTRIES_CRC, sum);
    seal(header1);
    seal(header2);
    modified.addAll(EnumSet.allOf(Region.class));
  }

  /** Regions that differ from the disk. */
  Set<Region> modified() {
    return modified;
  }

  /** Offset of a region on the disk, in bytes. */
  long offset(Region region) {
    return SECTOR * switch (region) {
      case HEADER1 -> 1;
      case ENTRIES1 -> 2;
      case HEADER2 -> sectors - 1;
      case ENTRIES2 -> sectors - 1 - ENTRY_SECTORS;
    };
  }

  byte[] bytes(Region region) {
    return switch (region) {
      case HEADER1 -> header1;
      case ENTRIES1 -> entries1;
      case HEADER2 -> header2;
      case ENTRIES2 -> entries2;
    };
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
