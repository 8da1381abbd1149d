package dev.plugpull.sim.bootloader.uboot;

/**
 * Something a script's author should hear of.
 *
 * @param kind what sort of thing
 * @param where {@code file:line}
 * @param what one sentence
 * @param remedy what to do about it, empty if there is nothing to say
 */
public record UbootFinding(Kind kind, String where, String what, String remedy) {

  /** What sort of finding. */
  public enum Kind {
    SYNTAX,
    UNKNOWN_COMMAND,
    /** A variable that nothing sets. */
    NEVER_SET,
    /** A file that nothing provides. */
    NEVER_PROVIDED,
    /** The boot status is changed in memory but never saved. */
    NOT_SAVED,
    /** The environment on disk has a bad CRC. */
    BAD_ENVIRONMENT,
    /** A kernel, an image or a script that cannot be used. */
    NOT_BOOTABLE,
    /** A command that is understood but whose effect is not modelled. */
    NOT_MODELLED,
    /** Something the model had to assume. */
    ASSUMPTION
  }
}
