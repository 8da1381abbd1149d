package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.log.ReadSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Judges one crash state after the other: by what was judged before, by a boot that read nothing in which the two disks
 * differ, or by booting it. Boots are begun ahead; the judgements are those of one boot at a time.
 */
final class Judge {
  /** So far it looks for a state to boot beside the one that it waits for. */
  private static final int LOOK_AHEAD = 64;

  private final Ahead<Decision> decisions;
  private final Journal journal;
  private final Consumer<String> progress;
  /** By content, in the order in which they were judged. */
  private final Map<String, Judgement> judged = new LinkedHashMap<>();
  /** Booted states that may answer others, newest last. */
  private final List<Known> known = new ArrayList<>();
  /** Contents that a boot answers which are not judged yet; what is known only grows. */
  private final Set<String> answered = new HashSet<>();
  private int fromJournal;

  /** A state that was booted. */
  private record Known(DiskState disk, Judgement judgement) {}

  /** Finds a crash state by its id; throws {@link IllegalArgumentException} if there is none. */
  interface States {
    CrashState named(String id) throws IOException;
  }

  /** A judge who knows what the journal of an earlier run holds. */
  Judge(Ahead<Decision> decisions, States states, Journal journal, Consumer<String> progress) throws IOException {
    this.decisions = decisions;
    this.journal = journal;
    this.progress = progress;
    for (Judgement old : journal.booted().values()) {
      known.add(new Known(disk(old, states), old));
    }
  }

  private DiskState disk(Judgement old, States states) throws IOException {
    try {
      return states.named(old.state()).disk();
    } catch (IllegalArgumentException e) {
      throw new IOException("cannot read " + journal.file() + ": it judges " + old.state()
          + ", which this recording does not have; delete the file to judge again", e);
    }
  }

  /** All judgements, in their order. */
  List<Judgement> all() {
    return List.copyOf(judged.values());
  }

  /** The judgement of a state that was looked at; null if it was not. */
  Judgement seen(CrashState state) throws IOException {
    return judged.get(state.disk().hash().toString());
  }

  /** Judgements whose boots an earlier run had made. */
  int fromJournal() {
    return fromJournal;
  }

  /** Puts another judgement of the same state in place of the first. */
  void change(Judgement is) {
    judged.put(is.hash(), is);
  }

  /** Judges the first state of a list, and begins with what comes next. */
  Judgement firstOf(List<CrashState> states) throws IOException {
    bootAhead(states.subList(0, Math.min(LOOK_AHEAD, states.size())));
    return of(states.getFirst());
  }

  /** Judges a state. */
  Judgement of(CrashState state) throws IOException {
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
    Judgement is = answer(disk);
    return is == null ? null
        : new Judgement(state.id(), state.position(), state.request(), hash, is.state(), is.trial(), is.outcome(),
            is.why());
  }

  /** The newest boot that read nothing in which this disk differs from its own; null if there is none. */
  private Judgement answer(DiskState disk) throws IOException {
    for (Known other : known.reversed()) {
      Judgement is = other.judgement();
      if (is.trial().answers() && is.outcome() != Outcome.UNKNOWN
          && disk.agrees(other.disk(), is.trial().reads(), ReadSet.SECTOR_BYTES)) {
        return is;
      }
    }
    return null;
  }

  private Judgement boot(CrashState state, DiskState disk, String hash) throws IOException {
    Decision decision = decisions.of(disk);
    Judgement judgement = new Judgement(state.id(), state.position(), state.request(), hash, "", decision.trial(),
        decision.outcome(), decision.why());
    if (!decision.tryAgainLater()) {
      journal.add(judgement);
      known.add(new Known(disk, judgement));
    }
    return judgement;
  }

  /**
   * Begins to boot what nothing answers, as long as there is a machine. What a boot under way is going to answer, if it
   * reads what the last one read, can wait for it.
   */
  private void bootAhead(List<CrashState> states) throws IOException {
    for (CrashState state : states) {
      if (!decisions.room()) {
        return;
      }
      DiskState disk = state.disk();
      String hash = disk.hash().toString();
      if (judged.containsKey(hash) || journal.booted().containsKey(hash) || answered.contains(hash)) {
        continue;
      }
      if (answer(disk) != null) {
        answered.add(hash);
      } else if (!waits(disk)) {
        decisions.begin(disk);
      }
    }
  }

  private boolean waits(DiskState disk) throws IOException {
    if (known.isEmpty()) {
      return false;
    }
    BitSet reads = known.getLast().judgement().trial().reads();
    for (DiskState other : decisions.begun()) {
      if (disk.agrees(other, reads, ReadSet.SECTOR_BYTES)) {
        return true;
      }
    }
    return false;
  }
}
