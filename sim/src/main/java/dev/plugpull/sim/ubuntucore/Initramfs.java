package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;

/**
 * The initramfs in run mode: mounts, and decides which base and which kernel snap belong to this boot (specification
 * sections 4.1 and 4.4, rows I1 to I11).
 */
final class Initramfs {
  static final String SNAPS = CoreSetup.SNAPS + "/";

  /** The initramfs gave up: emergency target, then a reboot after ten seconds. */
  static final class Emergency extends RuntimeException {
    private static final long serialVersionUID = 1;

    Emergency(String why) {
      super(why, null, false, false);
    }
  }

  /** Nothing opens ubuntu-data: a person is asked for the recovery key. */
  static final class Locked extends RuntimeException {
    private static final long serialVersionUID = 1;

    Locked(String why) {
      super(why, null, false, false);
    }
  }

  private final Machine machine;
  private final CoreSetup setup;

  Initramfs(Machine machine) {
    this.machine = machine;
    this.setup = machine.setup;
  }

  /**
   * Runs it.
   *
   * @return what is mounted for this boot
   * @throws Emergency if the device cannot boot this way
   * @throws Locked if it cannot without a person
   */
  Running run(BootOutcome.StartKernel kernel) {
    machine.actor("initramfs");
    int image = setup.kernelRevision(kernel.kernel());
    machine.mount();
    String locked = setup.sealing().unlock(machine, false);
    if (!locked.isEmpty()) {
      throw new Locked(locked);
    }
    machine.point("I5", machine.tracing() ? "mounts all partitions, journals are replayed" : "");
    return setup.series().hasModeenv() ? selected(image, kernel.commandLine()) : named(image, kernel.commandLine());
  }

  /** UC16 and UC18: the boot loader names both snaps on the kernel command line. */
  private Running named(int image, String commandLine) {
    String base = argument(commandLine, "snap_core");
    String kernel = argument(commandLine, "snap_kernel");
    int baseRevision = mount(Part.BASE, base);
    int kernelRevision = mount(Part.KERNEL, kernel);
    failIfUnhealthy(image);
    return new Running(image, kernelRevision, true, baseRevision, 0, 0);
  }

  private Running selected(int image, String commandLine) {
    String mode = argument(commandLine, "snapd_recovery_mode");
    if (!mode.equals("run")) {
      throw new Emergency("no snapd_recovery_mode=run on the kernel command line");
    }
    KernelSelector kernels = ((BootState20) setup.bootState()).kernels();
    try {
      kernels.inInitramfs(machine, commandLine);
    } catch (SnapdError e) {
      throw new Emergency("cannot update kernel status: " + e.getMessage());
    }
    Modeenv modeenv = Modeenv.read(machine.data().tree().content(Modeenv.PATH));
    if (modeenv == null) {
      throw new Emergency("cannot read modeenv");
    }
    int base = mount(Part.BASE, chooseBase(modeenv));
    String kernel = chooseKernel(modeenv);
    int kernelRevision = mount(Part.KERNEL, kernel);
    int gadget = modeenv.gadget().isEmpty() ? 0 : mount(Part.GADGET, modeenv.gadget());
    boolean complete = !setup.series().hasDriversTree() || DriversTree.complete(machine.data(), setup, kernelRevision);
    failIfUnhealthy(image);
    return new Running(image, kernelRevision, complete, base, gadget, 0);
  }

  /** I8. */
  private String chooseBase(Modeenv modeenv) {
    switch (modeenv.baseStatus()) {
      case "try" -> {
        if (machine.data().tree().exists(SNAPS + modeenv.tryBase())) {
          write("B5", modeenv.status("trying"));
          return modeenv.tryBase();
        }
        machine.step("the base to try, " + modeenv.tryBase() + ", is missing", "");
        return modeenv.base();
      }
      case "trying" -> {
        write("B5'", modeenv.status(""));
        return modeenv.base();
      }
      default -> {
        return modeenv.base();
      }
    }
  }

  /** The disk may have filled up since the try was asked for, and nothing frees it before the switch to the base. */
  private void write(String point, Modeenv modeenv) {
    try {
      Writes.atomic(machine, point, machine.data(), Modeenv.PATH, modeenv.content());
    } catch (NoSpaceException e) {
      throw new Emergency("cannot write modeenv: no space left on device");
    }
  }

  /** I9: the running kernel is fixed; which snap belongs to it, and may the boot go on? */
  private String chooseKernel(Modeenv modeenv) {
    KernelSelector kernels = ((BootState20) setup.bootState()).kernels();
    String status;
    String good;
    String candidate;
    try {
      status = kernels.status(machine);
      good = kernels.current(machine);
      candidate = kernels.candidate(machine);
    } catch (SnapdError e) {
      throw new Emergency("cannot get information from boot loader: " + e.getMessage());
    }
    switch (status) {
      case "" -> {
        if (!modeenv.currentKernels().contains(good)) {
          throw new Emergency("kernel " + good + " is not in current_kernels of modeenv");
        }
        return good;
      }
      case "trying" -> {
        boolean usable = !candidate.isEmpty()
            && machine.data().tree().exists(SNAPS + candidate)
            && modeenv.currentKernels().contains(candidate);
        if (!usable) {
          throw new Emergency("kernel_status is trying but there is no usable kernel to try: reboot to fall back");
        }
        return candidate;
      }
      default -> throw new Emergency("kernel_status is " + status + " although a kernel is running: the boot loader did"
          + " not do its part");
    }
  }

  private int mount(Part part, String blob) {
    Tree.Node node = machine.data().tree().get(SNAPS + blob);
    int revision = setup.revision(part, blob);
    if (blob.isEmpty() || revision == 0 || !(node instanceof Tree.File file)) {
      throw new Emergency("cannot mount " + part.word() + " snap '" + blob + "': not there");
    }
    boolean whole = file.content().equals(setup.snap(part, revision));
    if (!whole && !file.content().equals(CoreSetup.changedBase())) {
      throw new Emergency("cannot mount " + part.word() + " snap " + blob + ": the file is short");
    }
    return revision;
  }

  private void failIfUnhealthy(int image) {
    if (setup.behaviour(Part.KERNEL, image) == Behaviour.UNHEALTHY) {
      throw new Emergency("the kernel of this revision lacks what this board needs");
    }
  }

  /** The value of {@code name=} on a kernel command line; the last one counts, empty if there is none. */
  static String argument(String commandLine, String name) {
    String value = "";
    int at = 0;
    while (at < commandLine.length()) {
      int end = commandLine.indexOf(' ', at);
      end = end < 0 ? commandLine.length() : end;
      if (commandLine.startsWith(name, at) && commandLine.startsWith("=", at + name.length())) {
        value = commandLine.substring(at + name.length() + 1, end);
      }
      at = end + 1;
    }
    return value;
  }
}
