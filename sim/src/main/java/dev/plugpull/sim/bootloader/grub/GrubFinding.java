package dev.plugpull.sim.bootloader.grub;

/**
 * Something about a script that its author should know.
 *
 * @param kind what kind of thing
 * @param where {@code file:line}
 * @param what the fact, lower case
 * @param remedy what to do about it
 */
public record GrubFinding(Kind kind, String where, String what, String remedy) {

  /** Kinds of findings. */
  public enum Kind {
    SYNTAX_ERROR,
    UNKNOWN_COMMAND,
    /** A variable is read that nothing sets and no environment block provides. */
    NEVER_SET,
    /** A file is named that nobody provides. */
    NEVER_PROVIDED
  }
}
