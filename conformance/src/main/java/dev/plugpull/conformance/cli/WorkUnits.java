package dev.plugpull.conformance.cli;

import picocli.CommandLine.Option;

/** {@code --work-units}: how much an exploration may do, the same on every machine. */
final class WorkUnits {
  @Option(names = "--work-units", paramLabel = "N",
      description = "durable states that each exploration may expand; 0 shows what goes wrong without any fault")
  private Long limit;

  /**
   * Zero or more; without the option, as many as there are.
   *
   * @throws CannotException if fewer were asked for
   */
  long limit() {
    if (limit != null && limit < 0) {
      throw new CannotException("cannot explore: nobody would do any work; give --work-units 0 or more");
    }
    return limit == null ? Long.MAX_VALUE : limit;
  }
}
