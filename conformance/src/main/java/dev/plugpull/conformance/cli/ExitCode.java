package dev.plugpull.conformance.cli;

/** Exit codes of the command. */
final class ExitCode {
  static final int PASS = 0;
  static final int FAIL = 1;
  /** Wrong usage, or input that cannot be read. */
  static final int UNUSABLE = 2;
  static final int UNKNOWN = 3;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
