package dev.plugpull.sim.ubuntucore;

/**
 * The boot loader of ubuntu-seed as snapd handles it: its variables, and how it comes to the kernel of a recovery
 * system (specification sections 4.2, 4.3 and 4.7).
 *
 * @param environment its variables: a file of its own kind on ubuntu-seed, or the one that run mode uses, too
 */
record SeedLoader(BootEnvironment environment, SystemKernels kernels) {

  /** How a boot loader comes to the kernel of a recovery system (R4). */
  enum SystemKernels {
    /**
     * GRUB: a variable in {@code systems/LABEL/grubenv} names the kernel snap. Such a loader also lists the systems
     * that are good, for people who choose at its menu.
     */
    NAMED,
    /** U-Boot and piboot: files in {@code systems/LABEL/kernel}. */
    EXTRACTED,
    /** Little kernel: a raw partition that only the image build writes. No system is made at run time. */
    OF_IMAGE
  }

  /** True if snapd manages its configuration: a <em>trusted assets</em> loader, and one that lists good systems. */
  boolean isManaged() {
    return kernels == SystemKernels.NAMED;
  }
}
