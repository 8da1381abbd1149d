package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.BootOutcome;

/** The boot flow: environment, boot counter, {@code bootcmd} or {@code altbootcmd}, prompt. */
final class PowerOn {

  private final Session session;
  private final int countBefore;

  PowerOn(Session session, int countBefore) {
    this.session = session;
    this.countBefore = countBefore;
  }

  BootOutcome run() {
    EnvironmentStorage.load(session);
    count();
    String name = limitIsPassed() ? "altbootcmd" : "bootcmd";
    String command = session.environment(name);
    if (name.equals("altbootcmd")) {
      session.print("Warning: Bootlimit (" + session.environment("bootlimit") + ") exceeded. Using altbootcmd.\n");
    }
    if (command == null) {
      return new BootOutcome.Prompt(name + " is not defined");
    }
    int status = session.in("env:" + name, () -> session.shell.variable(command));
    return new BootOutcome.Prompt(name + " ended with status " + status + " and started nothing");
  }

  /** One more boot; a counter in the environment counts only while {@code upgrade_available} is set, and is saved. */
  private void count() {
    switch (session.board.bootCounter()) {
      case NONE -> { }
      case VOLATILE, PERSISTENT -> {
        session.bootCount = countBefore + 1;
        session.variables.environment.put("bootcount", Integer.toString(session.bootCount));
      }
      case ENVIRONMENT -> countInEnvironment();
    }
  }

  private void countInEnvironment() {
    if (number("upgrade_available") == 0) {
      return;
    }
    session.bootCount = (int) number("bootcount") + 1;
    session.variables.environment.put("bootcount", Integer.toString(session.bootCount));
    EnvironmentStorage.save(session);
  }

  private boolean limitIsPassed() {
    long limit = number("bootlimit");
    return session.board.bootCounter() != UbootBoard.BootCounter.NONE && limit != 0 && session.bootCount > limit;
  }

  private long number(String name) {
    String value = session.environment(name);
    return value == null ? 0 : Numbers.decimal(value);
  }
}
