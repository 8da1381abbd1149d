package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.certify.Listener;
import dev.plugpull.reports.Scenario;
import java.io.PrintWriter;
import java.util.Locale;

/** Progress for anything over two seconds, on a terminal only; nothing otherwise. */
final class TerminalProgress implements Listener {
  private static final long FIRST_MILLISECONDS = 2000;
  private static final long EVERY_MILLISECONDS = 250;

  private final PrintWriter terminal;
  private final boolean shown = System.console() != null && System.console().isTerminal();
  private final long start = System.currentTimeMillis();
  private long last;
  private long finished;
  private boolean dirty;
  private volatile boolean stopped;

  TerminalProgress(PrintWriter terminal) {
    this.terminal = terminal;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public boolean goOn(String scenario, long durableStates, long crashStates, long waiting) {
    long now = System.currentTimeMillis();
    if (shown && now - start > FIRST_MILLISECONDS && now - last > EVERY_MILLISECONDS) {
      last = now;
      dirty = true;
      terminal.printf(Locale.ROOT, "\r\033[K%s: %,d durable states, %,d crash states, %,d waiting, %,d crash states/s",
          scenario, durableStates, crashStates, waiting, (finished + crashStates) * 1000 / Math.max(1, now - start));
      terminal.flush();
    }
    return !stopped;
  }

  @Override
  public boolean booting(int booted, int wanted) {
    if (shown) {
      dirty = true;
      terminal.printf(Locale.ROOT, "\r\033[Kreal boot loader: %,d of %,d states", booted, wanted);
      terminal.flush();
    }
    return !stopped;
  }

  @Override
  public void done(Scenario scenario) {
    finished += scenario.exploration().crashStates();
  }

  @Override
  public void brokenWithoutFault(String scenario, String property, String why) {
    if (shown) {
      terminal.println("at once: " + scenario + " violates " + property + " without any fault: " + why);
      terminal.flush();
    }
  }

  void clear() {
    if (dirty) {
      terminal.print("\r\033[K");
      terminal.flush();
    }
  }
}
