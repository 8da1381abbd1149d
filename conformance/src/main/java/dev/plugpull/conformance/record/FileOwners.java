package dev.plugpull.conformance.record;

import dev.plugpull.conformance.machine.HostCommand;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.log.LogEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which file of an ext4 a request wrote to, as e2fsprogs' {@code debugfs} tells. Without it, or on another file
 * system, owners are byte ranges.
 */
final class FileOwners {

  private final StatePlan plan;
  private final Bench bench;

  FileOwners(StatePlan plan, Bench bench) {
    this.plan = plan;
    this.bench = bench;
  }

  /** Owners of what the requests at these positions wrote, in the order of the requests. */
  List<String> of(List<Integer> requests) throws IOException {
    Set<String> owners = new LinkedHashSet<>();
    for (int request : requests) {
      LogEntry.Issued write = (LogEntry.Issued) plan.log().entries().get(request);
      // Names are those of the disk at the end: what was written is in place there.
      owners.addAll(owners(write, plan.end().disk()));
    }
    return List.copyOf(owners);
  }

  private List<String> owners(LogEntry.Issued write, DiskState disk) throws IOException {
    long start = partition(disk, write.offset());
    if (start < 0 || !HostCommand.present("debugfs")) {
      return List.of("bytes " + write.offset() + " to " + write.end());
    }
    Path image = bench.run().fresh("image");
    disk.writeTo(image);
    try {
      return new Ext4Image(image, start).owners(write);
    } finally {
      Files.delete(image);
    }
  }

  /** Where the ext4 begins that holds this byte, or -1. */
  static long partition(DiskState disk, long offset) throws IOException {
    long found = -1;
    for (long start : starts(disk)) {
      ByteBuffer magic = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
      if (start <= offset && start + 1082 <= disk.size()) {
        disk.read(start + 1080, magic);
        found = magic.getShort(0) == (short) 0xef53 ? start : found;
      }
    }
    return found;
  }

  private static Set<Long> starts(DiskState disk) throws IOException {
    Set<Long> starts = new TreeSet<>(Set.of(0L));
    ByteBuffer table = ByteBuffer.allocate((int) Math.min(disk.size(), 34 * 512)).order(ByteOrder.LITTLE_ENDIAN);
    disk.read(0, table);
    for (int i = 0; i < 4 && table.capacity() >= 512; i++) {
      starts.add((table.getInt(446 + 16 * i + 8) & 0xffffffffL) * 512);
    }
    for (int i = 0; i < 128 && table.capacity() == 34 * 512 && table.getLong(512) == 0x5452415020494645L; i++) {
      starts.add(table.getLong(1024 + 128 * i + 32) * 512);
    }
    return starts;
  }
}
