package dev.plugpull.faultinjection.twin;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explores the try-and-commit protocol twice: with SPIN from its Promela twin, and with the ordinary explorer. */
public final class SpinTwin {
  private static final Pattern STORED = Pattern.compile("(?m)^\\s*([0-9]+) states, stored");
  private static final Pattern SECONDS = Pattern.compile("pan: elapsed time ([0-9.e+-]+) seconds");
  private static final String MODEL = "try-commit.pml";

  private SpinTwin() {}

  /**
   * Both searches side by side.
   *
   * @param blocks size of the update
   * @param spinStates durable states that SPIN stored
   * @param explorerStates durable states that the explorer found
   * @param spinSeconds run time of SPIN's verifier as it says itself, without its compilation
   * @param explorerSeconds run time of the explorer
   * @param crashStates crash states that the explorer looked at
   */
  public record Comparison(
      int blocks, long spinStates, long explorerStates, double spinSeconds, double explorerSeconds, long crashStates) {
    public double spinStatesPerSecond() {
      return spinStates / Math.max(spinSeconds, 0.001);
    }

    public double explorerStatesPerSecond() {
      return explorerStates / Math.max(explorerSeconds, 0.001);
    }
  }

  /** Why SPIN cannot be run here; empty if it can. */
  public static String whyNot() {
    for (String program : List.of("spin", "gcc")) {
      try {
        run(Path.of("."), List.of(program, program.equals("spin") ? "-V" : "--version"));
      } catch (IOException e) {
        return "cannot run " + program + ": " + e.getMessage() + "; install the Debian packages spin and gcc";
      }
    }
    return "";
  }

  /**
   * Runs both.
   *
   * @param folder for SPIN's files; must exist
   * @param nanoseconds a clock, which this module has none of
   * @throws IOException if SPIN or gcc fails, with what it said
   */
  public static Comparison compare(int blocks, Path folder, LongSupplier nanoseconds) throws IOException {
    String said = spin(blocks, folder);
    long spinStates = Long.parseLong(find(STORED, said));
    double spinSeconds = Double.parseDouble(find(SECONDS, said));
    long begin = nanoseconds.getAsLong();
    Exploration<TryCommitDevice.State> found = explore(blocks);
    double seconds = (nanoseconds.getAsLong() - begin) / 1e9;
    return new Comparison(blocks, spinStates, found.counts().durableStates(), spinSeconds, seconds,
        found.counts().crashStates());
  }

  static Exploration<TryCommitDevice.State> explore(int blocks) {
    return new Explorer<>(new TryCommitDevice(blocks, true), settlement -> List.of(), ExplorationBounds.DEFAULT)
        .explore();
  }

  private static String spin(int blocks, Path folder) throws IOException {
    try (InputStream model = SpinTwin.class.getResourceAsStream(MODEL)) {
      Files.write(folder.resolve(MODEL), model.readAllBytes());
    }
    run(folder, List.of("spin", "-DBLOCKS=" + blocks, "-a", MODEL));
    run(folder, List.of("gcc", "-O2", "-DSAFETY", "-o", "pan", "pan.c"));
    return run(folder, List.of(folder.resolve("pan").toString(), "-m1000000", "-w24"));
  }

  private static String find(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("cannot read what SPIN said: no " + pattern + " in: " + text);
    }
    return matcher.group(1);
  }

  private static String run(Path folder, List<String> command) throws IOException {
    Process process = new ProcessBuilder(new ArrayList<>(command))
        .directory(folder.toFile()).redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(
            new java.io.File("/dev/null"))).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException("cannot run " + command + ": " + said);
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("cannot run " + command + ": interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
