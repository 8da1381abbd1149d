package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import java.util.List;

/** snapd's side of the boot contract (specification section 4): what to boot next, and what booted. */
interface BootState {

  /** Status of a part as the durable boot state has it: {@code ""}, {@code try} or {@code trying}. */
  String status(Machine machine, Part part);

  /** The revision that the boot state calls current, 0 if it cannot be told: what snapd takes for the booted one. */
  int current(Machine machine, Part part);

  /**
   * Sets a revision to be tried at the next boot (L6).
   *
   * @return true if a reboot is needed
   */
  boolean setNext(Machine machine, Part part, int revision);

  /** Undo: sets a revision as the good one, without a try. */
  void setNextWithoutTry(Machine machine, Part part, int revision);

  /** M1 to M6: what booted is good. */
  void markSuccessful(Machine machine, Running running);

  /** Writes the boot files of a kernel (P9), where the loader needs them extracted. */
  void extractKernel(Machine machine, int revision);

  /** Removes the boot files of a kernel. */
  void removeKernel(Machine machine, String point, int revision);

  /** True if the next reboot must carry a request that a power cut forgets. */
  default boolean rebootsToTry(Machine machine) {
    return false;
  }

  /** G8: gadget assets were written; a loader whose configuration snapd generates gets it generated again. */
  default void assetsWritten(Machine machine) {}

  /** The loader's variables, for people; the machine's volumes are mounted. */
  List<Variable> describe(Machine machine);
}
