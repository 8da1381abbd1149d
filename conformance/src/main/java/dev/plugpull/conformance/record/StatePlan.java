package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.log.DiskLog;
import dev.plugpull.faultinjection.disk.log.LogEntry;
import dev.plugpull.faultinjection.disk.log.Operation;
import dev.plugpull.faultinjection.disk.replay.DiskVolume;
import dev.plugpull.faultinjection.disk.replay.DiskWindow;
import dev.plugpull.faultinjection.disk.replay.LogReplay;
import dev.plugpull.sim.filesystem.VolumeState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The crash states of a recording, in the order of their positions.
 *
 * <ul>
 *   <li>{@code prefix:P}: everything that was issued in the first P entries reached the disk
 *   <li>{@code flushed:P}: nothing but what a flush had covered
 *   <li>{@code drop:P:R}: everything but request R
 *   <li>{@code torn:P:R:B}: everything, but of the last request R only the first B bytes
 * </ul>
 */
final class StatePlan {
  private final DiskLog log;
  private final DiskState base;
  /** The live disk after each request that changes it; key: position after the request. */
  private final NavigableMap<Integer, DiskState> live = new TreeMap<>();
  /** What is pending right before each flush takes effect; key: position before its answer. */
  private final NavigableMap<Integer, DiskWindow> epochs = new TreeMap<>();
  private final List<Integer> boundaries = new ArrayList<>();

  private StatePlan(DiskLog log, DiskState base) {
    this.log = log;
    this.base = base;
  }

  static StatePlan of(DiskLog log, DiskState base) throws IOException {
    StatePlan plan = new StatePlan(log, base);
    plan.walk();
    return plan;
  }

  private void walk() throws IOException {
    LogReplay replay = LogReplay.of(log, 0, base);
    DiskState now = base;
    live.put(0, now);
    boolean changed = false;
    for (int i = 0; i < log.size(); i++) {
      switch (log.entries().get(i)) {
        case LogEntry.Issued request when request.operation().changes() && request.length() > 0 -> {
          now = apply(now, request, request.length());
          live.put(i + 1, now);
          changed = true;
        }
        case LogEntry.Completed answer when covers(answer) -> {
          if (changed) {
            replay.advanceTo(i);
            epochs.put(i, replay.window());
            boundaries.add(i + 1);
            changed = false;
          }
        }
        case LogEntry.Issued _, LogEntry.Completed _, LogEntry.Mark _, LogEntry.Note _, LogEntry.PowerCut _ -> {
          // Changes nothing.
        }
      }
    }
    replay.advanceTo(log.size());
    if (replay.window().size() > 0) {
      epochs.put(log.size(), replay.window());
    }
  }

  private boolean covers(LogEntry.Completed answer) {
    return answer.error() == 0 && !answer.lied() && log.request(answer).operation() == Operation.FLUSH;
  }

  private static DiskState apply(DiskState state, LogEntry.Issued request, long bytes) throws IOException {
    return request.operation() == Operation.WRITE
        ? state.with(request.offset(), ByteBuffer.wrap(request.data(), 0, (int) bytes))
        : state.withZeros(request.offset(), bytes);
  }

  DiskLog log() {
    return log;
  }

  /** Positions right after each flush that made something durable. */
  List<Integer> boundaries() {
    return boundaries;
  }

  CrashState start() {
    return prefix(0);
  }

  CrashState end() {
    return prefix(log.size());
  }

  CrashState prefix(int position) {
    int last = live.floorKey(position);
    return new CrashState("prefix:" + last, last, last - 1, () -> live.get(last));
  }

  /** A state for each request that changes the disk, with positions above {@code from} and up to {@code to}. */
  List<CrashState> prefixes(int from, int to) {
    return live.subMap(from, false, to, true).keySet().stream().map(this::prefix).toList();
  }

  /** Every single loss, for the flushes between these positions; those of one flush stand together. */
  List<CrashState> drops(int from, int to) {
    List<CrashState> states = new ArrayList<>();
    epochs.subMap(from, false, to, true).forEach((position, window) -> {
      states.add(new CrashState("flushed:" + position, position, -1, () -> window.base().disk()));
      for (int i = 0; i < window.size() - 1; i++) {
        int lost = i;
        states.add(new CrashState("drop:" + position + ":" + window.logEntry(i), position, window.logEntry(i),
            () -> without(window, lost)));
      }
    });
    return states;
  }

  private static DiskState without(DiskWindow window, int lost) {
    VolumeState state = window.base();
    for (int i = 0; i < window.size(); i++) {
      state = i == lost ? state : window.apply(state, i);
    }
    return ((DiskVolume) state).disk();
  }

  /**
   * Requests of several atomic units, torn.
   *
   * @param atMost tears of one request, spread evenly
   */
  List<CrashState> tears(int from, int to, int atMost) {
    int unit = log.header().devices().getFirst().unitBytes();
    List<CrashState> states = new ArrayList<>();
    for (int position : live.subMap(from, false, to, true).keySet()) {
      LogEntry.Issued request = (LogEntry.Issued) log.entries().get(position - 1);
      long units = request.length() / unit;
      long count = Math.min(atMost, units - 1);
      for (long i = 1; i <= count; i++) {
        states.add(torn(position, request, Math.max(1, i * units / (count + 1)) * unit));
      }
    }
    return states;
  }

  private CrashState torn(int position, LogEntry.Issued request, long bytes) {
    return new CrashState("torn:" + position + ":" + (position - 1) + ":" + bytes, position, position - 1,
        () -> apply(live.lowerEntry(position).getValue(), request, bytes));
  }

  /**
   * The state of this id.
   *
   * @throws IllegalArgumentException {@code cannot find crash state ...}
   */
  CrashState named(String id) {
    String[] parts = id.split(":");
    try {
      int position = Integer.parseInt(parts[1]);
      switch (parts[0]) {
        case "prefix" -> {
          if (position >= 0 && position <= log.size()) {
            return prefix(position);
          }
        }
        case "flushed", "drop" -> {
          for (CrashState state : drops(position - 1, position)) {
            if (state.id().equals(id)) {
              return state;
            }
          }
        }
        case "torn" -> {
          LogEntry.Issued request = (LogEntry.Issued) log.entries().get(position - 1);
          long bytes = Long.parseLong(parts[3]);
          if (live.containsKey(position) && bytes > 0 && bytes < request.length()) {
            return torn(position, request, bytes);
          }
        }
        default -> { }
      }
    } catch (IndexOutOfBoundsException | NumberFormatException | ClassCastException e) {
      // The sentence below says what is known.
    }
    throw new IllegalArgumentException("cannot find crash state '" + id + "': write prefix:P, flushed:P, drop:P:R or"
        + " torn:P:R:BYTES as in the report, with P from 0 to " + log.size());
  }

  /** Requests that change the disk. */
  int changes() {
    return live.size() - 1;
  }

  /** Every prefix, single loss and tear of the whole log, for counting; tears as {@code atMost} says. */
  int all(int atMost) {
    return prefixes(0, log.size()).size() + 1 + drops(0, log.size()).size() + tears(0, log.size(), atMost).size();
  }
}
