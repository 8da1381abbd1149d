package dev.plugpull.faultinjection.crashfs;

import java.nio.file.Path;

/** What has to hold after every power cut. Throws whatever it likes when it does not. */
@FunctionalInterface
public interface RecoveryCheck {

  /**
   * Called for each crash state. May write: what it writes is cut short too.
   *
   * @param root the root directory of the file system as the power cut left it
   */
  void check(Path root) throws Exception;

  /** A check that is told what was promised before the power went. */
  @FunctionalInterface
  interface Promised {

    /**
     * Called for each crash state.
     *
     * @param promised the last value promised before the cut; empty if there was none
     */
    void check(Path root, String promised) throws Exception;
  }
}
