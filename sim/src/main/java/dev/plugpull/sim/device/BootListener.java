package dev.plugpull.sim.device;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.List;

/**
 * Hears of one boot. The explorer listens to find crash states, a trace to tell a story.
 *
 * @param <S> the state between two boots
 */
public interface BootListener<S> {

  /**
   * The machine has just done something durable, or something that a cut could tear.
   *
   * @param point name of the durability point as the specification has it, such as {@code K13}
   * @param what a sentence: {@code snapd writes modeenv current_kernels=pc-kernel_1.snap,pc-kernel_2.snap}
   * @param volumes all volumes of the device, always in the same order
   * @param rest what else survives a cut here
   * @return what strikes the machine now; {@link Interruption#NONE} lets it go on
   */
  Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest);

  /**
   * The machine stands where nothing but this decides how its boot goes on: the volumes, what else survives a cut, and
   * the memory of the programs that run. A listener who knows the rest of the boot from another one may end it here, by
   * an exception that no device catches.
   *
   * @param memory fingerprint of everything in memory that a later step may read
   */
  default void moment(Hash128 memory, List<? extends LiveVolume> volumes, Surviving<S> rest) {
    // most listeners want to hear every boot to its end
  }

  /**
   * Something to tell: who did what, and where in the vendor's files ({@code file:line}, empty if nowhere). Most
   * listeners tell no story and pass it over.
   */
  default void step(String actor, String what, String where) {
    // nobody reads it
  }

  /** False where nobody reads {@link #step}: then texts need not be made. */
  default boolean tracing() {
    return false;
  }

  /** A monitor saw a property violated, whatever happens later. */
  void violation(String property, String why);

  /**
   * What survives a cut beside the volumes: environment, monitors, counters in non-volatile memory.
   *
   * @param <S> the state between two boots
   */
  interface Surviving<S> {
    /** Canonical fingerprint of what survives beside the volumes. */
    Hash128 hash();

    /** The state after a power cut that left these volumes (in the order given to the crash point). */
    S cut(List<VolumeState> volumes);
  }
}
