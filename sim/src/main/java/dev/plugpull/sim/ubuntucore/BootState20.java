package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import dev.plugpull.sim.filesystem.LiveVolume;
import java.util.List;

/** UC20 and later: the kernel in the loader's hands, the base in {@code modeenv}. */
final class BootState20 implements BootState {
  private final KernelSelector kernels;
  private final KernelStore store;

  BootState20(KernelSelector kernels, KernelStore store) {
    this.kernels = kernels;
    this.store = store;
  }

  KernelSelector kernels() {
    return kernels;
  }

  @Override
  public String status(Machine machine, Part part) {
    return switch (part) {
      case KERNEL -> kernels.status(machine);
      case BASE -> modeenv(machine).baseStatus();
      case GADGET, SNAPD, APP, NEIGHBOUR -> "";
    };
  }

  @Override
  public int current(Machine machine, Part part) {
    return machine.setup.revision(part, switch (part) {
      case KERNEL -> kernels.current(machine);
      case BASE -> modeenv(machine).base();
      case GADGET -> modeenv(machine).gadget();
      case SNAPD, APP, NEIGHBOUR -> "";
    });
  }

  @Override
  public boolean setNext(Machine machine, Part part, int revision) {
    String blob = machine.setup.blob(part, revision);
    return switch (part) {
      case KERNEL -> nextKernel(machine, blob);
      case BASE -> nextBase(machine, blob);
      case GADGET -> {
        Modeenv next = modeenv(machine).withGadget(blob);
        writeIfChanged(machine, "G13", modeenv(machine), next);
        sealing(machine).reseal(machine, "G13", next);
        yield false;
      }
      case SNAPD, APP, NEIGHBOUR -> false;
    };
  }

  private boolean nextKernel(Machine machine, String blob) {
    if (kernels.current(machine).equals(blob)) {
      sealing(machine).reseal(machine, "K14", modeenv(machine));
      if (!kernels.status(machine).isEmpty()) {
        kernels.clearStatus(machine);
      }
      return false;
    }
    // A repeated link-snap adds the kernel twice; Modeenv.allowing is the canonical form of that.
    Modeenv wider = modeenv(machine).allowing(blob);
    write(machine, "K13", wider);
    sealing(machine).reseal(machine, "K14", wider);
    kernels.tryNext(machine, blob);
    return true;
  }

  private boolean nextBase(Machine machine, String blob) {
    Modeenv modeenv = modeenv(machine);
    if (modeenv.base().equals(blob)) {
      if (!modeenv.baseStatus().isEmpty()) {
        write(machine, "B2", modeenv.promoted(blob));
      }
      return false;
    }
    Modeenv next = modeenv.trying(blob);
    write(machine, "B2", next);
    sealing(machine).reseal(machine, "B3", next);
    return true;
  }

  @Override
  public void setNextWithoutTry(Machine machine, Part part, int revision) {
    if (!part.boots()) {
      return;
    }
    String blob = machine.setup.blob(part, revision);
    Modeenv modeenv = modeenv(machine);
    if (part == Part.GADGET) {
      writeIfChanged(machine, "U13", modeenv, modeenv.withGadget(blob));
      return;
    }
    if (part == Part.BASE) {
      writeIfChanged(machine, "U5", modeenv, modeenv.promoted(blob));
      return;
    }
    writeIfChanged(machine, "U4", modeenv, modeenv.kernelsReducedTo(blob));
    sealing(machine).reseal(machine, "U4", modeenv.kernelsReducedTo(blob));
    kernels.setGood(machine, blob);
  }

  @Override
  public void markSuccessful(Machine machine, Running running) {
    String status = kernels.status(machine);
    String booted = status.equals("trying") ? kernels.candidate(machine) : kernels.current(machine);
    if (booted.isEmpty()) {
      throw new SnapdError("cannot mark boot successful: no kernel is named");
    }
    Modeenv modeenv = modeenv(machine);
    Modeenv next = sealing(machine).booted(machine, modeenv.kernelsReducedTo(booted));
    kernels.promote(machine, booted);
    if (!modeenv.baseStatus().isEmpty() || !modeenv.tryBase().isEmpty()) {
      next = next.promoted(modeenv.baseStatus().equals("trying") ? modeenv.tryBase() : modeenv.base());
    }
    writeIfChanged(machine, "M4", modeenv, next);
    sealing(machine).tighten(machine, modeenv, next);
  }

  @Override
  public void extractKernel(Machine machine, int revision) {
    store.extract(machine, revision);
  }

  @Override
  public void removeKernel(Machine machine, String point, int revision) {
    store.remove(machine, point, revision);
  }

  @Override
  public void assetsWritten(Machine machine) {
    kernels.assetsWritten(machine);
  }

  @Override
  public boolean rebootsToTry(Machine machine) {
    return kernels.rebootsToTry(machine);
  }

  private static Sealing sealing(Machine machine) {
    return machine.setup.sealing();
  }

  static Modeenv modeenv(Machine machine) {
    Modeenv modeenv = Modeenv.read(machine.data().tree().content(Modeenv.PATH));
    if (modeenv == null) {
      throw new SnapdError("cannot read modeenv");
    }
    return modeenv;
  }

  private static void writeIfChanged(Machine machine, String point, Modeenv before, Modeenv after) {
    if (!after.equals(before)) {
      write(machine, point, after);
    }
  }

  private static void write(Machine machine, String point, Modeenv modeenv) {
    LiveVolume data = machine.data();
    Writes.atomic(machine, point, data, Modeenv.PATH, modeenv.content());
  }

  @Override
  public List<Variable> describe(Machine machine) {
    return kernels.describe(machine);
  }
}
