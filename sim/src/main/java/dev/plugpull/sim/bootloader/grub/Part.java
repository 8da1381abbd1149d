package dev.plugpull.sim.bootloader.grub;

/** A piece of a word; a word is expanded piece by piece. */
sealed interface Part {

  /** Unquoted text; {@code raw} still has its backslashes, which also keep {@code *} and {@code ?} from matching. */
  record Text(String raw) implements Part {}

  /** Text in single or double quotes, escapes taken out. */
  record Quoted(String text) implements Part {}

  /** An unquoted variable: its value is split at blanks, and nothing is left of an empty one. */
  record Variable(String name) implements Part {}

  /** A variable inside double quotes. */
  record QuotedVariable(String name) implements Part {}

  /** {@code $"..."}: translated where a catalogue is loaded, else expanded by rules of its own. */
  record Translated(String text) implements Part {}

  /** A block in braces, handed to a command such as {@code menuentry}. */
  record Block(BlockSource source) implements Part {}
}
