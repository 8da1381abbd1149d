package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import java.util.List;

/** How a UC20+ loader is told which kernel to boot: links and a status, or variables of one environment. */
interface KernelSelector {

  /** {@code kernel_status}. */
  String status(Machine machine);

  /** Blob name of the good kernel; empty if it cannot be told. */
  String current(Machine machine);

  /** Blob name of the kernel to try; empty if there is none. */
  String candidate(Machine machine);

  /** K17, K18: try this kernel at the next boot. */
  void tryNext(Machine machine, String blob);

  /** Undo: this kernel is good, nothing is tried. */
  void setGood(Machine machine, String blob);

  /** M1 to M3. */
  void promote(Machine machine, String booted);

  /** 7.7: this kernel is the good one of a device that is being installed. */
  void installed(Machine machine, String blob);

  /** Nothing is to be tried any more; the good kernel stays. */
  void clearStatus(Machine machine);

  /** I4: what the initramfs does in place of a loader that cannot write. */
  default void inInitramfs(Machine machine, String commandLine) {}

  /** G8: gadget assets were written. */
  default void assetsWritten(Machine machine) {}

  /** True if the next reboot must carry a request that a power cut forgets. */
  default boolean rebootsToTry(Machine machine) {
    return false;
  }

  /** What is stored, for people. */
  List<Variable> describe(Machine machine);
}
