package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.crash.CrashLimits;
import dev.plugpull.faultinjection.crash.CrashStateEnumerator;
import dev.plugpull.faultinjection.crash.LossClass;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Hash128;
import java.util.List;

/**
 * The crash states of a whole device at one crash point: one state of each volume, told by fingerprints only.
 *
 * <p>Combinations that were possible at the point before in the same boot are left out, except "all lost" and "all
 * kept", so the cost of a point is about the number of its new states.
 */
final class CrashProduct {

  /** Gets each combination: {@code pick[v]} is the index of the state of volume {@code v}. */
  @FunctionalInterface
  interface Visitor {
    void visit(long hi, long lo, LossClass loss, int[] pick);
  }

  private final CrashLimits limits;
  private final CrashStateEnumerator enumerator;
  private VolumeTrack[] tracks = new VolumeTrack[0];
  private int[] pick = new int[0];
  private int count;
  private boolean[] freshFrom = new boolean[1];
  private long restHi;
  private long restLo;
  private boolean complete;
  private int boundedWindows;
  private Visitor visitor;

  CrashProduct(CrashLimits limits) {
    this.limits = limits;
    this.enumerator = new CrashStateEnumerator(limits);
  }

  /** A new boot begins. */
  void reset() {
    complete = false;
    for (VolumeTrack track : tracks) {
      track.reset();
    }
  }

  VolumeTrack track(int volume) {
    return tracks[volume];
  }

  /** Windows and products that could not be tried in full at the last point and were not so at the point before. */
  int boundedWindows() {
    return boundedWindows;
  }

  void visit(List<? extends LiveVolume> volumes, Hash128 rest, Visitor to) {
    visitor = to;
    count = volumes.size();
    prepare();
    boundedWindows = 0;
    boolean changed = false;
    for (int i = 0; i < count; i++) {
      boolean looked = tracks[i].look(volumes.get(i));
      changed |= looked;
      if (looked && tracks[i].states().bounded()) {
        boundedWindows++;
      }
    }
    boolean again = complete && rest.hi() == restHi && rest.lo() == restLo;
    restHi = rest.hi();
    restLo = rest.lo();
    long product = product();
    boolean whole = product <= limits.statesPerPoint();
    if (!again) {
      for (int i = 0; i < count; i++) {
        tracks[i].allFresh();
      }
    }
    extremes();
    if (whole) {
      all();
    } else if (changed || !again) {
      boundedWindows++;
      partly();
    }
    complete = whole;
  }

  private void prepare() {
    if (tracks.length != count) {
      tracks = new VolumeTrack[count];
      for (int i = 0; i < count; i++) {
        tracks[i] = new VolumeTrack(i, enumerator);
      }
      pick = new int[count];
      freshFrom = new boolean[count + 1];
    }
  }

  private long product() {
    long product = 1;
    for (int i = 0; i < count; i++) {
      product = Math.min(Long.MAX_VALUE / 8192, product) * tracks[i].size;
    }
    return product;
  }

  private void extremes() {
    choose(0, 0);
    emit();
    for (int i = 0; i < count; i++) {
      pick[i] = tracks[i].states().allKept();
    }
    emit();
  }

  /** Picks all lost or all kept of each volume, by the bits of {@code kept}. */
  private void choose(int kept, int from) {
    for (int i = from; i < count; i++) {
      pick[i] = (kept >>> i & 1) == 0 ? 0 : tracks[i].states().allKept();
    }
  }

  private void emit() {
    long hi = restHi;
    long lo = restLo;
    LossClass loss = LossClass.NOTHING_PENDING;
    for (int i = 0; i < count; i++) {
      hi += tracks[i].hi[pick[i]];
      lo += tracks[i].lo[pick[i]];
      loss = loss.and(tracks[i].losses[pick[i]]);
    }
    visitor.visit(hi, lo, loss, pick);
  }

  private void all() {
    freshFrom[count] = false;
    for (int i = count - 1; i >= 0; i--) {
      freshFrom[i] = freshFrom[i + 1] || tracks[i].freshCount > 0;
    }
    if (count > 0) {
      level(0, restHi, restLo, LossClass.NOTHING_PENDING, false);
    }
  }

  private void level(int at, long hi, long lo, LossClass loss, boolean fresh) {
    if (!fresh && !freshFrom[at]) {
      return;
    }
    VolumeTrack track = tracks[at];
    boolean last = at == count - 1;
    boolean onlyFresh = !fresh && (last || !freshFrom[at + 1]);
    int steps = onlyFresh ? track.freshCount : track.size;
    int nextFresh = 0;
    for (int step = 0; step < steps; step++) {
      int state = onlyFresh ? track.fresh[step] : step;
      boolean isFresh = fresh || onlyFresh;
      if (!isFresh && nextFresh < track.freshCount && track.fresh[nextFresh] == state) {
        nextFresh++;
        isFresh = true;
      }
      pick[at] = state;
      long high = hi + track.hi[state];
      long low = lo + track.lo[state];
      LossClass both = loss.and(track.losses[state]);
      if (last) {
        visitor.visit(high, low, both, pick);
      } else {
        level(at + 1, high, low, both, isFresh);
      }
    }
  }

  /** Too many: each volume varies while the others are all lost or all kept; then pairs of volumes, while they fit. */
  private void partly() {
    int corners = 1 << Math.min(count, 8);
    for (int one = 0; one < count; one++) {
      for (int corner = 0; corner < corners; corner++) {
        if ((corner >>> one & 1) == 0) {
          choose(corner, 0);
          vary(one, -1);
        }
      }
    }
    long room = limits.statesPerPoint();
    for (int one = 0; one < count; one++) {
      for (int other = one + 1; other < count; other++) {
        room -= (long) tracks[one].size * tracks[other].size * 2;
        if (room >= 0) {
          choose(0, 0);
          vary(one, other);
          choose(-1, 0);
          vary(one, other);
        }
      }
    }
  }

  private void vary(int one, int other) {
    for (int i = 0; i < tracks[one].size; i++) {
      pick[one] = i;
      if (other < 0) {
        emit();
      } else {
        vary(other, -1);
      }
    }
  }
}
