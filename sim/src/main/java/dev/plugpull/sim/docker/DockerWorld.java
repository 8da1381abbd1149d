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
 * @param asks when somebody asks for the update
 * @param revertible true: at rest, the user may still run the old image again
 * @param reverted true once he has asked for that
 * @param full true while something else holds all free blocks
 */
record DockerWorld(int offered, SortedSet<Interruption> strikes, Asks asks, boolean revertible, boolean reverted,
    boolean full) implements Remains<DockerWorld> {

  DockerWorld {
    strikes = Collections.unmodifiableSortedSet(new TreeSet<>(strikes));
  }

  /** When somebody asks for the update. */
  enum Asks {
    /** An orchestrator does, whenever the device starts. */
    AT_EVERY_START,
    /** A person did, and does not do it again after a cut. */
    ONCE,
    /** Nobody: what boots is what is there. */
    NEVER
  }

  /** The version that is asked for. */
  int wanted() {
    return reverted ? Image.OLD : offered;
  }

  @Override
  public Hash128 hash() {
    return Hash128.of(offered + "|" + strikes + "|" + asks + "|" + revertible + "|" + reverted + "|" + full);
  }

  @Override
  public DockerWorld afterCut() {
    return new DockerWorld(offered, Collections.emptySortedSet(), asks == Asks.ONCE ? Asks.NEVER : asks, revertible,
        reverted, full);
  }

  @Override
  public DockerWorld afterStrike(Interruption by) {
    return new DockerWorld(offered, Collections.emptySortedSet(), asks, revertible, reverted,
        full || by == Interruption.DISK_FULL);
  }

  DockerWorld goesBack() {
    return new DockerWorld(offered, strikes, asks, false, true, full);
  }

  DockerWorld freed() {
    return new DockerWorld(offered, strikes, asks, revertible, reverted, false);
  }

  DockerWorld alone() {
    return new DockerWorld(offered, strikes, Asks.NEVER, revertible, reverted, full);
  }

  DockerWorld offers(int version) {
    Asks again = asks == Asks.NEVER ? Asks.ONCE : asks;
    return new DockerWorld(version, Collections.emptySortedSet(), again, false, false, full);
  }
}
