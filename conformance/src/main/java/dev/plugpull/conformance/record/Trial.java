package dev.plugpull.conformance.record;

import dev.plugpull.conformance.machine.BootEnd;
import dev.plugpull.conformance.machine.Health;
import dev.plugpull.conformance.machine.Target;
import java.util.BitSet;
import java.util.List;

/**
 * One crash state, switched on until it is clear what becomes of it: one boot if that is healthy, else a second one on
 * the disk that the first one left.
 *
 * @param ends of the boots, in order
 * @param outcome of the state
 * @param reads the sectors whose crash-state content reached the guest in any of the boots, before it was overwritten
 * @param answers false if a boot ran out of time: it says nothing about another state
 * @param stalled a boot stood still until its time was over: the trial says nothing, not even about this state
 * @param after fingerprint of the disk after the first boot, 32 hex digits
 */
record Trial(List<String> ends, Outcome outcome, BitSet reads, boolean answers, boolean stalled, String after) {

  Trial {
    ends = List.copyOf(ends);
  }

  /** What these boots mean. */
  static Outcome outcome(List<BootEnd> ends, Health old, Health fresh, Target.Health keys) {
    if (ends.stream().anyMatch(BootEnd.Stall.class::isInstance)) {
      return Outcome.UNKNOWN;
    }
    if (ends.getFirst() instanceof BootEnd.Healthy up) {
      return up.health().sameSystem(old, keys) ? Outcome.OLD
          : up.health().sameSystem(fresh, keys) ? Outcome.NEW : Outcome.MIXED;
    }
    return switch (ends.getLast()) {
      case BootEnd.Healthy _ -> Outcome.BRICK_ONCE;
      // It is up and can be reached, but it is neither system as it should be.
      case BootEnd.Unhealthy _ -> Outcome.MIXED;
      case BootEnd.Dead _, BootEnd.Hang _, BootEnd.Loop _, BootEnd.PoweredOff _, BootEnd.Cut _ ->
          Outcome.BRICK_FOR_GOOD;
      case BootEnd.Stall _ -> Outcome.UNKNOWN;
    };
  }
}
