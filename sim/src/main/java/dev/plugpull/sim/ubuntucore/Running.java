package dev.plugpull.sim.ubuntucore;

/**
 * What really runs in a boot, whatever the records say. RAM: a reset ends it.
 *
 * @param kernel revision of the loaded kernel image, 0 if unknown
 * @param modules revision of the kernel snap whose modules are mounted, 0 if none
 * @param modulesComplete false if modules or firmware of that revision are missing
 * @param base revision of the mounted base
 * @param gadget revision of the mounted gadget snap, 0 if none is mounted
 * @param snapd revision of the snapd snap whose daemon runs, 0 if none does
 */
record Running(int kernel, int modules, boolean modulesComplete, int base, int gadget, int snapd) {
  static final Running NOTHING = new Running(0, 0, false, 0, 0, 0);

  Running withSnapd(int revision) {
    return new Running(kernel, modules, modulesComplete, base, gadget, revision);
  }
}
