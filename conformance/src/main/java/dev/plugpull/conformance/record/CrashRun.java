package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.log.ReadSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Judges the crash states of a recording. What is finished is in the recording's journal, and is not done again. */
public final class CrashRun {
  private static final int SAMPLE_PERCENT = 5;
  /** So many pruned states without a disagreement bound the share of wrong answers to 5 % with 95 % confidence. */
  private static final int LEAST_SAMPLE = 59;

  private final Bench bench;
  private final CrashRequest request;
  private final Recording recording;
  private final StatePlan plan;
  private final Recoveries states;
  private final Trials trials;
  private final Ahead<Decision> decisions;
  private final Ahead<String> settlings;
  private final Judge judge;
  private final Journal journal;
  private final Consumer<String> progress;
  private final Set<String> notLookedAt = new LinkedHashSet<>();
  private int sampled;
  private int disagreements;

  private CrashRun(Bench bench, CrashRequest request, Recording recording, Consumer<String> progress)
      throws IOException {
    this.bench = bench;
    this.request = request;
    this.recording = recording;
    this.states = Recoveries.of(recording, bench.base());
    this.plan = states.update();
    this.journal = Journal.open(recording.journal());
    this.progress = progress;
    this.trials = new Trials(bench, recording);
    this.decisions = bench.ahead(trials::decide);
    this.settlings = bench.ahead(trials::settleSurely);
    this.judge = new Judge(decisions, states::named, journal, progress);
  }

  /**
   * Judges what the request asks for.
   *
   * @throws IOException {@code cannot ...}; {@link Bench.StoppedException} if it was stopped
   */
  public static CrashReport run(Bench bench, CrashRequest request, Recording recording, Consumer<String> progress)
      throws IOException {
    return new CrashRun(bench, request, recording, progress).run();
  }

  private CrashReport run() throws IOException {
    long from = System.nanoTime();
    judge.firstOf(List.of(plan.start(), plan.end()));
    demand(plan.start(), Outcome.OLD, "before the update");
    demand(plan.end(), Outcome.NEW, "after the update");
    compareReadSets();
    if (request.from() >= 0) {
      range(request.from(), Math.min(request.to(), plan.log().size()));
    } else if (request.tier() == Tier.QUICK) {
      quick();
    } else {
      whole();
    }
    recoveries();
    List<Judgement> pruned = pruned();
    sampleAhead(pruned, wanted(pruned.size()));
    settle();
    sample(pruned);
    double seconds = (System.nanoTime() - from) / 1e9;
    double plain = request.plainStates() > 0 ? new PlainWay(bench, trials).secondsPerState(request.plainStates(),
        plan.changes(), progress) : Double.NaN;
    notLookedAt.add("losses of two and more requests of one flush, and "
        + (request.tier().recoveries() == 0 ? "a second cut while the first boot recovers" : "a third cut"));
    if (bench.target().disks().getFirst().bus().equals("nvme")) {
      notLookedAt.add("which writes were to be durable at once: QEMU's NVMe controller does not pass FUA on, so a state"
          + " may lack a write that a real disk would have kept (bus: virtio has no such gap)");
    }
    int fresh = judge.all().size() - judge.fromJournal();
    return new CrashReport(bench.target(), request.tier(), recording, judge.all(), sampled,
        disagreements, plan.log().flushes(), fresh == 0 ? Double.NaN : fresh * 60 / seconds,
        fresh == 0 ? Double.NaN : plain / (seconds / fresh), new Windows(plan, bench).of(judge.all()),
        List.copyOf(notLookedAt));
  }

  private void demand(CrashState state, Outcome wanted, String when) throws IOException {
    Judgement is = judge.of(state);
    if (is.outcome() != wanted) {
      throw new IOException("cannot judge crash states of " + bench.target().name() + ": the disk " + when
          + " comes back as " + is.outcome().word() + " (" + String.join("; then ", is.ends()) + ")");
    }
  }

  /** The claim that a read set answers other states needs boots that read the same each time. */
  private void compareReadSets() throws IOException {
    if (judge.fromJournal() > 0) {
      return;
    }
    BitSet first = judge.all().getFirst().trial().reads();
    BitSet differing = new BitSet();
    DiskState start = plan.start().disk();
    List<Future<Trial>> more = List.of(bench.begin(() -> trials.run(start)), bench.begin(() -> trials.run(start)));
    for (Future<Trial> trial : more) {
      BitSet other = Bench.await(trial).reads();
      other.xor(first);
      differing.or(other);
    }
    progress.accept("three boots of one state read " + first.cardinality() + " sectors of "
        + ReadSet.SECTOR_BYTES + " bytes, " + differing.cardinality() + " of them not each time");
  }

  private void quick() throws IOException {
    List<Integer> stops = new ArrayList<>(List.of(0));
    stops.addAll(plan.boundaries());
    stops.add(plan.log().size());
    bisect(stops, 0, stops.size() - 1);
    int skipped = 0;
    for (int i = 1; i < stops.size(); i++) {
      Judgement before = judge.seen(plan.prefix(stops.get(i - 1)));
      Judgement after = judge.seen(plan.prefix(stops.get(i)));
      if (before != null && after != null && (before.outcome() != after.outcome() || !after.outcome().good())) {
        range(stops.get(i - 1), stops.get(i));
      } else {
        skipped += plan.prefixes(stops.get(i - 1), stops.get(i)).size();
      }
    }
    if (skipped > 0) {
      notLookedAt.add(skipped + " of " + plan.changes()
          + " requests that change the disk: they lie between flushes with the same outcome (tier quick)");
    }
  }

  /** Finds neighbouring flushes with different outcomes; looks at nothing between two that are equally good. */
  private void bisect(List<Integer> stops, int low, int high) throws IOException {
    Outcome below = judge.of(plan.prefix(stops.get(low))).outcome();
    Outcome above = judge.of(plan.prefix(stops.get(high))).outcome();
    if (high - low > 1 && (below != above || !below.good())) {
      int middle = (low + high) >>> 1;
      // One of the two that follow is most likely next.
      judge.firstOf(List.of(middle, (low + middle) >>> 1, (middle + high) >>> 1).stream()
          .map(stop -> plan.prefix(stops.get(stop))).toList());
      bisect(stops, low, middle);
      bisect(stops, middle, high);
    }
  }

  private void whole() throws IOException {
    int end = plan.log().size();
    List<CrashState> all = new ArrayList<>(plan.prefixes(0, end));
    all.addAll(plan.drops(0, end));
    if (request.tier() == Tier.EXHAUSTIVE) {
      all.addAll(plan.tears(0, end, request.tier().tears()));
    }
    judgeAll(all);
    if (request.tier() != Tier.EXHAUSTIVE) {
      notLookedAt.add("torn requests, except where the outcome changes");
      List<CrashState> prefixes = plan.prefixes(0, end);
      for (int i = 1; i < prefixes.size(); i++) {
        Judgement before = judge.seen(prefixes.get(i - 1));
        Judgement after = judge.seen(prefixes.get(i));
        if (before != null && after != null && before.outcome() != after.outcome()) {
          judgeAll(plan.tears(prefixes.get(i - 1).position(), prefixes.get(i).position(), request.tier().tears()));
        }
      }
    }
  }

  /** Everything between two positions. */
  private void range(int from, int to) throws IOException {
    List<CrashState> all = new ArrayList<>(plan.prefixes(from, to));
    all.addAll(plan.drops(from, to));
    all.addAll(plan.tears(from, to, request.tier().tears()));
    judgeAll(all);
  }

  private void judgeAll(List<CrashState> states) throws IOException {
    for (int i = 0; i < states.size(); i++) {
      int most = request.most() - judge.all().size();
      if (most <= 0) {
        notLookedAt.add("states after the first " + request.most() + " (--most)");
        return;
      }
      judge.firstOf(states.subList(i, i + Math.min(most, states.size() - i)));
    }
  }

  /** Cuts the power again while first boots recover, as far as the tier goes. */
  private void recoveries() throws IOException {
    if (request.tier().recoveries() == 0) {
      return;
    }
    List<Judgement> all = distinct(is -> !is.secondCut());
    int count = Math.min(all.size(), request.tier().recoveries());
    for (int i = 0; i < count; i++) {
      Judgement is = spread(all, i, count);
      List<CrashState> cuts = states.secondCuts(states.named(is.state()), trials);
      progress.accept("second cuts while " + is.state() + " boots: " + cuts.size());
      judgeAll(cuts);
    }
    if (count < all.size()) {
      notLookedAt.add("a second cut while " + (all.size() - count) + " of " + all.size()
          + " distinct first boots recover");
    }
  }

  /** Booted states, one for each disk that a first boot left. */
  private List<Judgement> distinct(Predicate<Judgement> wanted) {
    Map<String, Judgement> distinct = new LinkedHashMap<>();
    for (Judgement is : judge.all()) {
      if (is.booted() && wanted.test(is)) {
        distinct.putIfAbsent(is.trial().after(), is);
      }
    }
    return List.copyOf(distinct.values());
  }

  private static Judgement spread(List<Judgement> all, int i, int count) {
    return all.get((int) ((long) i * all.size() / count));
  }

  /** Tries the next update once for each distinct disk that a first healthy boot left, as far as the tier goes. */
  private void settle() throws IOException {
    List<Judgement> all = distinct(is -> is.outcome().good());
    int count = Math.min(all.size(), request.settlings());
    List<Judgement> wanted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      wanted.add(spread(all, i, count));
    }
    for (int i = 0; i < count; i++) {
      for (Judgement next : wanted.subList(i, count)) {
        if (settlings.room() && journal.settled(next.trial().after()) == null) {
          settlings.begin(states.named(next.state()).disk());
        }
      }
      Judgement is = wanted.get(i);
      String problem = journal.settled(is.trial().after());
      if (problem == null) {
        problem = nextUpdate(is);
      }
      if (problem == null) {
        notLookedAt.add("the next update after " + is.state() + ": it stood still each time");
      } else if (!problem.isEmpty()) {
        judge.change(is.changedTo(Outcome.STUCK, problem));
      }
    }
    if (count < all.size()) {
      notLookedAt.add("the next update from " + (all.size() - count) + " of " + all.size()
          + " distinct disks that a first healthy boot left");
    }
  }

  /** What the next update does after a crash state; null if nothing was decided. */
  private String nextUpdate(Judgement is) throws IOException {
    String problem = settlings.of(states.named(is.state()).disk());
    if (problem != null) {
      journal.addSettled(is.trial().after(), problem);
      progress.accept("next update after " + is.state() + ": " + (problem.isEmpty() ? "works" : problem));
    }
    return problem;
  }

  /** States that were answered by read sets, in the order in which they are to be booted after all. */
  private List<Judgement> pruned() {
    List<Judgement> pruned = new ArrayList<>(judge.all().stream().filter(j -> !j.booted()).toList());
    SplittableRandom random = new SplittableRandom(plan.log().size());
    List<Judgement> order = new ArrayList<>();
    while (!pruned.isEmpty()) {
      order.add(pruned.remove(random.nextInt(pruned.size())));
    }
    return order;
  }

  /** Boots some of these states after all. */
  private void sample(List<Judgement> order) throws IOException {
    int wanted = wanted(order.size());
    for (int i = 0; i < order.size() && sampled < wanted; i++) {
      sampleAhead(order.subList(i, order.size()), wanted - sampled);
      Judgement one = order.get(i);
      Outcome seen = journal.sampled(one.hash());
      if (seen == null) {
        Decision decision = decisions.of(states.named(one.state()).disk());
        if (decision.tryAgainLater()) {
          notLookedAt.add(one.state() + " booted after all: it stood still each time");
          continue;
        }
        seen = decision.outcome();
        journal.addSampled(one.hash(), seen);
        progress.accept("sample " + (sampled + 1) + ", " + one.state() + ": " + seen.word()
            + (seen == one.trial().outcome() ? ", as answered" : ", DISAGREES"));
      }
      sampled++;
      if (seen != one.trial().outcome()) {
        disagreements++;
        judge.change(one.changedTo(Outcome.UNKNOWN, "booted, it came back as " + seen.word()
            + ", and " + one.answeredBy() + " had answered " + one.outcome().word()));
      }
    }
  }

  private int wanted(int pruned) {
    return request.sample() >= 0 ? request.sample()
        : Math.max(LEAST_SAMPLE, (pruned * SAMPLE_PERCENT + 99) / 100);
  }

  private void sampleAhead(List<Judgement> order, int wanted) throws IOException {
    for (Judgement next : order.subList(0, Math.min(wanted, order.size()))) {
      if (!decisions.room()) {
        return;
      }
      if (journal.sampled(next.hash()) == null) {
        decisions.begin(states.named(next.state()).disk());
      }
    }
  }
}
