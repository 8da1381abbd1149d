package dev.plugpull.sim.ostree;

/**
 * What really runs in a boot, whatever the records say. RAM: a reset ends it.
 *
 * @param kernel release whose kernel runs
 * @param initramfs release of the initramfs
 * @param commit release whose deployment is the root
 * @param usrWhole false if files of {@code /usr} are missing or damaged
 * @param deployment folder name of the deployment, such as {@code c3.0}
 */
record Running(int kernel, int initramfs, int commit, boolean usrWhole, String deployment) {
  static final Running NOTHING = new Running(0, 0, 0, false, "");
}
