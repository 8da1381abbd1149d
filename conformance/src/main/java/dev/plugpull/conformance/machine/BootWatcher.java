package dev.plugpull.conformance.machine;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Watches console and monitor of one machine until its boot is decided. */
public final class BootWatcher {
  private final Target target;
  private final Duration atMost;

  /** A watcher that is as patient as the target's boot time and the load of this machine ask for. */
  public BootWatcher(Target target) {
    this.target = target;
    this.atMost = Duration.ofSeconds(Target.patient(target.bootSeconds()));
  }

  /** Waits for the end of the boot. A reset comes back as a {@link BootEnd.Loop} of one restart. */
  public BootEnd watch(Machine machine) throws IOException {
    BootEnd[] end = {null};
    Shell shell = new Shell(machine, target.shell());
    Stillness stillness = new Stillness(atMost);
    long from = System.nanoTime();
    try {
      Awaitility.await().atMost(atMost).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> {
        stillness.see(since(from), machine::processorTime);
        end[0] = look(machine, shell);
        return end[0] != null;
      });
    } catch (ConditionTimeoutException e) {
      int seconds = (int) atMost.toSeconds();
      return stillness.stoodStill(since(from), machine.processorTime())
          ? new BootEnd.Stall(seconds, lastLine(machine.console().text())) : new BootEnd.Hang(seconds);
    }
    return end[0];
  }

  private static Duration since(long from) {
    return Duration.ofNanos(System.nanoTime() - from);
  }

  private static String lastLine(String text) {
    String printable = text.replaceAll("\\x1b\\[[0-9;?]*[A-Za-z]|[^\\n\\x20-\\x7e]", "");
    return printable.lines().map(String::strip).filter(l -> !l.isEmpty()).reduce("", (_, last) -> last);
  }

  private BootEnd look(Machine machine, Shell shell) throws IOException {
    boolean gone = !machine.alive();
    String text = machine.console().text();
    if (target.health().line() != null) {
      Matcher healthy = target.health().line().matcher(wholeLines(text));
      if (healthy.find()) {
        return new BootEnd.Healthy(Health.of(healthy.group(healthy.groupCount())));
      }
    } else {
      shell.login();
      if (shell.ready()) {
        return ask(machine, shell);
      }
    }
    for (Target.DeadEnd dead : target.deadEnds()) {
      Matcher seen = dead.pattern().matcher(text);
      if (seen.find()) {
        return new BootEnd.Dead(dead.meaning(), lastError(text, seen));
      }
    }
    return gone ? gone(machine) : null;
  }

  /** A line that is still being printed says nothing yet. */
  private static String wholeLines(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  /** The match, or for a bare prompt the line that says why it is there. */
  private static String lastError(String text, Matcher seen) {
    String line = seen.group().strip();
    if (!line.endsWith(">")) {
      return line;
    }
    return text.substring(0, seen.start()).lines().map(String::strip).filter(l -> l.contains("error")).findFirst()
        .orElse(line).replaceAll("\\x1b\\[[0-9;]*[A-Za-z]", "");
  }

  private static BootEnd gone(Machine machine) throws IOException {
    for (Qmp.Event event : machine.events()) {
      if (event.name().equals("SHUTDOWN")) {
        return event.reason().equals("guest-reset") ? new BootEnd.Loop(1) : new BootEnd.PoweredOff();
      }
    }
    if (machine.killed()) {
      return new BootEnd.Cut();
    }
    String said = machine.complaints();
    throw new IOException("cannot go on with a machine: QEMU ended by itself" + (said.isEmpty() ? "" : ": " + said));
  }

  private BootEnd ask(Machine machine, Shell shell) throws IOException {
    Duration patience = Duration.ofSeconds(Target.patient(target.bootSeconds()));
    Shell.Result healthy = shell.run(target.health().healthyCommand(), patience);
    if (healthy.code() < 0) {
      return machine.alive() ? null : gone(machine);
    }
    if (healthy.code() != 0) {
      return new BootEnd.Unhealthy("'" + target.health().healthyCommand() + "' ended with " + healthy.code() + " "
          + healthy.output().strip());
    }
    return new BootEnd.Healthy(Health.of(shell.run(target.health().versionCommand(), patience).output()));
  }
}
