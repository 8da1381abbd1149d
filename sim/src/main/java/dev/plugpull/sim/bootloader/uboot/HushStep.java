package dev.plugpull.sim.bootloader.uboot;

import java.util.List;

/**
 * One command in a list of the old hush parser, with what follows it.
 *
 * @param words words of a simple command; empty for a compound or an empty command
 * @param compound the compound command, or null
 * @param follow what stands between this command and the next
 * @param line line number in its source, from 1
 */
record HushStep(List<HushWord> words, HushCompound compound, Follow follow, int line) {

  /** The separator behind a command. */
  enum Follow {
    SEQUENCE,
    AND,
    OR
  }

  boolean isEmpty() {
    return words.isEmpty() && compound == null;
  }
}
