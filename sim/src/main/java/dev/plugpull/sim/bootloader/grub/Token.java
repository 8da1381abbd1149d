package dev.plugpull.sim.bootloader.grub;

/**
 * A token of the script language.
 *
 * @param word the word, for {@code WORD}, {@code NAME} and reserved words (which may be plain arguments)
 * @param line line of the file
 */
record Token(Kind kind, Word word, int line) {

  enum Kind {
    END,
    NEWLINE,
    SEMICOLON,
    OPEN,
    CLOSE,
    WORD,
    NAME,
    CASE,
    DO,
    DONE,
    ELIF,
    ELSE,
    ESAC,
    FI,
    FOR,
    IF,
    IN,
    SELECT,
    THEN,
    UNTIL,
    WHILE,
    FUNCTION,
    /** A token that no rule of the grammar takes: {@code && || | & < > ;; [[ ]]}, or a bad character. */
    BAD
  }

  /** True for what may stand as an argument: words and reserved words. */
  boolean isArgument() {
    return switch (kind) {
      case WORD, NAME, CASE, DO, DONE, ELIF, ELSE, ESAC, FI, FOR, IF, IN, SELECT, THEN, UNTIL, WHILE, FUNCTION -> true;
      case END, NEWLINE, SEMICOLON, OPEN, CLOSE, BAD -> false;
    };
  }
}
