package dev.plugpull.sim.bootloader.uboot;

/**
 * Which hush a build has, and what changed between releases.
 *
 * @param parser old or modern
 * @param exitEnds {@code exit} ends the script; in 2023.01 it only sets a status
 * @param keepsStatus {@code $?} is the status of the command; before, any failure was 1
 * @param emptyAssignmentUnsets {@code x=} unsets a shell variable; before, it did nothing
 */
public record HushRules(Parser parser, boolean exitEnds, boolean keepsStatus, boolean emptyAssignmentUnsets) {

  /** The two parsers that U-Boot has. */
  public enum Parser {
    OLD,
    MODERN
  }

  /** The old parser as most boards have it today. */
  public static final HushRules OLD = new HushRules(Parser.OLD, true, true, true);

  /** The old parser of U-Boot 2023.01. */
  public static final HushRules OLD_2023_01 = new HushRules(Parser.OLD, false, false, false);

  /** The modern parser. */
  public static final HushRules MODERN = new HushRules(Parser.MODERN, true, true, true);
}
