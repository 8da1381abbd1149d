package dev.plugpull.faultinjection.explore;

import dev.plugpull.sim.device.Interruption;
import java.util.BitSet;

/** How a node was first reached: the last step of its shortest plan. */
sealed interface Edge {

  /** The node that it leads from, -1 for the start. */
  int parent();

  /** The scenario begins. */
  record Start() implements Edge {
    @Override
    public int parent() {
      return -1;
    }
  }

  /** The boot ended by itself. */
  record Undisturbed(int parent) implements Edge {}

  /**
   * Power failed.
   *
   * @param strike what had struck the same boot before, null if nothing
   * @param point index of the crash point in the boot, from 0
   * @param kept for each volume the kept writes of its window
   */
  record Cut(int parent, Struck strike, int point, BitSet[] kept) implements Edge {}

  /** Something else struck, and the boot ended by that. */
  record Struck(int parent, Interruption by, int point) implements Edge {}

  /** Something happened to a settled device. */
  record AtRest(int parent, String event) implements Edge {}

  /** A person switched a stuck device off and on. */
  record PowerCycle(int parent) implements Edge {}

  /** A person switched a device off and on that a strike had got stuck. */
  record PowerCycleAfter(int parent, Struck strike) implements Edge {}
}
