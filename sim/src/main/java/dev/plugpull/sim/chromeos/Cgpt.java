package dev.plugpull.sim.chromeos;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.slots.SlotMachine;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The running system's tool for the partition table ({@code chrome-os.md} 2.2 and 2.3). */
final class Cgpt {
  private final SlotMachine machine;
  private final LiveVolume disk;

  Cgpt(SlotMachine machine) {
    this.machine = machine;
    this.disk = machine.volume(Part.DISK.ordinal());
  }

  GptCopies table() {
    return GptCopies.read(disk, Partitions.SECTORS);
  }

  /** {@code cgpt add}: false if a copy of the table is not whole; nothing is changed then. */
  boolean add(String point, Slot slot, UnaryOperator<Attributes> change) {
    GptCopies table = table();
    if (!table.whole()) {
      machine.step("cgpt add fails: a copy of the partition table is not whole");
      return false;
    }
    table.set(slot, change.apply(table.attributes(slot)));
    save(point, table);
    return true;
  }

  /** {@code cgpt prioritize}: does nothing, and says nothing, if a copy of the table is not whole. */
  void prioritize(String point, Slot slot) {
    GptCopies table = table();
    if (!table.whole()) {
      machine.step("cgpt prioritize does nothing: a copy of the partition table is not whole");
      return;
    }
    Attributes other = table.attributes(slot.other());
    boolean both = other.priority() > 0;
    table.set(slot, table.attributes(slot).priority(both ? 2 : 1));
    table.set(slot.other(), other.priority(both ? 1 : 0));
    save(point, table);
  }

  /** {@code cgpt repair}. */
  void repair(String point) {
    GptCopies table = table();
    table.repair();
    save(point, table);
  }

  private void save(String point, GptCopies table) {
    machine.asOwnProcess(() -> saveAll(point, table));
  }

  private void saveAll(String point, GptCopies table) {
    write(point, table, GptCopies.Region.HEADER1);
    write(point, table, GptCopies.Region.ENTRIES1);
    flush(point + ".primary", table);
    write(point, table, GptCopies.Region.HEADER2);
    write(point, table, GptCopies.Region.ENTRIES2);
    flush(point, table);
  }

  private void write(String point, GptCopies table, GptCopies.Region region) {
    if (table.modified().contains(region)) {
      disk.writeRaw(table.offset(region), table.bytes(region));
      machine.point(point + "." + region.name().toLowerCase(Locale.ROOT), says(table, "writes"));
    }
  }

  private void flush(String point, GptCopies table) {
    disk.fsyncRaw();
    machine.point(point, says(table, "syncs"));
  }

  private String says(GptCopies table, String what) {
    return machine.tracing()
        ? "cgpt " + what + " the table: A " + table.attributes(Slot.A) + ", B " + table.attributes(Slot.B) : "";
  }
}
