package dev.plugpull.sim.bootloader.grub;

/** Ends the parsing of one statement; never leaves the parser. */
final class SyntaxFault extends Exception {

  private static final long serialVersionUID = 1L;

  final int line;

  SyntaxFault(int line, String why) {
    super(why, null, false, false);
    this.line = line;
  }
}
