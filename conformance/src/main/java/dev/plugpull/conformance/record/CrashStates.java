package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.image.DiskImage;
import dev.plugpull.faultinjection.disk.image.DiskState;
import java.io.IOException;

/** The crash states of a recording, by their ids. */
public final class CrashStates {
  private final StatePlan plan;

  private CrashStates(StatePlan plan) {
    this.plan = plan;
  }

  /**
   * Reads a recording.
   *
   * @param base what the disk held when the recording began
   */
  public static CrashStates of(Recording recording, DiskImage base) throws IOException {
    return new CrashStates(StatePlan.of(recording.readLog(), DiskState.of(base)));
  }

  /**
   * The disk of this id, to lay an overlay on.
   *
   * @throws IllegalArgumentException {@code cannot find crash state ...}
   */
  public DiskImage named(String id) throws IOException {
    return plan.named(id).disk();
  }

  /** Requests that change the disk. */
  public int changes() {
    return plan.changes();
  }

  /** Flushes that the disk acknowledged. */
  public long flushes() {
    return plan.log().flushes();
  }
}
