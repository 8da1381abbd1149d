package dev.plugpull.conformance.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts bad states that belong together into windows: neighbouring prefixes with one outcome, and what was lost or torn
 * outside of these.
 */
final class Windows {
  private final StatePlan plan;
  private final Bench bench;

  Windows(StatePlan plan, Bench bench) {
    this.plan = plan;
    this.bench = bench;
  }

  List<Window> of(Collection<Judgement> judged) throws IOException {
    List<Window> windows = new ArrayList<>();
    Map<Integer, Judgement> prefixes = new TreeMap<>();
    Map<String, List<Judgement>> others = new TreeMap<>();
    for (Judgement is : judged) {
      if (is.state().startsWith("prefix:") && !is.secondCut()) {
        prefixes.put(is.position(), is);
      } else if (!is.outcome().good()) {
        others.computeIfAbsent("%09d %s".formatted(is.position(), is.outcome()), k -> new ArrayList<>()).add(is);
      }
    }
    List<Judgement> run = new ArrayList<>();
    for (Judgement is : prefixes.values()) {
      if (!run.isEmpty() && run.getLast().outcome() != is.outcome()) {
        windows.add(window(run));
        run.clear();
      }
      if (!is.outcome().good()) {
        run.add(is);
      }
    }
    if (!run.isEmpty()) {
      windows.add(window(run));
    }
    List<Window> stretches = List.copyOf(windows);
    for (List<Judgement> same : others.values()) {
      Judgement first = same.getFirst();
      boolean inside = stretches.stream().anyMatch(
          w -> w.outcome() == first.outcome() && w.from() <= first.position() && first.position() <= w.to());
      if (!inside) {
        windows.add(window(same));
      }
    }
    windows.sort(Comparator.comparingInt(Window::from).thenComparing(Window::to).thenComparing(Window::state));
    return windows;
  }

  private Window window(List<Judgement> states) throws IOException {
    Judgement first = states.getFirst();
    List<Integer> requests = new ArrayList<>();
    for (Judgement is : List.of(first, states.getLast())) {
      if (is.request() >= 0 && !requests.contains(is.request())) {
        requests.add(is.request());
      }
    }
    if (first.state().startsWith("prefix:") && !first.secondCut()) {
      plan.prefixes(states.getLast().position(), plan.log().size()).stream().findFirst()
          .ifPresent(next -> requests.add(next.request()));
    }
    return new Window(first.position(), states.getLast().position(), first.outcome(),
        new FileOwners(plan, bench).of(requests), first.state(), first.ends(), first.why());
  }
}
