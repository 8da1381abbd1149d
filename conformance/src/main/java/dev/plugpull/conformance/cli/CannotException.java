package dev.plugpull.conformance.cli;

/** Something that the command was asked for and cannot do: a sentence {@code cannot WHAT: WHY; REMEDY}, exit code 2. */
final class CannotException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotException(String message) {
    super(message);
  }
}
