package dev.plugpull.sim.microos;

/**
 * What an observer saw run, and what transactional-update said last in this boot.
 *
 * @param snapshot number of the root file system
 * @param kernel release of the kernel, 0 if unknown
 * @param trouble why the last attempt of an update failed, empty if it did not
 * @param waiting true if the trouble is one that the next attempt finds as it is
 */
record Seen(int snapshot, int kernel, String trouble, boolean waiting) {}
