package dev.plugpull.conformance.realboot;

import dev.plugpull.conformance.machine.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of QEMU for a boot loader: its console, what was written to the debugging port, and how it ended. */
final class Emulator {
  /** Of processor time: a loader that talks for ever stands still in its own way. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Of the clock: after that, this machine is too busy to say anything about the loader. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final RunFolder run;
  private final Pace pace;

  Emulator(RunFolder run, Pace pace) {
    this.run = run;
    this.pace = pace;
  }

  /** How the machine's time goes. */
  enum Pace {
    /** As on a clock. */
    CLOCK(List.of(), Duration.ofSeconds(10)),
    /**
     * With the instructions: the pauses of a menu cost little. Not for a loader that gives up on a disk soon: a slow
     * answer of this machine looks like seconds.
     */
    INSTRUCTIONS(List.of("-icount", "shift=7,sleep=off"), Duration.ofSeconds(2));

    private final List<String> options;
    /** A machine that says nothing for so much processor time is taken to stand still. */
    private final Duration quiet;

    Pace(List<String> options, Duration quiet) {
      this.options = options;
      this.quiet = quiet;
    }
  }

  /**
   * What came of it.
   *
   * @param console bytes as characters, without the control sequences of a terminal
   * @param port what was written to the debugging port
   * @param end {@code STARTED} if the machine was ended by a program in place of a kernel
   */
  record Ended(String console, byte[] port, RealBoot.End end) {}

  /** Runs a machine whose program name, processor and disks are given. */
  Ended run(List<String> machine) throws IOException {
    return run(machine, "");
  }

  /** The same; a machine that says {@code stands} is known to stand still. */
  Ended run(List<String> machine, String stands) throws IOException {
    Path console = run.fresh("console");
    Path port = run.fresh("port");
    Path events = run.fresh("events");
    List<String> command = new ArrayList<>(machine);
    command.addAll(pace.options);
    command.addAll(List.of("-accel", "tcg", "-nodefaults", "-nic", "none", "-display",
        "none", "-vga", "none", "-no-reboot", "-serial", "file:" + console, "-qmp", "stdio"));
    Process qemu = new ProcessBuilder(command.stream().map(word -> word.replace("@PORT@", port.toString())).toList())
        .redirectErrorStream(true).redirectOutput(events.toFile()).start();
    run.started(qemu);
    try {
      qemu.getOutputStream().write("{\"execute\":\"qmp_capabilities\"}\n".getBytes(StandardCharsets.US_ASCII));
      qemu.getOutputStream().flush();
      await(qemu, console, stands);
      return ended(console, port, Files.readString(events, StandardCharsets.ISO_8859_1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("cannot wait for QEMU: interrupted", e);
    } finally {
      qemu.destroyForcibly();
      qemu.onExit().join();
      run.ended(qemu);
      for (Path file : List.of(console, port, events)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Waits until the machine has ended or says nothing any more. */
  private void await(Process qemu, Path console, String stands) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long size = -1;
    Duration since = Duration.ZERO;
    while (!qemu.waitFor(10, TimeUnit.MILLISECONDS)) {
      Duration used = qemu.info().totalCpuDuration().orElse(Duration.ZERO);
      if (System.nanoTime() > deadline) {
        throw new IOException("cannot wait for the boot loader: no end after " + PATIENCE.toMinutes() + " minutes");
      }
      if (used.compareTo(LONGEST) > 0) {
        return;
      }
      long now = Files.exists(console) ? Files.size(console) : 0;
      if (now != size) {
        if (!stands.isEmpty() && now > 0 && Files.readString(console, StandardCharsets.ISO_8859_1).contains(stands)) {
          return;
        }
        size = now;
        since = used;
      } else if (used.minus(since).compareTo(pace.quiet) > 0) {
        return;
      }
    }
  }

  private static Ended ended(Path console, Path port, String events) throws IOException {
    if (!Files.exists(console)) {
      throw new IOException("cannot start QEMU: " + events.lines().filter(l -> !l.startsWith("{")).findFirst()
          .orElse("it says nothing"));
    }
    byte[] told = Files.exists(port) ? Files.readAllBytes(port) : new byte[0];
    RealBoot.End end = events.contains("guest-reset") ? RealBoot.End.RESET
        : events.contains("guest-shutdown") ? RealBoot.End.POWER_OFF
        : told.length > 0 ? RealBoot.End.STARTED : RealBoot.End.STANDS;
    String text = Files.readString(console, StandardCharsets.ISO_8859_1);
    return new Ended(text.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]|\r|\0", ""), told, end);
  }
}
