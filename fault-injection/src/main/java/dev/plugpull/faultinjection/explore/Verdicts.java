package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.settling.Judge;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges every node of a finished (or stopped) search.
 *
 * @param <S> the state between two boots
 */
final class Verdicts<S> {
  private final Graph<S> graph;
  private final Judge<S> judge;
  private final Futures<S> futures;
  private final PlanTeller<S> teller;
  /** By identity: {@link Futures} hands out one object for equal futures. */
  private final Map<Settlement<S>, List<Violation>> judged = new IdentityHashMap<>();
  private final Map<Violation, Found<S>> found = new LinkedHashMap<>();
  private final Fate[] fates;
  private final Map<Fate, Long> outcomes = new EnumMap<>(Fate.class);
  private final List<Long> byFaults = new ArrayList<>();
  private long spurious;

  private static final class Found<S> {
    private Node<S> node;
    private Edge.Struck strike;
    private long count;
    private int counted = -1;

    private int cost() {
      return node.cost + (strike == null ? 0 : 1);
    }
  }

  Verdicts(UpdatingDevice<S> device, Graph<S> graph, Judge<S> judge) {
    this.graph = graph;
    this.judge = judge;
    this.futures = new Futures<>(device, graph.nodes());
    this.teller = new PlanTeller<>(device, graph.nodes());
    this.fates = new Fate[graph.nodes().size()];
  }

  Exploration<S> exploration(Counts counts, List<String> notLookedAt) {
    for (Node<S> node : graph.nodes()) {
      judge(node);
    }
    CrashMap map = CrashMapMaker.make(graph.cells(), fates);
    return new Exploration<>(
        counts, outcomes, findings(), spurious, map, byFaults, notLookedAt, graph.bytes(), new View());
  }

  private void judge(Node<S> node) {
    Settlement<S> settlement = futures.of(node);
    fates[node.id] = Fate.of(settlement);
    outcomes.merge(fates[node.id], 1L, Long::sum);
    if (node.durable) {
      while (byFaults.size() <= node.cost) {
        byFaults.add(0L);
      }
      byFaults.set(node.cost, byFaults.get(node.cost) + 1);
    }
    for (Node.Heard heard : node.heard) {
      note(heard.violation(), node, heard.strike());
    }
    if (settlement != null) {
      for (Violation violation : judged.computeIfAbsent(settlement, judge::judge)) {
        note(violation, node, null);
      }
      spurious += settlement.isSpurious() ? 1 : 0;
    }
  }

  private void note(Violation violation, Node<S> node, Edge.Struck strike) {
    Found<S> known = found.computeIfAbsent(violation, v -> new Found<>());
    if (known.counted != node.id) {
      known.count++;
      known.counted = node.id;
    }
    int cost = node.cost + (strike == null ? 0 : 1);
    if (known.node == null || cost < known.cost()) {
      known.node = node;
      known.strike = strike;
    }
  }

  private List<Finding<S>> findings() {
    List<Map.Entry<Violation, Found<S>>> sorted = new ArrayList<>(found.entrySet());
    sorted.sort(Comparator.comparingInt(entry -> entry.getValue().cost()));
    List<Finding<S>> findings = new ArrayList<>();
    for (Map.Entry<Violation, Found<S>> entry : sorted) {
      Found<S> shortest = entry.getValue();
      findings.add(new Finding<>(
          entry.getKey().property(), entry.getKey().why(), shortest.count, shortest.node.id,
          teller.to(shortest.node, shortest.strike), futures.of(shortest.node)));
    }
    return findings;
  }

  private final class View implements Exploration.Nodes<S> {
    @Override
    public FaultPlan plan(int node) {
      return teller.to(graph.nodes().get(node), null);
    }

    @Override
    public Settlement<S> settlement(int node) {
      return futures.of(graph.nodes().get(node));
    }

    @Override
    public S state(int node) {
      return graph.nodes().get(node).state;
    }

    @Override
    public int size() {
      return graph.nodes().size();
    }
  }
}
