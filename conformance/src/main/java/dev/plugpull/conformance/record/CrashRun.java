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
  private final Journal journal;
  private final Consumer<String> progress;
  /** By content, in the order in which they were judged. */
  private final Map<String, Judgement> judged = new LinkedHashMap<>();
  /** Booted states that may answer others, newest last. */
  private final List<Known> known = new ArrayList<>();
  private final Set<String> notLookedAt = new LinkedHashSet<>();
  private int fromJournal;
  private int sampled;
  private int disagreements;

  /** A state that was booted. */
  private record Known(DiskState disk, Judgement judgement) {}

  private CrashRun(Bench bench, CrashRequest request, Recording recording, Recoveries states, Journal journal,
      Consumer<String> progress) {
    this.bench = bench;
    this.request = request;
    this.recording = recording;
    this.states = states;
    this.plan = states.update();
    this.journal = journal;
    this.progress = progress;
    this.trials = new Trials(bench, recording);
  }

  /**
   * Judges what the request asks for.
   *
   * @throws IOException {@code cannot ...}; {@link Bench.StoppedException} if it was stopped
   */
  public static CrashReport run(Bench bench, CrashRequest request, Recording recording, Consumer<String> progress)
      throws IOException {
    CrashRun run = new CrashRun(bench, request, recording, Recoveries.of(recording, bench.base()),
        Journal.open(recording.journal()), progress);
    run.remember(recording);
    return run.run();
  }

  private void remember(Recording of) throws IOException {
    for (Judgement old : journal.booted().values()) {
      DiskState disk;
      try {
        disk = states.named(old.state()).disk();
      } catch (IllegalArgumentException e) {
        throw new IOException("cannot read " + of.journal() + ": it judges " + old.state()
            + ", which this recording does not have; delete the file to judge again", e);
      }
      known.add(new Known(disk, old));
    }
  }

  private CrashReport run() throws IOException {
    long from = System.nanoTime();
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
    settle();
    sample();
    double seconds = (System.nanoTime() - from) / 1e9;
    double plain = request.plainStates() > 0 ? new PlainWay(bench, trials).secondsPerState(request.plainStates(),
        plan.changes(), progress) : Double.NaN;
    notLookedAt.add("losses of two and more requests of one flush, and "
        + (request.tier().recoveries() == 0 ? "a second cut while the first boot recovers" : "a third cut"));
    if (bench.target().disks().getFirst().bus().equals("nvme")) {
      notLookedAt.add("which writes were to be durable at once: QEMU's NVMe controller does not pass FUA on, so a state"
          + " may lack a write that a real disk would have kept (bus: virtio has no such gap)");
    }
    int fresh = judged.size() - fromJournal;
    return new CrashReport(bench.target(), request.tier(), recording, List.copyOf(judged.values()), sampled,
        disagreements, plan.log().flushes(), fresh == 0 ? Double.NaN : fresh * 60 / seconds,
        fresh == 0 ? Double.NaN : plain / (seconds / fresh), new Windows(plan, bench).of(judged.values()),
        List.copyOf(notLookedAt));
  }

  private void demand(CrashState state, Outcome wanted, String when) throws IOException {
    Judgement is = judge(state);
    if (is.outcome() != wanted) {
      throw new IOException("cannot judge crash states of " + bench.target().name() + ": the disk " + when
          + " comes back as " + is.outcome().word() + " (" + String.join("; then ", is.ends()) + ")");
    }
  }

  /** The claim that a read set answers other states needs boots that read the same each time. */
  private void compareReadSets() throws IOException {
    if (fromJournal > 0) {
      return;
    }
    BitSet first = judged.values().iterator().next().trial().reads();
    BitSet differing = new BitSet();
    for (int i = 0; i < 2; i++) {
      BitSet other = trials.run(plan.start().disk()).reads();
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
      Judgement before = seen(plan.prefix(stops.get(i - 1)));
      Judgement after = seen(plan.prefix(stops.get(i)));
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

  private Judgement seen(CrashState state) throws IOException {
    return judged.get(state.disk().hash().toString());
  }

  /** Finds neighbouring flushes with different outcomes; looks at nothing between two that are equally good. */
  private void bisect(List<Integer> stops, int low, int high) throws IOException {
    Outcome below = judge(plan.prefix(stops.get(low))).outcome();
    Outcome above = judge(plan.prefix(stops.get(high))).outcome();
    if (high - low > 1 && (below != above || !below.good())) {
      int middle = (low + high) >>> 1;
      judge(plan.prefix(stops.get(middle)));
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
        Judgement before = seen(prefixes.get(i - 1));
        if (before.outcome() != seen(prefixes.get(i)).outcome()) {
          judgeAll(plan.tears(prefixes.get(i - 1).position(), prefixes.get(i).position(), request.tier().tears()));
        }
      }
    }
  }

  /** Everything between two positions. */
  private void range(int from, int to) throws IOException {
    judgeAll(plan.prefixes(from, to));
    judgeAll(plan.drops(from, to));
    judgeAll(plan.tears(from, to, request.tier().tears()));
  }

  private void judgeAll(List<CrashState> states) throws IOException {
    for (CrashState state : states) {
      if (judged.size() >= request.most()) {
        notLookedAt.add("states after the first " + request.most() + " (--most)");
        return;
      }
      judge(state);
    }
  }

  private Judgement judge(CrashState state) throws IOException {
    DiskState disk = state.disk();
    String hash = disk.hash().toString();
    Judgement before = judged.get(hash);
    if (before != null) {
      return before;
    }
    Judgement booted = journal.booted().get(hash);
    if (booted != null) {
      judged.put(hash, booted);
      fromJournal++;
      return booted;
    }
    Judgement now = byReadSet(state, disk, hash);
    if (now == null) {
      now = boot(state, disk, hash);
    }
    judged.put(hash, now);
    progress.accept("%d %s: %s%s".formatted(judged.size(), state.id(), now.outcome().word(),
        now.booted() ? "" : " (same bytes as " + now.answeredBy() + " for all that was read)"));
    return now;
  }

  private Judgement byReadSet(CrashState state, DiskState disk, String hash) throws IOException {
    for (Known other : known.reversed()) {
      Judgement is = other.judgement();
      if (is.trial().answers() && is.outcome() != Outcome.UNKNOWN
          && disk.agrees(other.disk(), is.trial().reads(), ReadSet.SECTOR_BYTES)) {
        return new Judgement(state.id(), state.position(), state.request(), hash, is.state(), is.trial(), is.outcome(),
            is.why());
      }
    }
    return null;
  }

  private Judgement boot(CrashState state, DiskState disk, String hash) throws IOException {
    Decision decision = trials.decide(disk);
    Judgement judgement = new Judgement(state.id(), state.position(), state.request(), hash, "", decision.trial(),
        decision.outcome(), decision.why());
    if (!decision.tryAgainLater()) {
      journal.add(judgement);
      known.add(new Known(disk, judgement));
    }
    return judgement;
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
    for (Judgement is : judged.values()) {
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
    for (int i = 0; i < count; i++) {
      Judgement is = spread(all, i, count);
      String problem = journal.settled(is.trial().after());
      if (problem == null) {
        problem = nextUpdate(is);
      }
      if (problem == null) {
        notLookedAt.add("the next update after " + is.state() + ": it stood still each time");
      } else if (!problem.isEmpty()) {
        judged.put(is.hash(), is.changedTo(Outcome.STUCK, problem));
      }
    }
    if (count < all.size()) {
      notLookedAt.add("the next update from " + (all.size() - count) + " of " + all.size()
          + " distinct disks that a first healthy boot left");
    }
  }

  /** What the next update does after a crash state: a failure must repeat itself; null if nothing was decided. */
  private String nextUpdate(Judgement is) throws IOException {
    String problem = trials.settle(states.named(is.state()).disk());
    if (problem != null && !problem.isEmpty()) {
      String again = trials.settle(states.named(is.state()).disk());
      problem = again == null || again.isEmpty() ? again : problem;
    }
    if (problem != null) {
      journal.addSettled(is.trial().after(), problem);
      progress.accept("next update after " + is.state() + ": " + (problem.isEmpty() ? "works" : problem));
    }
    return problem;
  }

  /** Boots some of the states that were answered by read sets after all. */
  private void sample() throws IOException {
    List<Judgement> pruned = new ArrayList<>(judged.values().stream().filter(j -> !j.booted()).toList());
    int wanted = request.sample() >= 0 ? request.sample()
        : Math.max(LEAST_SAMPLE, (pruned.size() * SAMPLE_PERCENT + 99) / 100);
    SplittableRandom random = new SplittableRandom(plan.log().size());
    while (sampled < wanted && !pruned.isEmpty()) {
      Judgement one = pruned.remove(random.nextInt(pruned.size()));
      Outcome seen = journal.sampled(one.hash());
      if (seen == null) {
        Decision decision = trials.decide(states.named(one.state()).disk());
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
        judged.put(one.hash(), one.changedTo(Outcome.UNKNOWN, "booted, it came back as " + seen.word()
            + ", and " + one.answeredBy() + " had answered " + one.outcome().word()));
      }
    }
  }
}
