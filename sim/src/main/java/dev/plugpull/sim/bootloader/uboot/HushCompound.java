package dev.plugpull.sim.bootloader.uboot;

import java.util.List;

/** A compound command of the old hush parser. */
sealed interface HushCompound {

  /** Which reserved word a part of an {@code if} begins with. */
  enum Part {
    IF,
    THEN,
    ELIF,
    ELSE,
    /** Behind a reserved word that stood where it cannot: runs whatever the condition was. */
    BROKEN
  }

  /** One part of an {@code if}; the steps include empty ones, because an empty step still counts in one place. */
  record Section(Part part, List<HushStep> steps) {}

  record If(List<Section> sections) implements HushCompound {}

  /**
   * {@code while} and {@code until}.
   *
   * @param broken what stands behind a misplaced reserved word: runs in every pass, and once more at the end
   */
  record While(boolean until, List<HushStep> condition, List<HushStep> body, List<HushStep> broken)
      implements HushCompound {}

  /** {@code for name in words; do body done}; {@code broken} as in {@link While}. */
  record For(HushWord name, List<HushWord> values, List<HushStep> body, List<HushStep> broken)
      implements HushCompound {}

  /** A {@code for} whose head is malformed: found out when it runs, not when it is read. */
  record Malformed(String why) implements HushCompound {}
}
