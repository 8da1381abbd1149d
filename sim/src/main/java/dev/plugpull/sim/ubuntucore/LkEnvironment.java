package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import java.util.SortedMap;
import java.util.TreeMap;

/** Little kernel's boot selection as snapd handles it (P7): primary written and synced, then the backup. */
final class LkEnvironment implements BootEnvironment {
  private final boolean recovery;

  /**
   * A selection.
   *
   * @param recovery true for that among recovery systems
   */
  LkEnvironment(boolean recovery) {
    this.recovery = recovery;
  }

  private LiveVolume volume(Machine machine) {
    return recovery ? machine.recoverySelect() : machine.bootSelect();
  }

  @Override
  public SortedMap<String, String> read(Machine machine) {
    LiveVolume raw = volume(machine);
    for (int copy = 0; copy < 2; copy++) {
      SortedMap<String, String> fields =
          LkSelection.decode(raw.readRaw((long) copy * LkSelection.BYTES, LkSelection.BYTES));
      if (fields != null) {
        return fields;
      }
    }
    throw new SnapdError("cannot validate LK env: neither primary nor backup has the expected checksum");
  }

  @Override
  public void write(Machine machine, String point, SortedMap<String, String> changes) {
    SortedMap<String, String> fields = new TreeMap<>(read(machine));
    fields.putAll(changes);
    byte[] image = LkSelection.encode(fields);
    machine.step("sets " + changes + " in " + where() + " and " + where() + "bak", "");
    save(machine, point + ".primary", 0, image);
    save(machine, point, LkSelection.BYTES, image);
  }

  private void save(Machine machine, String point, long offset, byte[] image) {
    LiveVolume raw = volume(machine);
    raw.writeRaw(offset, image);
    machine.point(point + ".written", machine.tracing() ? "writes the " + word(offset) + " boot selection" : "");
    raw.fsyncRaw();
    machine.flushed(raw);
    machine.point(point, machine.tracing() ? "syncs the " + word(offset) + " boot selection" : "");
  }

  private static String word(long offset) {
    return offset == 0 ? "primary" : "backup";
  }

  @Override
  public String where() {
    return recovery ? LkSelection.RECOVERY_PARTITION : LkSelection.PARTITION;
  }
}
