package dev.plugpull.faultinjection.disk.replay;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.log.DiskLog;
import dev.plugpull.faultinjection.disk.log.LogEntry;
import dev.plugpull.faultinjection.disk.log.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks forward through the recording of one disk and keeps what is durable and what is pending. Other disks of the
 * same recording have caches of their own and a replay of their own. For one thread.
 */
public final class LogReplay {
  private final DiskLog log;
  private final int device;
  private final boolean honest;
  private DiskVolume durable;
  private List<PendingRequest> pending = new ArrayList<>();
  /** For each flush in flight, the requests that it covers. Looked up only, never walked. */
  private final Map<Integer, List<Integer>> flushes = new HashMap<>();
  private int position;

  private LogReplay(DiskLog log, int device, DiskState base, boolean honest) {
    if (base.size() != log.header().devices().get(device).size()) {
      throw new IllegalArgumentException(
          "cannot replay a recording of a disk of " + log.header().devices().get(device).size()
              + " bytes on a disk of " + base.size() + " bytes");
    }
    this.log = log;
    this.device = device;
    this.durable = new DiskVolume(base);
    this.honest = honest;
  }

  /**
   * At position 0.
   *
   * @param base what the disk held when the recording began
   */
  public static LogReplay of(DiskLog log, int device, DiskState base) {
    return new LogReplay(log, device, base, true);
  }

  /** The same, but as if every flush and FUA had been a lie: nothing ever becomes durable. */
  public static LogReplay withLyingFlush(DiskLog log, int device, DiskState base) {
    return new LogReplay(log, device, base, false);
  }

  public int position() {
    return position;
  }

  /** Goes forward to a position of the recording. */
  public LogReplay advanceTo(int target) throws IOException {
    if (target < position || target > log.size()) {
      throw new IllegalArgumentException(
          "cannot go from position " + position + " to " + target + " of a recording of " + log.size() + " entries");
    }
    while (position < target) {
      switch (log.entries().get(position)) {
        case LogEntry.Issued request when request.device() == device -> issued(request);
        case LogEntry.Completed answer when log.request(answer).device() == device -> completed(answer);
        case LogEntry.Issued _, LogEntry.Completed _, LogEntry.Mark _, LogEntry.Note _, LogEntry.PowerCut _ -> {
          // Changes nothing on this disk.
        }
      }
      position++;
    }
    return this;
  }

  private void issued(LogEntry.Issued request) {
    if (request.operation().changes() && request.length() > 0) {
      pending.add(PendingRequest.of(position, request));
    } else if (request.operation() == Operation.FLUSH) {
      flushes.put(
          position, pending.stream().filter(PendingRequest::completed).map(PendingRequest::entry).toList());
    }
  }

  private void completed(LogEntry.Completed answer) throws IOException {
    int entry = (int) answer.request();
    LogEntry.Issued request = log.request(answer);
    boolean kept = honest && !answer.lied();
    if (request.operation() == Operation.FLUSH) {
      List<Integer> covered = flushes.remove(entry);
      if (answer.error() == 0 && kept && covered != null) {
        makeDurable(covered);
      }
    } else if (answer.error() != 0) {
      pending.removeIf(p -> p.entry() == entry);
    } else {
      pending.replaceAll(p -> p.entry() == entry ? p.complete() : p);
      if (request.fua() && kept) {
        makeDurable(List.of(entry));
      }
    }
  }

  /** Takes requests out of the window into the base, in the order of their issue. */
  private void makeDurable(List<Integer> entries) throws IOException {
    Map<Integer, PendingRequest> byEntry = new LinkedHashMap<>();
    pending.forEach(p -> byEntry.put(p.entry(), p));
    for (int entry : entries) {
      PendingRequest done = byEntry.remove(entry);
      if (done != null) {
        durable = new DiskVolume(done.applyTo(durable.disk()));
        byEntry.replaceAll((e, p) -> e < entry ? p.without(done.request().offset(), done.request().end()) : p);
      }
    }
    pending = new ArrayList<>(byEntry.values());
    pending.removeIf(p -> p.parts().isEmpty());
  }

  /** What is on the disk for certain. */
  public DiskState durable() {
    return durable.disk();
  }

  /** What a cut at this position may lose. */
  public DiskWindow window() {
    return new DiskWindow(durable, List.copyOf(pending), log.header().devices().get(device).unitBytes());
  }

  /** What the running machine would read at this position. */
  public DiskState live() throws IOException {
    return window().allKept();
  }
}
