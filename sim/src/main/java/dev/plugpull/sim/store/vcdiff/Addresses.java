package dev.plugpull.sim.store.vcdiff;

import dev.plugpull.sim.store.trust.TrustException;

/** The addresses that were used last in a window; new ones are told by them (RFC 3284, 5.3). */
final class Addresses {

  private static final int NEAR = 4;
  private static final int SAME = 3;
  private static final int SLOTS = 256;
  private static final int FIRST_NEAR = 2;

  private final int[] near = new int[NEAR];
  private final int[] same = new int[SAME * SLOTS];
  private int next;

  /** The address of a copy that begins when {@code here} bytes lie before it; it is below {@code here}. */
  int read(Section section, int mode, int here) throws TrustException {
    long address;
    if (mode == 0) {
      address = section.number();
    } else if (mode == 1) {
      address = (long) here - section.number();
    } else if (mode < FIRST_NEAR + NEAR) {
      address = (long) near[mode - FIRST_NEAR] + section.number();
    } else {
      address = same[(mode - FIRST_NEAR - NEAR) * SLOTS + section.next()];
    }
    if (address < 0 || address >= here) {
      throw Section.defect("a copy from " + address + ", where nothing is yet");
    }
    near[next] = (int) address;
    next = (next + 1) % NEAR;
    same[(int) address % same.length] = (int) address;
    return (int) address;
  }
}
