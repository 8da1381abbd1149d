package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.settling.Judge;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Searches the graph of everything that can become of a device, fewest faults first, until nothing new turns up or the
 * bounds end it.
 *
 * <p>Nodes are expanded in batches of fixed size; the expansions are merged in the order of the nodes, so that numbers,
 * plans and counts do not depend on the threads.
 *
 * @param <S> the state between two boots
 */
public final class Explorer<S> {
  private static final int BATCH = 8;

  private final UpdatingDevice<S> device;
  private final Judge<S> judge;
  private final ExplorationBounds bounds;
  private final Graph<S> graph = new Graph<>();
  private final List<Expander<S>> workers = new ArrayList<>();
  private long workUnits;

  /** A search that can be run once. */
  public Explorer(UpdatingDevice<S> device, Judge<S> judge, ExplorationBounds bounds) {
    this.device = device;
    this.judge = judge;
    this.bounds = bounds;
    for (int i = 0; i < bounds.threads(); i++) {
      workers.add(new Expander<>(device, graph, bounds));
    }
  }

  /** Searches to the end, or to the bounds. */
  public Exploration<S> explore() {
    return explore(Progress.silent());
  }

  /** Searches to the end, to the bounds, or until {@code progress} wants no more. */
  public Exploration<S> explore(Progress progress) {
    S start = device.start();
    graph.start(start, device.key(start));
    String ended = search(progress);
    List<String> notLookedAt = new ArrayList<>();
    if (ended != null) {
      notLookedAt.add(ended);
    }
    if (graph.unequal != null) {
      notLookedAt.add("the model is not deterministic: " + graph.unequal);
    }
    notLookedAt.addAll(device.notLookedAt());
    return new Verdicts<>(device, graph, judge).exploration(counts(ended == null), notLookedAt);
  }

  /** Why the search ended early, null if it did not. */
  private String search(Progress progress) {
    if (bounds.threads() == 1) {
      return batches(progress, batch -> workers.getFirst().expandAll(batch));
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(bounds.threads(), Thread.ofPlatform().daemon().factory())) {
      return batches(progress, batch -> together(threads, batch));
    }
  }

  @FunctionalInterface
  private interface Hands<S> {
    List<Expansion<S>> expand(List<Node<S>> batch);
  }

  private String batches(Progress progress, Hands<S> hands) {
    while (!graph.finished()) {
      List<Node<S>> batch = graph.take((int) Math.min(BATCH, bounds.workUnits() - workUnits));
      if (batch.isEmpty()) {
        return graph.finished() ? null : unfinished("the budget of " + bounds.workUnits() + " work units ended");
      }
      for (Expansion<S> expansion : hands.expand(batch)) {
        graph.merge(expansion);
      }
      workers.forEach(Expander::merged);
      workUnits += batch.size();
      if (graph.unequal != null) {
        return unfinished("two boots of one state differ");
      }
      if (!graph.finished() && !progress.goOn(counts(false), graph.waiting())) {
        return unfinished("stopped after " + workUnits + " work units");
      }
    }
    return null;
  }

  private String unfinished(String why) {
    return why + "; " + graph.waiting() + " known durable states, and whatever follows from them, were not looked at";
  }

  /** Worker {@code w} expands every node of the batch whose place is {@code w} modulo the number of workers. */
  private List<Expansion<S>> together(ExecutorService threads, List<Node<S>> batch) {
    List<Future<List<Expansion<S>>>> shares = new ArrayList<>();
    for (int w = 0; w < workers.size(); w++) {
      List<Node<S>> share = new ArrayList<>();
      for (int i = w; i < batch.size(); i += workers.size()) {
        share.add(batch.get(i));
      }
      Expander<S> worker = workers.get(w);
      Callable<List<Expansion<S>>> task = () -> worker.expandAll(share);
      shares.add(threads.submit(task));
    }
    List<Expansion<S>> all = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      all.add(get(shares.get(i % workers.size())).get(i / workers.size()));
    }
    return all;
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("cannot explore: interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException("cannot explore: " + e.getCause(), e);
    }
  }

  private Counts counts(boolean fixpoint) {
    return new Counts(graph.durable, graph.crashPoints, graph.crashStates, graph.inferred, graph.combinations,
        graph.boots, graph.pruned, graph.boundedWindows, graph.depth(), fixpoint, workUnits);
  }
}
