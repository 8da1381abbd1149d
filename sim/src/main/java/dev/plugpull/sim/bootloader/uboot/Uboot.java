package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;

/**
 * A board's U-Boot: what happens from power-on until a kernel starts, or until nothing more happens.
 *
 * <p>Immutable and safe for many threads; scripts it has parsed are kept, so one object per board is fast.
 */
public final class Uboot {

  private final UbootBoard board;
  private final CommandTable commands;
  private final ScriptCache cache = new ScriptCache();

  public Uboot(UbootBoard board) {
    this.board = board;
    this.commands = UbootCommands.of(board);
  }

  public UbootBoard board() {
    return board;
  }

  /** Runs one boot after a power cut: a boot counter in RAM is 0. */
  public UbootRun powerOn(BootMachine machine) {
    return boot(machine, 0);
  }

  /**
   * Runs one boot.
   *
   * @param bootCount what the counter of {@link UbootBoard.BootCounter#VOLATILE} or
   *     {@link UbootBoard.BootCounter#PERSISTENT} held before
   */
  public UbootRun boot(BootMachine machine, int bootCount) {
    Session session = new Session(machine, board, commands, cache);
    return end(session, () -> new PowerOn(session, bootCount).run());
  }

  /**
   * Runs a script as {@code source} would, with the default environment and without the boot flow around it: for tests
   * and for trying things. A script that ends is a prompt.
   *
   * @param name for {@code file:line}
   */
  public UbootRun source(BootMachine machine, String name, String script) {
    Session session = new Session(machine, board, commands, cache);
    return end(session, () -> {
      session.variables.environment.putAll(board.environment());
      int status = session.in(name, () -> session.shell.script(script));
      return new BootOutcome.Prompt("the script ended with status " + status);
    });
  }

  private UbootRun end(Session session, java.util.function.Supplier<BootOutcome> body) {
    BootOutcome outcome;
    try {
      outcome = body.get();
    } catch (BootEnd e) {
      outcome = e.outcome;
    }
    return new UbootRun(watched(outcome), session.findings(), session.console(), session.bootCount);
  }

  private BootOutcome watched(BootOutcome outcome) {
    return switch (outcome) {
      case BootOutcome.Prompt prompt when board.resetsAtPrompt() || board.watchdog() ->
          new BootOutcome.Reset(true, prompt.why() + "; the board does not stay at the prompt");
      case BootOutcome.Hang hang when board.watchdog() ->
          new BootOutcome.Reset(true, hang.why() + "; the watchdog resets the board");
      default -> outcome;
    };
  }
}
