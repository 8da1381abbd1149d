package dev.plugpull.faultinjection.disk.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a recording, where requests overlap in time, into the order of dm-log-writes, where each entry is done before
 * the next: a change stands before a flush exactly if the flush covered it, and what a later request has replaced is
 * left out when the earlier one comes after it.
 */
final class DmOrder {
  private final DiskLog log;
  private final int device;
  private final List<LogEntry> order = new ArrayList<>();
  /** Position of each request in {@link #order}, by its position in the log. */
  private final List<Integer> issuedAt = new ArrayList<>();
  /** Length of {@link #order} when a request was issued. Looked up only. */
  private final Map<Integer, Integer> orderAtIssue = new HashMap<>();
  /** Completed changes that no flush has covered, in the order of completion. */
  private final Map<Integer, LogEntry.Issued> unsafe = new LinkedHashMap<>();
  /** For each flush in flight, what it covers. Looked up only. */
  private final Map<Integer, List<Integer>> covered = new HashMap<>();

  private DmOrder(DiskLog log, int device) {
    this.log = log;
    this.device = device;
  }

  /** Requests and marks in the foreign order. */
  static List<LogEntry> of(DiskLog log, int device) {
    return new DmOrder(log, device).run();
  }

  private List<LogEntry> run() {
    for (int i = 0; i < log.size(); i++) {
      switch (log.entries().get(i)) {
        case LogEntry.Issued request when request.device() == device -> issued(i, request);
        case LogEntry.Completed answer when answer.error() == 0 && log.request(answer).device() == device ->
            answered((int) answer.request(), log.request(answer), answer.lied());
        case LogEntry.Mark mark -> add(-1, mark);
        case LogEntry.Issued _, LogEntry.Completed _, LogEntry.Note _, LogEntry.PowerCut _ -> {
          // The format has no place for it.
        }
      }
    }
    emit(List.copyOf(unsafe.keySet()));
    return order;
  }

  private void issued(int index, LogEntry.Issued request) {
    orderAtIssue.put(index, order.size());
    if (request.operation() == Operation.FLUSH) {
      covered.put(index, List.copyOf(unsafe.keySet()));
    }
  }

  private void answered(int index, LogEntry.Issued request, boolean lied) {
    if (request.operation() == Operation.FLUSH) {
      List<Integer> before = covered.remove(index);
      if (!lied && before != null) {
        emit(before);
        add(index, request);
      }
    } else if (request.operation().changes()) {
      unsafe.put(index, request);
      if (request.fua() && !lied) {
        // What this request has overwritten must not come after it.
        emit(unsafe.keySet().stream().filter(i -> i <= index && overlap(unsafe.get(i), request)).toList());
      }
    }
  }

  private static boolean overlap(LogEntry.Issued one, LogEntry.Issued two) {
    return one.offset() < two.end() && two.offset() < one.end();
  }

  /** Writes changes down in the order of their issue. */
  private void emit(List<Integer> indices) {
    indices.stream().sorted().filter(unsafe::containsKey).forEach(index -> emit(index, unsafe.remove(index)));
  }

  private void emit(int index, LogEntry.Issued request) {
    List<LogEntry.Issued> parts = List.of(request);
    List<Runnable> repeats = new ArrayList<>();
    for (int i = orderAtIssue.get(index); i < order.size(); i++) {
      if (issuedAt.get(i) > index && order.get(i) instanceof LogEntry.Issued later && later.length() > 0) {
        if (request.fua() && !durableAt(i)) {
          repeat(issuedAt.get(i), later, parts, repeats);
        } else {
          List<LogEntry.Issued> left = new ArrayList<>();
          parts.forEach(part -> without(part, later, left));
          parts = left;
        }
      }
    }
    parts.forEach(part -> add(index, part));
    repeats.forEach(Runnable::run);
  }

  /**
   * A later change that nothing has made durable yet must not take the place of an earlier one that is durable now: the
   * earlier one is written down in full, and behind it once more what the later one puts over it.
   */
  private void repeat(int index, LogEntry.Issued later, List<LogEntry.Issued> parts, List<Runnable> repeats) {
    for (LogEntry.Issued part : parts) {
      if (overlap(part, later)) {
        long from = Math.max(part.offset(), later.offset());
        long to = Math.min(part.end(), later.end());
        repeats.add(() -> emit(index, cut(later, from, to)));
      }
    }
  }

  private boolean durableAt(int place) {
    return order.get(place) instanceof LogEntry.Issued request && request.fua()
        || order.subList(place + 1, order.size()).stream()
            .anyMatch(e -> e instanceof LogEntry.Issued request && request.operation() == Operation.FLUSH);
  }

  private void add(int index, LogEntry entry) {
    order.add(entry);
    issuedAt.add(index);
  }

  private static void without(LogEntry.Issued part, LogEntry.Issued later, List<LogEntry.Issued> left) {
    if (!overlap(part, later)) {
      left.add(part);
      return;
    }
    if (part.offset() < later.offset()) {
      left.add(cut(part, part.offset(), later.offset()));
    }
    if (later.end() < part.end()) {
      left.add(cut(part, later.end(), part.end()));
    }
  }

  private static LogEntry.Issued cut(LogEntry.Issued part, long from, long to) {
    byte[] data = part.data();
    if (part.operation() == Operation.WRITE) {
      data = java.util.Arrays.copyOfRange(data, (int) (from - part.offset()), (int) (to - part.offset()));
    }
    return new LogEntry.Issued(
        part.device(), part.connection(), part.operation(), part.fua(), from, to - from, data);
  }
}
