package dev.plugpull.sim.bootloader.grub;

import java.util.List;

/** One word of a command as written, and its value where that needs no expansion. */
final class Word {

  final List<Part> parts;

  /** The value if it is the same in every run, else null. */
  final String constant;

  final int line;

  Word(List<Part> parts, int line) {
    this.parts = List.copyOf(parts);
    this.line = line;
    this.constant = constantOf(parts);
  }

  static Word plain(String text, int line) {
    return new Word(List.of(new Part.Text(text)), line);
  }

  private static String constantOf(List<Part> parts) {
    StringBuilder value = new StringBuilder();
    boolean something = false;
    boolean magic = false;
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> {
          something |= !text.raw().isEmpty();
          magic |= Patterns.isMagic(text.raw());
          value.append(Patterns.unescape(text.raw()));
        }
        case Part.Quoted quoted -> {
          something = true;
          value.append(quoted.text());
        }
        case Part.Variable _, Part.QuotedVariable _, Part.Translated _, Part.Block _ -> {
          return null;
        }
      }
    }
    boolean mayMatchFiles = magic && !value.isEmpty() && "/(*".indexOf(value.charAt(0)) >= 0;
    return something && !mayMatchFiles ? value.toString() : null;
  }

  /** The command's name as the lint sees it: the constant, else the leading text. */
  String leadingText() {
    if (constant != null) {
      return constant;
    }
    StringBuilder value = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        value.append(Patterns.unescape(text.raw()));
      } else if (part instanceof Part.Quoted quoted) {
        value.append(quoted.text());
      } else {
        break;
      }
    }
    return value.toString();
  }
}
