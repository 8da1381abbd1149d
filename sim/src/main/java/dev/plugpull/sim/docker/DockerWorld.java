package dev.plugpull.sim.docker;

import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Remains;
import dev.plugpull.sim.media.Hash128;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The world around a device.
 *
 * @param offered version of the application that its tag in the registry names
 * @param strikes what may still strike
 */
record DockerWorld(int offered, SortedSet<Interruption> strikes) implements Remains<DockerWorld> {

  DockerWorld {
    strikes = Collections.unmodifiableSortedSet(new TreeSet<>(strikes));
  }

  @Override
  public Hash128 hash() {
    return Hash128.of(offered + "|" + strikes);
  }

  @Override
  public DockerWorld afterCut() {
    return strikes.isEmpty() ? this : new DockerWorld(offered, Collections.emptySortedSet());
  }

  @Override
  public DockerWorld afterStrike(Interruption by) {
    return afterCut();
  }
}
