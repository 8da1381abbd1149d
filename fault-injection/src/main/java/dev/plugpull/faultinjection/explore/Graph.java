package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.fingerprint.FingerprintMap;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All nodes found so far. Workers read it, one thread merges their expansions into it in the order of the nodes; so the
 * graph depends on neither the number nor the speed of the workers.
 *
 * @param <S> the state between two boots
 */
final class Graph<S> {
  /** Numbers from here on are points that only one expansion knows. */
  static final int NEW_POINT = 1 << 20;

  private static final long HALTED = 0x6A09E667F3BCC909L;

  private final FingerprintMap byKey = new FingerprintMap(1024);
  private final FingerprintMap byContent = new FingerprintMap(4096);
  private final List<Node<S>> nodes = new ArrayList<>();
  private final Cells cells = new Cells();
  private final Moments moments = new Moments();
  /** Nodes to expand, by the number of faults on the way to them. */
  private final TreeMap<Integer, Deque<Node<S>>> queues = new TreeMap<>();

  long durable;
  long boots;
  long crashPoints;
  long crashStates;
  long inferred;
  long combinations;
  long boundedWindows;
  long pruned;
  private long expanded;
  private int depth;
  String unequal;

  void start(S state, Hash128 key) {
    insert(new Candidate<>(0, 0, false, key.hi(), key.lo(), state, new Edge.Start(), 0, null));
  }

  List<Node<S>> nodes() {
    return nodes;
  }

  Cells cells() {
    return cells;
  }

  /** The rest of a boot that was at this moment and is known to its end; null if none is. */
  Moments.Rest from(Hash128 moment) {
    return moments.from(moment);
  }

  /** The node of a content that a cut left before, -1 if none did. */
  int ofContent(long hi, long lo) {
    return byContent.get(hi, lo);
  }

  /** True if a node waits to be expanded and could be reached with fewer faults. */
  boolean wouldImprove(int node, int cost) {
    Node<S> known = nodes.get(node);
    return known.end == Node.End.OPEN && cost < known.cost;
  }

  boolean finished() {
    return waiting() == 0;
  }

  /** Durable states that are known and not expanded. */
  long waiting() {
    return durable - expanded;
  }

  /** Faults on the way to the node that was expanded last: no expanded node needs more. */
  int depth() {
    return depth;
  }

  /** Takes up to {@code most} nodes with equally many faults, those with the fewest first. */
  List<Node<S>> take(int most) {
    List<Node<S>> batch = new ArrayList<>();
    while (most > 0 && batch.isEmpty() && !queues.isEmpty()) {
      Map.Entry<Integer, Deque<Node<S>>> first = queues.firstEntry();
      Deque<Node<S>> queue = first.getValue();
      while (batch.size() < most && !queue.isEmpty()) {
        Node<S> node = queue.poll();
        if (node.cost == first.getKey() && node.end == Node.End.OPEN) {
          batch.add(node);
        }
      }
      if (queue.isEmpty()) {
        queues.remove(first.getKey());
      }
    }
    return batch;
  }

  /** Takes in what a node led to. */
  void merge(Expansion<S> expansion) {
    Node<S> node = expansion.node;
    int[] ids = new int[expansion.candidates.size()];
    pruned += expansion.crashStates;
    for (int i = 0; i < ids.length; i++) {
      int before = nodes.size();
      ids[i] = insert(expansion.candidates.get(i));
      pruned -= nodes.size() > before && expansion.candidates.get(i).cut() ? 1 : 0;
    }
    for (int i = 0; i < ids.length; i++) {
      Candidate.Halted<S> halted = expansion.candidates.get(i).halted();
      if (halted != null) {
        halt(nodes.get(ids[i]), halted, ids[halted.powerCycle()]);
      }
    }
    if (expansion.goesOnAs == null) {
      node.end = expansion.end;
      node.why = expansion.why;
      node.successor = expansion.successor < 0 ? -1 : ids[expansion.successor];
      node.powerCycle = expansion.powerCycle < 0 ? -1 : ids[expansion.powerCycle];
      node.assumed = expansion.assumed;
      node.last = expansion.last;
      node.observation = expansion.observation;
      node.next = expansion.next;
    } else {
      node.endsAs(expansion.goesOnAs);
    }
    node.heard = List.copyOf(expansion.heard);
    moments.add(node.id, expansion.moments, expansion.undisturbed);
    mergeCells(expansion, ids);
    count(expansion);
  }

  private void count(Expansion<S> expansion) {
    expanded++;
    depth = expansion.node.cost;
    boots += expansion.boots;
    crashPoints += expansion.crashPoints;
    crashStates += expansion.crashStates;
    inferred += expansion.inferred;
    combinations += expansion.combinations;
    boundedWindows += expansion.boundedWindows;
    if (unequal == null) {
      unequal = expansion.unequal;
    }
  }

  private void mergeCells(Expansion<S> expansion, int[] ids) {
    int[] numbers = new int[expansion.newPoints.size()];
    for (Map.Entry<String, Integer> point : expansion.newPoints.entrySet()) {
      numbers[point.getValue() - NEW_POINT] = cells.numberOrNew(point.getKey());
    }
    for (int i = 0; i < expansion.cells.size(); i++) {
      long cell = expansion.cells.get(i);
      int reference = Cells.reference(cell);
      if (reference >= Expansion.CANDIDATE) {
        cell = Cells.withReference(cell, ids[reference & ~Expansion.CANDIDATE]);
      }
      int point = Cells.point(cell);
      cells.add(point >= NEW_POINT ? Cells.withPoint(cell, numbers[point - NEW_POINT]) : cell);
    }
  }

  private int insert(Candidate<S> candidate) {
    if (candidate.state() == null) {
      return byContent.get(candidate.rawHi(), candidate.rawLo());
    }
    boolean durableState = candidate.halted() == null;
    long hi = durableState ? candidate.keyHi() : Hash128.mix(candidate.keyHi() ^ HALTED);
    int id = byKey.putIfAbsent(hi, candidate.keyLo(), nodes.size());
    if (id < 0) {
      id = nodes.size();
      Node<S> node = new Node<>(id, candidate.state(), candidate.edge(), candidate.cost(), durableState);
      nodes.add(node);
      if (durableState) {
        durable++;
        enqueue(node);
      }
    } else if (wouldImprove(id, candidate.cost())) {
      nodes.get(id).edge = candidate.edge();
      nodes.get(id).cost = candidate.cost();
      enqueue(nodes.get(id));
    }
    if (candidate.cut()) {
      byContent.putIfAbsent(candidate.rawHi(), candidate.rawLo(), id);
    }
    return id;
  }

  private void enqueue(Node<S> node) {
    queues.computeIfAbsent(node.cost, cost -> new ArrayDeque<>()).add(node);
  }

  private static <S> void halt(Node<S> node, Candidate.Halted<S> halted, int powerCycle) {
    if (node.end == Node.End.OPEN) {
      node.end = Node.End.STUCK;
      node.why = halted.why();
      node.assumed = halted.assumed();
      node.last = halted.last();
      node.observation = halted.observation();
      node.powerCycle = powerCycle;
    }
  }

  /** Memory of tables and nodes, without the states that the nodes hold. */
  long bytes() {
    return byKey.bytes() + byContent.bytes() + cells.bytes() + moments.bytes() + 160L * nodes.size();
  }
}
