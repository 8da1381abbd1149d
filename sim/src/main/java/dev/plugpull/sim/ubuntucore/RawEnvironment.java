package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The redundant U-Boot environment on the raw partition ubuntu-boot-state: two copies with a counter (P6). The copy
 * with the newer counter counts, compared as a signed 8-bit difference; a copy with a bad checksum is ignored.
 */
final class RawEnvironment implements BootEnvironment {
  static final int COPY_BYTES = 8192;

  private final RedundantFormat format;

  RawEnvironment(RedundantFormat format) {
    this.format = format;
  }

  /** The byte format of one copy. */
  interface RedundantFormat {
    /** Decodes a copy, null if its checksum is wrong. */
    SortedMap<String, String> decodeCopy(byte[] copy);

    /** The counter of a copy, 0 to 255. */
    int counter(byte[] copy);

    byte[] encode(SortedMap<String, String> variables, int counter, int size);
  }

  @Override
  public SortedMap<String, String> read(Machine machine) {
    int active = active(machine);
    if (active < 0) {
      throw new SnapdError("cannot read ubuntu-boot-state: no copy has a good checksum");
    }
    return new TreeMap<>(format.decodeCopy(copy(machine, active)));
  }

  @Override
  public void write(Machine machine, String point, SortedMap<String, String> changes) {
    int active = active(machine);
    SortedMap<String, String> variables = read(machine);
    variables.putAll(changes);
    variables.values().removeIf(String::isEmpty);
    int counter = (format.counter(copy(machine, active)) + 1) & 0xFF;
    LiveVolume raw = machine.bootState();
    raw.writeRaw((long) (1 - active) * COPY_BYTES, format.encode(variables, counter, COPY_BYTES));
    machine.step("sets " + changes + " in copy " + (2 - active) + " of ubuntu-boot-state", "");
    machine.point(point + ".written", machine.tracing() ? "writes the inactive copy" : "");
    raw.fsyncRaw();
    machine.flushed(raw);
    machine.point(point, machine.tracing() ? "syncs the device" : "");
  }

  private int active(Machine machine) {
    byte[] first = copy(machine, 0);
    byte[] second = copy(machine, 1);
    boolean firstGood = format.decodeCopy(first) != null;
    boolean secondGood = format.decodeCopy(second) != null;
    if (!firstGood || !secondGood) {
      return firstGood ? 0 : secondGood ? 1 : -1;
    }
    return (byte) (format.counter(second) - format.counter(first)) > 0 ? 1 : 0;
  }

  /** Counters by difference only, bad copies as bad. */
  Hash128 canonical(VolumeState state) {
    LiveVolume raw = state.open();
    byte[] first = raw.readRaw(0, COPY_BYTES);
    byte[] second = raw.readRaw(COPY_BYTES, COPY_BYTES);
    SortedMap<String, String> one = format.decodeCopy(first);
    SortedMap<String, String> two = format.decodeCopy(second);
    boolean secondNewer = one != null && two != null && (byte) (format.counter(second) - format.counter(first)) > 0;
    return Hash128.of(one + "|" + two + "|" + secondNewer);
  }

  private static byte[] copy(Machine machine, int index) {
    return machine.bootState().readRaw((long) index * COPY_BYTES, COPY_BYTES);
  }

  @Override
  public String where() {
    return "ubuntu-boot-state";
  }
}
