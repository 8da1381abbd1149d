package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.crash.LossClass;
import dev.plugpull.faultinjection.fingerprint.FingerprintMap;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Listens to a boot and collects the crash states of all its crash points. One worker uses one watch for all its boots.
 *
 * <p>The hot path: {@link #visit}, once a combination. It makes no object for a content that was seen before.
 *
 * @param <S> the state between two boots
 */
final class BootWatch<S> implements BootListener<S>, CrashProduct.Visitor {
  /** The rest of the boot is known from another one. */
  static final class KnownRest extends RuntimeException {
    private static final long serialVersionUID = 1;
    final transient Moments.Rest rest;

    KnownRest(Moments.Rest rest) {
      super("known", null, false, false);
      this.rest = rest;
    }
  }

  private final UpdatingDevice<S> device;
  private final Graph<S> graph;
  private final CrashProduct product;
  private final boolean wholeBoots;
  /** Contents of this boot, to a node or a candidate. */
  private final FingerprintMap inBoot = new FingerprintMap(1 << 12);
  /** Contents that this worker has made a candidate of since the last merge, to the cost of the candidate. */
  private final FingerprintMap[] sinceMerge = {new FingerprintMap(1 << 12), new FingerprintMap(1 << 8)};

  private Expansion<S> expansion;
  private Edge.Struck strike;
  private int cost;
  private int points;
  private int point;
  private Surviving<S> rest;

  BootWatch(UpdatingDevice<S> device, Graph<S> graph, ExplorationBounds bounds) {
    this.device = device;
    this.graph = graph;
    this.product = new CrashProduct(bounds.crash());
    this.wholeBoots = bounds.wholeBoots();
  }

  /** The graph has taken in all candidates. */
  void merged() {
    sinceMerge[0].clear();
    sinceMerge[1].clear();
  }

  /** Begins a boot; {@code strikes} strikes it, if not null. */
  void begin(Expansion<S> into, Edge.Struck strikes) {
    expansion = into;
    strike = strikes;
    points = 0;
    cost = into.node.cost + (strikes == null ? 1 : 2);
    inBoot.clear();
    product.reset();
  }

  /** Crash points of the boot up to now. */
  int points() {
    return points;
  }

  @Override
  public Interruption crashPoint(String name, String what, List<? extends LiveVolume> volumes, Surviving<S> surviving) {
    int index = points++;
    if (strike != null && index <= strike.point()) {
      return index == strike.point() ? strike.by() : Interruption.NONE;
    }
    expansion.crashPoints++;
    point = number(name);
    rest = surviving;
    product.visit(volumes, surviving.hash(), this);
    expansion.boundedWindows += product.boundedWindows();
    return Interruption.NONE;
  }

  @Override
  public void moment(Hash128 memory, List<? extends LiveVolume> volumes, Surviving<S> surviving) {
    if (strike != null || wholeBoots) {
      return;
    }
    Hash128 here = memory.then(surviving.hash());
    for (LiveVolume volume : volumes) {
      Hash128 fingerprint = volume.fingerprint();
      if (fingerprint == null) {
        return;
      }
      here = here.then(fingerprint);
    }
    Moments.Rest known = graph.from(here);
    if (known != null && graph.nodes().get(known.node()).answers(expansion.node)) {
      throw new KnownRest(known);
    }
    expansion.moments.add(new Moments.Passed(here, expansion.tally()));
  }

  private int number(String name) {
    int known = graph.cells().number(name);
    return known >= 0
        ? known
        : expansion.newPoints.computeIfAbsent(name, n -> Graph.NEW_POINT + expansion.newPoints.size());
  }

  @Override
  public void visit(long hi, long lo, LossClass loss, int[] pick) {
    expansion.combinations++;
    int reference = inBoot.get(hi, lo);
    if (reference < 0) {
      expansion.crashStates++;
      reference = resolve(hi, lo, pick);
      inBoot.putIfAbsent(hi, lo, reference);
    } else if (loss.compareTo(LossClass.ALL_KEPT) > 0) {
      return;
    }
    long cell = Cells.pack(point, loss, reference);
    if (reference >= Expansion.CANDIDATE || !graph.cells().has(cell)) {
      expansion.cells.add(cell);
    }
  }

  private int resolve(long hi, long lo, int[] pick) {
    int node = graph.ofContent(hi, lo);
    if (node >= 0 && !graph.wouldImprove(node, cost)) {
      return node;
    }
    boolean cheap = strike == null;
    boolean told = sinceMerge[0].get(hi, lo) >= 0 || !cheap && sinceMerge[1].get(hi, lo) >= 0;
    if (told) {
      return Expansion.CANDIDATE | expansion.add(new Candidate<>(hi, lo, true, 0, 0, null, null, cost, null));
    }
    sinceMerge[cheap ? 0 : 1].add(hi, lo);
    List<VolumeState> states = new ArrayList<>(pick.length);
    BitSet[] kept = new BitSet[pick.length];
    for (int i = 0; i < pick.length; i++) {
      states.add(product.track(i).states().state(pick[i]));
      kept[i] = product.track(i).states().kept(pick[i]);
    }
    S state = rest.cut(states);
    Hash128 key = device.key(state);
    Edge edge = new Edge.Cut(expansion.node.id, strike, points - 1, kept);
    return Expansion.CANDIDATE
        | expansion.add(new Candidate<>(hi, lo, true, key.hi(), key.lo(), state, edge, cost, null));
  }

  @Override
  public void violation(String property, String why) {
    if (strike != null && !struckBefore()) {
      return;
    }
    Node.Heard heard = new Node.Heard(new Violation(property, why), strike);
    for (Node.Heard known : expansion.heard) {
      if (known.violation().equals(heard.violation())) {
        return;
      }
    }
    expansion.heard.add(heard);
  }

  private boolean struckBefore() {
    return points > strike.point();
  }
}
