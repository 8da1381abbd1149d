package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Losses;
import dev.plugpull.faultinjection.settling.QuietListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the way to a node into words: boots each node on the way once more and asks for names and labels.
 *
 * @param <S> the state between two boots
 */
final class PlanTeller<S> {
  private final UpdatingDevice<S> device;
  private final List<Node<S>> nodes;

  PlanTeller(UpdatingDevice<S> device, List<Node<S>> nodes) {
    this.device = device;
    this.nodes = nodes;
  }

  /** The plan that leads to a node, and then strikes its own boot, if {@code last} is not null. */
  FaultPlan to(Node<S> node, Edge.Struck last) {
    Deque<Edge> way = new ArrayDeque<>();
    if (last != null) {
      way.addFirst(last);
    }
    for (Edge edge = node.edge; edge.parent() >= 0; edge = nodes.get(edge.parent()).edge) {
      way.addFirst(edge);
    }
    List<FaultPlan.Step> steps = new ArrayList<>();
    int boot = 0;
    for (Edge edge : way) {
      boot++;
      tell(edge, boot, steps);
    }
    return new FaultPlan(steps);
  }

  private void tell(Edge edge, int boot, List<FaultPlan.Step> steps) {
    switch (edge) {
      case Edge.Start start -> throw new IllegalStateException("the start is no step");
      case Edge.Undisturbed undisturbed -> {
        // takes a boot and nothing else
      }
      case Edge.Cut cut -> {
        Names names = names(cut.parent(), cut.strike(), cut.point(), cut.kept());
        if (cut.strike() != null) {
          steps.add(names.strike(boot, cut.strike()));
        }
        steps.add(names.cut(boot, cut.point()));
      }
      case Edge.Struck struck -> steps.add(names(struck.parent(), struck, struck.point(), null).strike(boot, struck));
      case Edge.AtRest rest -> steps.add(new FaultPlan.AtRest(boot, rest.event()));
      case Edge.PowerCycle cycle -> steps.add(new FaultPlan.PowerCycle(boot));
      case Edge.PowerCycleAfter cycle -> {
        Edge.Struck struck = cycle.strike();
        steps.add(names(struck.parent(), struck, struck.point(), null).strike(boot, struck));
        steps.add(new FaultPlan.PowerCycle(boot));
      }
    }
  }

  private Names names(int parent, Edge.Struck strike, int point, BitSet[] kept) {
    Names names = new Names(strike, point, kept);
    device.boot(nodes.get(parent).state, names);
    return names;
  }

  private final class Names extends QuietListener<S> {
    private final Edge.Struck strike;
    private final int wanted;
    private final BitSet[] kept;
    private final List<String> points = new ArrayList<>();
    private final List<Integer> occurrences = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final List<FaultPlan.Loss> losses = new ArrayList<>();

    Names(Edge.Struck strike, int wanted, BitSet[] kept) {
      this.strike = strike;
      this.wanted = wanted;
      this.kept = kept;
    }

    @Override
    public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
      int index = points.size();
      points.add(point);
      occurrences.add(seen.merge(point, 1, Integer::sum));
      if (index == wanted && kept != null) {
        tellLosses(volumes);
      }
      return strike != null && index == strike.point() ? strike.by() : Interruption.NONE;
    }

    private void tellLosses(List<? extends LiveVolume> volumes) {
      List<String> names = device.volumes();
      for (int i = 0; i < volumes.size(); i++) {
        PendingWindow window = volumes.get(i).pending();
        if (window.size() > 0) {
          losses.add(Losses.told(i, i < names.size() ? names.get(i) : "", window, kept[i]));
        }
      }
    }

    FaultPlan.Step strike(int boot, Edge.Struck by) {
      return new FaultPlan.Strike(boot, points.get(by.point()), occurrences.get(by.point()), by.by());
    }

    FaultPlan.Step cut(int boot, int point) {
      return new FaultPlan.Cut(boot, points.get(point), occurrences.get(point), losses);
    }
  }
}
