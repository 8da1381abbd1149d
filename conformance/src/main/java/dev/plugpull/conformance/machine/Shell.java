package dev.plugpull.conformance.machine;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shell on a machine's console, spoken to as a person would. For one thread. */
public final class Shell {
  private final Machine machine;
  private final Target.Shell words;
  private int commands;
  private int answered;
  private boolean stoodStill;

  public Shell(Machine machine, Target.Shell words) {
    this.machine = machine;
    this.words = words;
  }

  /**
   * What a command did.
   *
   * @param code its exit code; -1 if the machine ended or the time was over
   * @param output what it printed, with line feeds only
   */
  public record Result(int code, String output) {}

  /** Answers the login prompts that are there; true if the shell waits for a command. */
  boolean ready() throws IOException {
    String text = machine.console().text();
    int from = 0;
    for (Target.Answer answer : words.login()) {
      int at = text.indexOf(answer.expect(), from);
      if (at < 0) {
        return false;
      }
      from = at + answer.expect().length();
    }
    return text.indexOf(words.prompt(), from) >= 0;
  }

  /** Waits for the prompt. Returns false if it does not come. */
  public boolean await(Duration atMost) throws IOException {
    Patience patience = new Patience(atMost);
    while (!patience.over() && machine.alive()) {
      login();
      if (ready()) {
        return true;
      }
      pause(machine.console().length());
    }
    return false;
  }

  /** Waits until the machine is off. Returns false if it stays on. */
  public boolean awaitOff(Duration atMost) throws IOException {
    Patience patience = new Patience(atMost);
    while (machine.alive() && !patience.over()) {
      pause(machine.console().length());
    }
    return !machine.alive();
  }

  /** True if the machine stood still until the time of the last wait was over, see {@link Stillness}. */
  public boolean stoodStill() {
    return stoodStill;
  }

  /** The time that a wait has. */
  private final class Patience {
    private final long from = System.nanoTime();
    private final Duration atMost;
    private final Stillness stillness;

    private Patience(Duration atMost) {
      this.atMost = atMost;
      this.stillness = new Stillness(atMost);
      stoodStill = false;
    }

    private boolean over() {
      Duration passed = Duration.ofNanos(System.nanoTime() - from);
      stillness.see(passed, machine::processorTime);
      boolean over = passed.compareTo(atMost) > 0;
      if (over) {
        stoodStill = machine.alive() && stillness.stoodStill(passed, machine.processorTime());
      }
      return over;
    }
  }

  /** Types the next answer of the login when its question has appeared. */
  void login() throws IOException {
    String text = machine.console().text();
    int from = 0;
    for (int i = 0; i < words.login().size(); i++) {
      Target.Answer answer = words.login().get(i);
      int at = text.indexOf(answer.expect(), from);
      if (at < 0) {
        return;
      }
      from = at + answer.expect().length();
      if (i == answered) {
        machine.console().type(answer.send() + "\n");
        answered++;
      }
    }
  }

  private void pause(long place) throws IOException {
    try {
      machine.console().await(place, 100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("cannot go on: interrupted", e);
    }
  }

  /** Types without waiting for an answer. */
  public void type(String command) throws IOException {
    machine.console().type(command.strip() + "\n");
  }

  /** Runs commands and waits for their end. */
  public Result run(String command, Duration atMost) throws IOException {
    String tag = "PLUGPULL-DONE-" + ++commands + "-" + machine.console().length() + "-";
    long from = machine.console().length();
    // The quotes keep an echo of the typed line from looking like the answer.
    machine.console().type(command.strip() + "\n" + "echo " + tag.replace("-DONE", "''-DONE") + "$?\n");
    Pattern done = Pattern.compile(Pattern.quote(tag) + "(\\d+)");
    Patience patience = new Patience(atMost);
    while (true) {
      long place = machine.console().length();
      boolean last = !machine.alive() || patience.over();
      String text = machine.console().since(from);
      Matcher matcher = done.matcher(text);
      if (matcher.find()) {
        return new Result(Integer.parseInt(matcher.group(1)), clean(text.substring(0, matcher.start()), command));
      }
      if (last) {
        return new Result(-1, clean(text, command));
      }
      pause(place);
    }
  }

  /** Without the prompts and the echo of what was typed. */
  private String clean(String text, String command) {
    List<String> typed = command.strip().lines().map(String::strip).toList();
    return text.replace("\r", "").replace(words.prompt(), "").lines()
        .filter(l -> !l.contains("PLUGPULL''-DONE") && !typed.contains(l.strip()))
        .reduce("", (a, b) -> a + b + "\n").strip();
  }
}
