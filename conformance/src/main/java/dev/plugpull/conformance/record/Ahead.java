package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.image.DiskState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Begins with work on crash states before its result is asked for, so that all machines of a bench are in use. The
 * answers are those of work done one after the other; for one thread.
 */
final class Ahead<T> {
  private final ExecutorService machines;
  private final int count;
  private final Work<T> work;
  /** What was not asked for yet, by content. */
  private final Map<String, Begun<T>> begun = new LinkedHashMap<>();

  private record Begun<T>(DiskState disk, Future<T> result) {}

  /** What is done with a state. */
  interface Work<T> {
    T with(DiskState state) throws IOException;
  }

  /**
   * @param machines do the work
   * @param count how many of them there are
   */
  Ahead(ExecutorService machines, int count, Work<T> work) {
    this.machines = machines;
    this.count = count;
    this.work = work;
  }

  /** True if a machine is free for one state more. */
  boolean room() {
    return begun.values().stream().filter(one -> !one.result().isDone()).count() < count;
  }

  /** States that were begun and not asked for. */
  List<DiskState> begun() {
    return begun.values().stream().map(Begun::disk).toList();
  }

  /** Begins, if that was not done before. */
  void begin(DiskState state) {
    begun.computeIfAbsent(state.hash().toString(), _ -> new Begun<>(state, machines.submit(() -> work.with(state))));
  }

  /**
   * Waits for the result.
   *
   * @throws IOException what the work threw
   */
  T of(DiskState state) throws IOException {
    begin(state);
    return Bench.await(begun.remove(state.hash().toString()).result());
  }
}
