package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.SettlingWalk;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.sim.device.Observation;
import java.util.List;

/**
 * A canonical durable state, and what its fault-free boot did.
 *
 * @param <S> the state between two boots
 */
final class Node<S> {
  /** How the fault-free boot of a node ended. */
  enum End {
    /** Not booted yet. */
    OPEN,
    RESTART,
    /** Reports a finished state, another one than it booted from. */
    FINISHED,
    /** Repeats the finished state that it booted from. */
    SETTLED,
    STUCK
  }

  /**
   * What a monitor saw in a boot.
   *
   * @param strike what had struck the boot, null if nothing
   */
  record Heard(Violation violation, Edge.Struck strike) {}

  final int id;
  final S state;
  Edge edge;
  /** Faults and events on the way here. */
  int cost;
  End end = End.OPEN;
  /** False for a device that got stuck by a strike: a place in the graph that is not booted. */
  final boolean durable;
  String why = "";
  int successor = -1;
  int powerCycle = -1;
  boolean assumed;
  S last;
  Observation observation;
  Settlement<S> next;
  List<Heard> heard = List.of();

  Node(int id, S state, Edge edge, int cost, boolean durable) {
    this.id = id;
    this.state = state;
    this.edge = edge;
    this.cost = cost;
    this.durable = durable;
  }

  /**
   * True if the end of this node's boot tells the end of another's that goes on like it: found with no more faults, and
   * the other one is not the finished state that this one led to, which has to be seen repeating itself.
   */
  boolean answers(Node<S> other) {
    return cost <= other.cost && successor != other.id;
  }

  /** The boot of another node ended where this one's would have. */
  void endsAs(Node<S> other) {
    if (other.end == End.SETTLED) {
      end = End.FINISHED;
      why = SettlingWalk.UNREPEATED;
      successor = other.id;
      return;
    }
    end = other.end;
    why = other.why;
    successor = other.successor;
    powerCycle = other.powerCycle;
    assumed = other.assumed;
    last = other.last;
    observation = other.observation;
  }
}
