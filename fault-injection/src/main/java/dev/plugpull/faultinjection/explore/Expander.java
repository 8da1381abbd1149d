package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.settling.QuietListener;
import dev.plugpull.faultinjection.settling.SettlingWalk;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;

/**
 * Boots nodes: fault-free with all its crash points, then once for every interruption at every crash point. One
 * worker's own.
 *
 * @param <S> the state between two boots
 */
final class Expander<S> {
  private final UpdatingDevice<S> device;
  private final Graph<S> graph;
  private final ExplorationBounds bounds;
  private final BootWatch<S> watch;

  Expander(UpdatingDevice<S> device, Graph<S> graph, ExplorationBounds bounds) {
    this.device = device;
    this.graph = graph;
    this.bounds = bounds;
    this.watch = new BootWatch<>(device, graph, bounds);
  }

  void merged() {
    watch.merged();
  }

  List<Expansion<S>> expandAll(List<Node<S>> nodes) {
    List<Expansion<S>> all = new ArrayList<>(nodes.size());
    for (Node<S> node : nodes) {
      all.add(expand(node));
    }
    return all;
  }

  private Expansion<S> expand(Node<S> node) {
    Expansion<S> expansion = new Expansion<>(node);
    try {
      undisturbed(expansion);
    } catch (BootWatch.KnownRest known) {
      expansion.count(known.rest.tally());
      expansion.goesOnAs = graph.nodes().get(known.rest.node());
    }
    expansion.undisturbed = expansion.tally();
    int points = watch.points();
    for (Interruption by : device.interruptions(node.state)) {
      for (int point = 0; point < points && by != Interruption.NONE; point++) {
        struck(expansion, new Edge.Struck(node.id, by, point));
      }
    }
    if (bounds.reconcileEvery() > 0 && node.id % bounds.reconcileEvery() == 0) {
      expansion.unequal = new Reconciliation<>(device).compare(node.state);
    }
    return expansion;
  }

  private void undisturbed(Expansion<S> expansion) {
    Node<S> node = expansion.node;
    Hash128 key = device.key(node.state);
    watch.begin(expansion, null);
    expansion.boots++;
    switch (device.boot(node.state, watch)) {
      case BootEnd.Restart<S> restart -> {
        expansion.end = Node.End.RESTART;
        expansion.why = restart.why();
        expansion.successor = reach(expansion, restart.next(), new Edge.Undisturbed(node.id), 0);
      }
      case BootEnd.Settled<S> settled when device.key(settled.state())
          .equals(key) -> settled(expansion, settled.state());
      case BootEnd.Settled<S> settled -> {
        expansion.end = Node.End.FINISHED;
        expansion.why = SettlingWalk.UNREPEATED;
        expansion.successor = reach(expansion, settled.state(), new Edge.Undisturbed(node.id), 0);
      }
      case BootEnd.Stuck<S> stuck -> {
        expansion.end = Node.End.STUCK;
        expansion.why = stuck.why();
        expansion.assumed = stuck.assumed();
        expansion.last = stuck.state();
        expansion.observation = device.observeUnsettled(stuck.state());
        expansion.powerCycle = reach(expansion, stuck.afterPowerCycle(), new Edge.PowerCycle(node.id), 1);
      }
    }
  }

  private void settled(Expansion<S> expansion, S state) {
    expansion.end = Node.End.SETTLED;
    expansion.last = state;
    expansion.observation = device.observe(state);
    for (UpdatingDevice.Event<S> event : device.eventsAtRest(state)) {
      reach(expansion, event.result(), new Edge.AtRest(expansion.node.id, event.name()), 1);
    }
    QuietListener<S> quiet = new QuietListener<>();
    SettlingWalk<S> walk = new SettlingWalk<>(device, quiet);
    expansion.next = walk.next(state, expansion.node.cost == 0);
    expansion.boots += walk.boots();
    for (Violation violation : quiet.violations()) {
      expansion.heard.add(new Node.Heard(violation, null));
    }
  }

  private void struck(Expansion<S> expansion, Edge.Struck strike) {
    watch.begin(expansion, strike);
    expansion.boots++;
    switch (device.boot(expansion.node.state, watch)) {
      case BootEnd.Restart<S> restart -> reach(expansion, restart.next(), strike, 1);
      case BootEnd.Settled<S> settled -> reach(expansion, settled.state(), strike, 1);
      case BootEnd.Stuck<S> stuck -> halted(expansion, strike, stuck);
    }
  }

  private int reach(Expansion<S> expansion, S state, Edge edge, int cost) {
    Hash128 key = device.key(state);
    return expansion.add(
        new Candidate<>(0, 0, false, key.hi(), key.lo(), state, edge, expansion.node.cost + cost, null));
  }

  /**
   * The power cycle of a halted device leads from a node that has no number yet; the strike before it tells as much.
   */
  private void halted(Expansion<S> expansion, Edge.Struck strike, BootEnd.Stuck<S> stuck) {
    int cycled = reach(expansion, stuck.afterPowerCycle(), new Edge.PowerCycleAfter(expansion.node.id, strike), 2);
    Hash128 key = device.key(stuck.state());
    Candidate.Halted<S> halted = new Candidate.Halted<>(
        stuck.why(), stuck.assumed(), stuck.state(), device.observeUnsettled(stuck.state()), cycled);
    expansion.add(new Candidate<>(
        0, 0, false, key.hi(), key.lo(), stuck.state(), strike, expansion.node.cost + 1, halted));
  }
}
