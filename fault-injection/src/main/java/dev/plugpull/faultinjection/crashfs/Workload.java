package dev.plugpull.faultinjection.crashfs;

import java.nio.file.Path;

/** What is done while the power may go. */
@FunctionalInterface
public interface Workload {

  /**
   * Runs once.
   *
   * @param root the root directory of an empty file system, or of what {@link CrashTest#given} made
   */
  void run(Path root) throws Exception;

  /** A workload that says what it has promised. */
  @FunctionalInterface
  interface Promising {

    /**
     * Runs once.
     *
     * @param promises where to note that something was reported as done
     */
    void run(Path root, Promises promises) throws Exception;
  }

  /** Takes note of what was reported as done: no later power cut may undo it. */
  @FunctionalInterface
  interface Promises {

    /** From now on the recovery check is told {@code value}, until the next promise. */
    void promise(String value);
  }
}
