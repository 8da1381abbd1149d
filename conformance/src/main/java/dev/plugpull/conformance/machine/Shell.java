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
    long end = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < end && machine.alive()) {
      login();
      if (ready()) {
        return true;
      }
      pause(machine.console().length());
    }
    return false;
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
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      long place = machine.console().length();
      boolean last = !machine.alive() || System.nanoTime() > end;
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
