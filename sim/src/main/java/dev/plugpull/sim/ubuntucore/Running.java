package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Hash128;

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

  Hash128 hash() {
    return new Hash128(((long) kernel << 32) + modules, ((long) base << 32) + gadget)
        .then(new Hash128(snapd, modulesComplete ? 1 : 0));
  }

  Running withSnapd(int revision) {
    return new Running(kernel, modules, modulesComplete, base, gadget, revision);
  }
}
