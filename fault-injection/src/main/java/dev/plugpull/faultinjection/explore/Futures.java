package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fault-free future of every node: follows the one successor that each has, remembering every answer.
 *
 * @param <S> the state between two boots
 */
final class Futures<S> {
  private static final int UNKNOWN = -1;
  private static final int OPEN = -2;
  private static final int ON_PATH = -3;

  private final UpdatingDevice<S> device;
  private final List<Node<S>> nodes;
  /** Where a node's future ends: a settled or stuck node, the lowest node of a loop, or {@link #UNKNOWN}. */
  private final int[] terminal;
  /** Boots until there, as {@link Settlement#boots()} counts them. */
  private final int[] boots;

  private record Shape(int terminal, int boots, boolean undisturbed) {}

  private final Map<Shape, Settlement<S>> settlements = new HashMap<>();

  Futures(UpdatingDevice<S> device, List<Node<S>> nodes) {
    this.device = device;
    this.nodes = nodes;
    this.terminal = new int[nodes.size()];
    this.boots = new int[nodes.size()];
    java.util.Arrays.fill(terminal, OPEN);
    for (Node<S> node : nodes) {
      if (terminal[node.id] == OPEN) {
        follow(node.id);
      }
    }
  }

  private void follow(int from) {
    List<Integer> path = new ArrayList<>();
    int at = from;
    while (at >= 0 && terminal[at] == OPEN) {
      terminal[at] = ON_PATH;
      path.add(at);
      at = nodes.get(at).successor;
    }
    if (at >= 0 && terminal[at] == ON_PATH) {
      close(path.subList(path.indexOf(at), path.size()));
      path = path.subList(0, path.indexOf(at));
    }
    for (int i = path.size() - 1; i >= 0; i--) {
      resolve(nodes.get(path.get(i)));
    }
  }

  private void close(List<Integer> cycle) {
    int lowest = cycle.getFirst();
    for (int id : cycle) {
      if (device.key(nodes.get(id).state).compareTo(device.key(nodes.get(lowest).state)) < 0) {
        lowest = id;
      }
    }
    for (int id : cycle) {
      terminal[id] = lowest;
      boots[id] = cycle.size();
    }
  }

  private void resolve(Node<S> node) {
    switch (node.end) {
      case OPEN -> terminal[node.id] = UNKNOWN;
      case SETTLED, STUCK -> {
        terminal[node.id] = node.id;
        boots[node.id] = node.durable ? 1 : 0;
      }
      case RESTART, FINISHED -> {
        int next = node.successor;
        terminal[node.id] = terminal[next];
        boolean finished = node.end == Node.End.FINISHED && nodes.get(next).end == Node.End.SETTLED;
        boots[node.id] = finished ? 1 : boots[next] + 1;
      }
    }
  }

  /** How a node settles; null if the search ended before that was known. */
  Settlement<S> of(Node<S> node) {
    if (terminal[node.id] < 0) {
      return null;
    }
    Shape shape = new Shape(terminal[node.id], boots[node.id], node.cost == 0);
    return settlements.computeIfAbsent(shape, this::settlement);
  }

  private Settlement<S> settlement(Shape shape) {
    Node<S> end = nodes.get(shape.terminal());
    return switch (end.end) {
      case SETTLED ->
          Settlement.settled(
              end.last, end.observation, shape.boots(), shape.undisturbed(), next(end, shape.undisturbed()));
      case STUCK ->
          Settlement.stuck(end.last, end.observation, end.why, end.assumed, healed(end), shape.boots(),
              shape.undisturbed());
      case OPEN, RESTART, FINISHED -> loop(end, shape);
    };
  }

  private Settlement<S> next(Node<S> end, boolean undisturbed) {
    Settlement<S> next = end.next;
    return next == null
        ? null
        : new Settlement<>(next.kind(), next.why(), next.assumed(), next.healedByPowerCycle(), next.boots(),
        undisturbed,
            next.state(), next.observation(), next.loop(), next.next());
  }

  private boolean healed(Node<S> stuck) {
    int cycled = stuck.powerCycle < 0 ? UNKNOWN : terminal[stuck.powerCycle];
    return cycled >= 0 && nodes.get(cycled).end == Node.End.SETTLED;
  }

  private Settlement<S> loop(Node<S> lowest, Shape shape) {
    List<String> reasons = new ArrayList<>();
    Node<S> at = lowest;
    do {
      reasons.add(at.why);
      at = nodes.get(at.successor);
    } while (at != lowest);
    return Settlement.loop(
        lowest.state, device.observeUnsettled(lowest.state), reasons, shape.boots(), shape.undisturbed());
  }
}
