package dev.plugpull.sim.flatpak;

import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Remains;
import dev.plugpull.sim.media.Hash128;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The world around a device.
 *
 * @param offered version of application and runtime in the remote
 * @param strikes what may still strike
 * @param revertible true: at rest, the user may still go back to the old commit
 * @param reverted true once he has asked for that
 * @param full true while something else holds all free blocks
 */
record FlatpakWorld(int offered, SortedSet<Interruption> strikes, boolean revertible, boolean reverted, boolean full)
    implements Remains<FlatpakWorld> {

  FlatpakWorld {
    strikes = Collections.unmodifiableSortedSet(new TreeSet<>(strikes));
  }

  /** The version that is asked for. */
  int wanted() {
    return reverted ? FlatpakDevice.OLD : offered;
  }

  @Override
  public Hash128 hash() {
    return Hash128.of(offered + "|" + strikes + "|" + revertible + "|" + reverted + "|" + full);
  }

  @Override
  public FlatpakWorld afterCut() {
    return new FlatpakWorld(offered, Collections.emptySortedSet(), revertible, reverted, full);
  }

  @Override
  public FlatpakWorld afterStrike(Interruption by) {
    return new FlatpakWorld(offered, Collections.emptySortedSet(), revertible, reverted,
        full || by == Interruption.DISK_FULL);
  }

  FlatpakWorld goesBack() {
    return new FlatpakWorld(offered, strikes, false, true, full);
  }

  FlatpakWorld freed() {
    return new FlatpakWorld(offered, strikes, revertible, reverted, false);
  }

  FlatpakWorld offers(int version) {
    return new FlatpakWorld(version, Collections.emptySortedSet(), false, false, full);
  }
}
