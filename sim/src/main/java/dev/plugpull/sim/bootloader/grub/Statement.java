package dev.plugpull.sim.bootloader.grub;

import java.util.List;

/** A parsed command. */
sealed interface Statement {

  /** A command with its words; the block, if any, is also the last word's part. */
  record Simple(List<Word> words, BlockSource block, int line) implements Statement {}

  /** {@code otherwise} is null without an else branch. */
  record If(Sequence condition, Sequence then, Statement otherwise) implements Statement {}

  record For(String name, List<Word> words, Sequence body, int line) implements Statement {}

  /** {@code while}, or {@code until} if {@code negated}. */
  record Loop(Sequence condition, Sequence body, boolean negated, int line) implements Statement {}

  record Sequence(List<Statement> statements) implements Statement {}
}
