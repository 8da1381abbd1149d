package dev.plugpull.sim.ubuntucore;

/** Where a boot loader finds kernels outside their snaps. */
interface KernelStore {

  /** K7: brings the boot files of a revision there. */
  void extract(Machine machine, int revision);

  void remove(Machine machine, String point, int revision);

  /** GRUB of UC16 and UC18, which looks into the snap itself. */
  KernelStore NONE = new KernelStore() {
    @Override
    public void extract(Machine machine, int revision) {
      // the loader reads the blob
    }

    @Override
    public void remove(Machine machine, String point, int revision) {
      // nothing was extracted
    }
  };

  /** One folder a revision on the boot partition. */
  KernelStore FOLDERS = new Folders();

  /** See {@link #FOLDERS}. */
  class Folders implements KernelStore {
    static String folder(Machine machine, int revision) {
      return machine.setup.layout().kernelFolder() + "/" + machine.setup.blob(Part.KERNEL, revision);
    }

    @Override
    public void extract(Machine machine, int revision) {
      KernelFiles.extract(machine, "K7", machine.boot(), folder(machine, revision), revision);
    }

    @Override
    public void remove(Machine machine, String point, int revision) {
      Writes.removeTree(machine, point, machine.boot(), folder(machine, revision));
    }
  }
}
