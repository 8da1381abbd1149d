package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.image.DiskImage;
import java.io.IOException;

/** The crash states of a recording, by their ids. */
public final class CrashStates {
  private final Recoveries states;

  private CrashStates(Recoveries states) {
    this.states = states;
  }

  /**
   * Reads a recording.
   *
   * @param base what the disk held when the recording began
   */
  public static CrashStates of(Recording recording, DiskImage base) throws IOException {
    return new CrashStates(Recoveries.of(recording, base));
  }

  /**
   * The disk of this id, to lay an overlay on.
   *
   * @throws IllegalArgumentException {@code cannot find crash state ...}
   */
  public DiskImage named(String id) throws IOException {
    return states.named(id).disk();
  }

  /** Requests that change the disk. */
  public int changes() {
    return states.update().changes();
  }

  /** Flushes that the disk acknowledged. */
  public long flushes() {
    return states.update().log().flushes();
  }
}
