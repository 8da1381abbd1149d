package dev.plugpull.conformance.cli;

import picocli.CommandLine.Option;

/** {@code --threads}: how many work at an exploration. */
final class Workers {
  @Option(names = "--threads", paramLabel = "N",
      description = "workers (default: as many as there are processors); the result does not depend on it")
  private Integer threads;

  /**
   * One or more.
   *
   * @throws CannotException if fewer were asked for
   */
  int count() {
    if (threads != null && threads < 1) {
      throw new CannotException("cannot explore: nobody would do any work; give --threads 1 or more");
    }
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
