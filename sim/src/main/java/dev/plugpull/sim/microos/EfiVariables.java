package dev.plugpull.sim.microos;

import java.util.function.IntUnaryOperator;

/**
 * What the firmware keeps of the boot loader's variables. A write leaves the old or the new value.
 *
 * @param preferred LoaderEntryDefault: the snapshot whose entry it names, without tries; written by sdbootutil (E4) and
 *     cleared by health-checker; 0 if there is none. Canonicalisation: <em>rename</em>
 * @param once LoaderEntryOneShot: likewise; written by health-checker, cleared by the boot loader when it has read it
 */
record EfiVariables(int preferred, int once) {
  static final EfiVariables NONE = new EfiVariables(0, 0);

  EfiVariables preferring(int snapshot) {
    return new EfiVariables(snapshot, once);
  }

  EfiVariables once(int snapshot) {
    return new EfiVariables(preferred, snapshot);
  }

  /** The same under another numbering of snapshots. */
  EfiVariables renamed(IntUnaryOperator numbers) {
    return new EfiVariables(
        preferred == 0 ? 0 : numbers.applyAsInt(preferred), once == 0 ? 0 : numbers.applyAsInt(once));
  }
}
