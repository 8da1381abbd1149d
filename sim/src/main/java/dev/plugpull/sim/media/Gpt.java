package dev.plugpull.sim.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * A GUID partition table, byte for byte as on disk: protective MBR, header and entries at the begin, entries and header
 * again at the end.
 *
 * <p>Fault model: the two copies are separate writes, and each is several sectors: a cut may leave a header with
 * entries
 * of another age. Checksums tell; a reader takes the first copy that is whole.
 *
 * @param sectorBytes logical block, 512 or 4096
 * @param sectors size of the disk in logical blocks
 * @param partitions by entry number; null for a free entry
 */
public record Gpt(UUID id, int sectorBytes, long sectors, List<GptPartition> partitions) {
  private static final int ENTRIES = 128;
  private static final int ENTRY_BYTES = 128;
  private static final int HEADER_BYTES = 92;
  private static final long SIGNATURE = 0x5452415020494645L;
  private static final UUID UNUSED = new UUID(0, 0);

  public Gpt {
    if (partitions.size() > ENTRIES) {
      throw new IllegalArgumentException("cannot hold " + partitions.size() + " partitions: a table has " + ENTRIES);
    }
    partitions = java.util.Collections.unmodifiableList(new ArrayList<>(partitions));
  }

  /** Reads whole logical blocks of a disk. */
  @FunctionalInterface
  public interface Reader {
    byte[] read(long sector, int count);
  }

  /**
   * What a reader finds.
   *
   * @param table from the primary copy if it is whole, else from the backup; null if neither is
   */
  public record Found(Gpt table, boolean primaryWhole, boolean backupWhole) {
    /** True if a repair tool has something to write. */
    public boolean needsRepair() {
      return table != null && !(primaryWhole && backupWhole);
    }
  }

  private int entrySectors() {
    return ENTRIES * ENTRY_BYTES / sectorBytes;
  }

  public long firstUsable() {
    return 2L + entrySectors();
  }

  public long lastUsable() {
    return sectors - 2 - entrySectors();
  }

  /** Protective MBR, primary header and entries: written from sector 0. */
  public byte[] primary() {
    ByteBuffer out = buffer((2 + entrySectors()) * sectorBytes);
    out.put(0, Mbr.protective(sectors, sectorBytes).encode());
    byte[] entries = entries();
    out.put(sectorBytes, header(1, sectors - 1, 2, entries));
    out.put(2 * sectorBytes, entries);
    return out.array();
  }

  /** Entries and backup header: written from sector {@link #backupSector()} to the end of the disk. */
  public byte[] backup() {
    ByteBuffer out = buffer((entrySectors() + 1) * sectorBytes);
    byte[] entries = entries();
    out.put(0, entries);
    out.put(entrySectors() * sectorBytes, header(sectors - 1, 1, backupSector(), entries));
    return out.array();
  }

  public long backupSector() {
    return sectors - 1 - entrySectors();
  }

  private byte[] entries() {
    ByteBuffer out = buffer(ENTRIES * ENTRY_BYTES);
    for (int i = 0; i < partitions.size(); i++) {
      GptPartition partition = partitions.get(i);
      if (partition != null) {
        out.position(i * ENTRY_BYTES);
        put(out, partition.type());
        put(out, partition.id());
        out.putLong(partition.firstSector()).putLong(partition.lastSector()).putLong(partition.attributes());
        out.put(partition.name().getBytes(StandardCharsets.UTF_16LE));
      }
    }
    return out.array();
  }

  private byte[] header(long at, long other, long entriesAt, byte[] entries) {
    ByteBuffer out = buffer(sectorBytes);
    out.putLong(SIGNATURE).putInt(0x00010000).putInt(HEADER_BYTES).putInt(0).putInt(0);
    out.putLong(at).putLong(other).putLong(firstUsable()).putLong(lastUsable());
    put(out, id);
    out.putLong(entriesAt).putInt(ENTRIES).putInt(ENTRY_BYTES).putInt(crc(entries, entries.length));
    out.putInt(16, crc(out.array(), HEADER_BYTES));
    return out.array();
  }

  /** Reads both copies. */
  public static Found read(Reader disk, long sectors, int sectorBytes) {
    Gpt primary = copy(disk, 1, sectors, sectorBytes);
    Gpt backup = copy(disk, sectors - 1, sectors, sectorBytes);
    boolean same = primary != null && primary.equals(backup);
    return new Found(primary != null ? primary : backup, primary != null, same || primary == null && backup != null);
  }

  private static Gpt copy(Reader disk, long at, long sectors, int sectorBytes) {
    byte[] bytes = disk.read(at, 1);
    ByteBuffer in = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int expected = in.getInt(16);
    in.putInt(16, 0);
    int length = in.getInt(12);
    boolean whole =
        in.getLong(0) == SIGNATURE
            && length >= HEADER_BYTES
            && length <= sectorBytes
            && crc(in.array(), length) == expected
            && in.getLong(24) == at;
    return whole ? table(disk, in, sectors, sectorBytes) : null;
  }

  private static Gpt table(Reader disk, ByteBuffer header, long sectors, int sectorBytes) {
    int count = header.getInt(80);
    int size = header.getInt(84);
    long at = header.getLong(72);
    boolean sane = size == ENTRY_BYTES && count > 0 && count <= ENTRIES && at > 0 && at < sectors;
    if (!sane) {
      return null;
    }
    byte[] entries = disk.read(at, (count * size + sectorBytes - 1) / sectorBytes);
    if (crc(entries, count * size) != header.getInt(88)) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
    List<GptPartition> partitions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      in.position(i * size);
      partitions.add(partition(in));
    }
    while (!partitions.isEmpty() && partitions.getLast() == null) {
      partitions.removeLast();
    }
    header.position(56);
    return new Gpt(uuid(header), sectorBytes, sectors, partitions);
  }

  private static GptPartition partition(ByteBuffer in) {
    UUID type = uuid(in);
    if (type.equals(UNUSED)) {
      return null;
    }
    UUID id = uuid(in);
    long first = in.getLong();
    long last = in.getLong();
    long attributes = in.getLong();
    byte[] name = new byte[72];
    in.get(name);
    String text = new String(name, StandardCharsets.UTF_16LE);
    int end = text.indexOf('\0');
    return new GptPartition(type, id, first, last, attributes, end < 0 ? text : text.substring(0, end));
  }

  /** GUIDs have their first three fields in little-endian order. */
  private static void put(ByteBuffer out, UUID id) {
    long high = id.getMostSignificantBits();
    out.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
    out.putLong(Long.reverseBytes(id.getLeastSignificantBits()));
  }

  private static UUID uuid(ByteBuffer in) {
    long high = (in.getInt() & 0xFFFFFFFFL) << 32;
    high |= (in.getShort() & 0xFFFFL) << 16;
    high |= in.getShort() & 0xFFFFL;
    return new UUID(high, Long.reverseBytes(in.getLong()));
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.wrap(new byte[length]).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** This table with another entry at a number (from 1). */
  public Gpt with(int number, GptPartition partition) {
    List<GptPartition> others = new ArrayList<>(partitions);
    others.set(number - 1, partition);
    return new Gpt(id, sectorBytes, sectors, others);
  }

  @Override
  public String toString() {
    return "GPT " + id + " " + Arrays.toString(partitions.toArray());
  }
}
