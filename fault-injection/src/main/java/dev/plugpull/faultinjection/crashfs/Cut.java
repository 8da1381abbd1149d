package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.sim.filesystem.VolumeState;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** A power cut at one moment, with everything that it may leave. */
public final class Cut {
  private final List<VolumeState> left;
  private final boolean bounded;
  private final Function<VolumeState, CrashFileSystem> view;

  Cut(List<VolumeState> left, boolean bounded, Function<VolumeState, CrashFileSystem> view) {
    this.left = left;
    this.bounded = bounded;
    this.view = view;
  }

  /**
   * Each distinct crash state as a file system of its own, over the state: reading copies nothing, writing changes no
   * other one. They can be written to and cut again.
   */
  public Iterable<CrashFileSystem> states() {
    return () -> {
      Iterator<VolumeState> states = left.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return states.hasNext();
        }

        @Override
        public CrashFileSystem next() {
          return view.apply(states.next());
        }
      };
    };
  }

  /** How many there are. */
  public int size() {
    return left.size();
  }

  /** False if so much was pending that not every loss is among the states. */
  public boolean isComplete() {
    return !bounded;
  }
}
