package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.slots.SlotMachine;
import java.util.Arrays;

/**
 * The firmware's non-volatile settings: one record of 16 bytes with a checksum ({@code chrome-os.md} 3.1). A record
 * that does not check is reset to zero.
 *
 * <p>Two homes: CMOS, written byte by byte; or a log of records in SPI flash, where the next free place is written and
 * a full log is erased first.
 */
final class NvData {
  static final int BYTES = 16;
  /** Records in the log. */
  static final int LOG_RECORDS = 4;
  private static final byte SIGNATURE = 0x70;
  private static final int TRY_COUNT = 1;
  private static final int RECOVERY = 2;
  private static final int FIRMWARE = 7;
  private static final int CRC = 15;

  /** What became of a firmware slot. */
  enum Result {
    UNKNOWN,
    TRYING,
    SUCCESS,
    FAILURE
  }

  private final LiveVolume volume;
  private final boolean log;
  private final byte[] record;
  private final byte[] stored;

  private NvData(LiveVolume volume, boolean log, byte[] stored) {
    this.volume = volume;
    this.log = log;
    this.stored = stored;
    record = checks(stored) ? stored.clone() : fresh();
  }

  /**
   * Reads the record in use.
   *
   * @param log true for the log in SPI flash
   * @param bisecting the log's end is found by bisection, which trusts that no used record follows a blank one
   */
  static NvData read(LiveVolume volume, boolean log, boolean bisecting) {
    if (!log) {
      return new NvData(volume, false, volume.readRaw(0, BYTES));
    }
    byte[] region = volume.readRaw(0, LOG_RECORDS * BYTES);
    int next = bisecting ? bisect(region) : firstBlank(region);
    byte[] last = next == 0 ? new byte[BYTES] : Arrays.copyOfRange(region, (next - 1) * BYTES, next * BYTES);
    return new NvData(volume, true, last);
  }

  private static byte[] fresh() {
    byte[] record = new byte[BYTES];
    record[0] = SIGNATURE;
    return record;
  }

  private static boolean checks(byte[] record) {
    return record[0] == SIGNATURE && record[CRC] == crc8(record);
  }

  private static byte crc8(byte[] record) {
    int crc = 0;
    for (int i = 0; i < CRC; i++) {
      crc ^= (record[i] & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = ((crc & 0x8000) != 0 ? crc ^ 0x1070 << 3 : crc) << 1;
      }
    }
    return (byte) (crc >> 8);
  }

  private static boolean blank(byte[] region, int index) {
    for (int i = index * BYTES; i < (index + 1) * BYTES; i++) {
      if (region[i] != (byte) 0xFF) {
        return false;
      }
    }
    return true;
  }

  private static int firstBlank(byte[] region) {
    int next = LOG_RECORDS;
    while (next > 0 && blank(region, next - 1)) {
      next--;
    }
    return next;
  }

  private static int bisect(byte[] region) {
    int low = 0;
    int high = LOG_RECORDS;
    while (low < high) {
      int middle = (low + high) / 2;
      if (blank(region, middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  int tryCount() {
    return record[TRY_COUNT] & 15;
  }

  void tryCount(int count) {
    // The field has four bits: a larger number is cut.
    record[TRY_COUNT] = (byte) (record[TRY_COUNT] & 0xF0 | count & 15);
  }

  int recovery() {
    return record[RECOVERY] & 0xFF;
  }

  void recovery(int reason) {
    record[RECOVERY] = (byte) reason;
  }

  Slot tryNext() {
    return bit(3) ? Slot.B : Slot.A;
  }

  void tryNext(Slot slot) {
    bit(3, slot == Slot.B);
  }

  Slot tried() {
    return bit(2) ? Slot.B : Slot.A;
  }

  void tried(Slot slot) {
    bit(2, slot == Slot.B);
  }

  Result result() {
    return Result.values()[record[FIRMWARE] & 3];
  }

  void result(Result result) {
    record[FIRMWARE] = (byte) (record[FIRMWARE] & ~3 | result.ordinal());
  }

  Slot previousTried() {
    return bit(6) ? Slot.B : Slot.A;
  }

  Result previousResult() {
    return Result.values()[record[FIRMWARE] >> 4 & 3];
  }

  /** At the begin of a boot: what the last one did becomes the previous one. */
  void turn() {
    Result last = result();
    bit(6, tried() == Slot.B);
    record[FIRMWARE] = (byte) (record[FIRMWARE] & ~0x30 | last.ordinal() << 4);
    result(Result.UNKNOWN);
  }

  private boolean bit(int number) {
    return (record[FIRMWARE] >> number & 1) == 1;
  }

  private void bit(int number, boolean set) {
    record[FIRMWARE] = (byte) (set ? record[FIRMWARE] | 1 << number : record[FIRMWARE] & ~(1 << number));
  }

  /** Writes the record if it changed. */
  void commit(SlotMachine machine, String point, String what) {
    record[CRC] = crc8(record);
    if (Arrays.equals(record, stored)) {
      return;
    }
    if (log) {
      append(machine, point, what);
    } else {
      volume.writeRaw(0, record);
    }
    volume.fsyncRaw();
    machine.point(point, what);
    System.arraycopy(record, 0, stored, 0, BYTES);
  }

  private void append(SlotMachine machine, String point, String what) {
    byte[] region = volume.readRaw(0, LOG_RECORDS * BYTES);
    int next = firstBlank(region);
    if (next == LOG_RECORDS) {
      byte[] erased = new byte[region.length];
      Arrays.fill(erased, (byte) 0xFF);
      volume.writeRaw(0, erased);
      machine.point(point + ".erased", "erases the full log of settings");
      next = 0;
    }
    volume.writeRaw((long) next * BYTES, record);
    machine.point(point + ".written", what);
  }

  @Override
  public String toString() {
    return "try_next=" + tryNext() + " try_count=" + tryCount() + " tried=" + tried() + " result=" + result()
        + (recovery() == 0 ? "" : " recovery=0x" + Integer.toHexString(recovery()));
  }
}
