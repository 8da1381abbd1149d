package dev.plugpull.sim.bootloader.grub;

import java.util.List;

/** A built-in command. */
interface GrubCommand {

  /**
   * Runs it.
   *
   * @param block the block behind the arguments, null if none; its text is then the last argument
   * @return the status; an error message is left pending in the interpreter
   */
  int run(Interpreter in, List<String> arguments, BlockSource block);
}
