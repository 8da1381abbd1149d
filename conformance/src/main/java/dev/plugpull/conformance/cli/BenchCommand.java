package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.certify.ExplorationBench.Timed;
import dev.plugpull.conformance.certify.ExplorationBench;
import dev.plugpull.faultinjection.twin.SpinTwin;
import dev.plugpull.reports.face.ReportFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** {@code plugpull bench}: how fast explorations are, on one core. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = BenchProfilesCommand.class,
    description = "Measures explorations on one core. Exit code 1 if a goal is missed.")
final class BenchCommand implements Callable<Integer> {
  private static final List<String> GROWING =
      List.of("base refresh", "kernel refresh", "kernel and base in one change");
  private static final long GROWING_UNITS = 20_000;
  private static final List<Integer> TWIN_BLOCKS = List.of(1, 2, 3, 6, 8, 10);

  @Option(names = "--gadget", paramLabel = "DIR", defaultValue = "examples/gadgets/good/grub-managed-22",
      description = "gadget of the kernel refresh (${DEFAULT-VALUE})")
  private Path gadget;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures here")
  private Path json;

  @Option(names = "--runs", paramLabel = "N", defaultValue = "5",
      description = "warm runs of the kernel refresh, of which the best counts (${DEFAULT-VALUE})")
  private int runs;

  @Mixin private WorkUnits workUnits;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private PrintWriter out;

  /** A figure and what it must reach. */
  private record Goal(String name, double value, double bound, boolean atLeast) {
    boolean met() {
      return atLeast ? value >= bound : value < bound;
    }
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(gadget)) {
      throw new CannotException("cannot measure: no gadget folder " + gadget
          + "; run in the top folder of Plugpull, or name one with --gadget");
    }
    out = spec.commandLine().getOut();
    ExplorationBench bench = new ExplorationBench(gadget, workUnits.limit());
    Map<String, Object> result = new LinkedHashMap<>(machine());
    Timed cold = told("cold", bench.kernelRefresh());
    Timed best = cold;
    for (int i = 0; i < runs; i++) {
      Timed warm = told("warm", bench.kernelRefresh());
      best = warm.cpuSeconds() < best.cpuSeconds() ? warm : best;
    }
    double verdict = bench.secondsToFirstVerdict();
    List<Goal> goals = goals(cold, best, verdict);
    goals.forEach(goal -> result.put(goal.name(), Double.isFinite(goal.value()) ? goal.value() : null));
    result.put("durableStatesPerSecond", best.durableStatesPerSecond());
    result.put("bytesPerState", best.bytesPerState());
    result.put("kernelRefresh", entries(best));
    result.put("growth", growth());
    result.put("spin", spin());
    report(goals, best, result);
    return goals.stream().allMatch(Goal::met) ? ExitCode.PASS : ExitCode.FAIL;
  }

  private static List<Goal> goals(Timed cold, Timed best, double verdict) {
    double toFixpoint = cold.fixpoint() ? cold.seconds() : Double.POSITIVE_INFINITY;
    return List.of(
        new Goal("crashStatesPerSecondPerCore", best.crashStatesPerSecondPerCore(), 1_000_000, true),
        new Goal("bootsPerSecond", best.bootsPerSecond(), 3_000, true),
        new Goal("secondsToFixpoint", toFixpoint, 20, false),
        new Goal("certifyWarmSeconds", verdict, 2, false));
  }

  private Map<String, Object> machine() {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("gadget", gadget.toString());
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("loadAverage", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    machine.put("java", Runtime.version().toString());
    return machine;
  }

  private Timed told(String what, Timed run) {
    out.println(String.format(Locale.ROOT,
        "%s, %s: %d durable states, %d crash states (%d inferred), %d boots in %.1f s (processor %.1f s)%s",
        run.scenario(), what, run.durableStates(), run.crashStates(), run.inferred(), run.boots(), run.seconds(),
        run.cpuSeconds(), run.fixpoint() ? "" : ", no fixpoint"));
    out.flush();
    return run;
  }

  /** Longer and longer changes; the longest one is stopped early and says so. */
  private List<Map<String, Object>> growth() throws IOException {
    ExplorationBench bench = new ExplorationBench(gadget, Math.min(workUnits.limit(), GROWING_UNITS));
    List<Map<String, Object>> growth = new ArrayList<>();
    for (String scenario : GROWING) {
      growth.add(entries(told("growth", bench.explore(scenario))));
    }
    return growth;
  }

  private static Map<String, Object> entries(Timed run) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("scenario", run.scenario());
    entries.put("durabilityPoints", run.durabilityPoints());
    entries.put("durableStates", run.durableStates());
    entries.put("crashStates", run.crashStates());
    entries.put("inferred", run.inferred());
    entries.put("boots", run.boots());
    entries.put("fixpoint", run.fixpoint());
    entries.put("seconds", run.seconds());
    entries.put("processorSeconds", run.cpuSeconds());
    return entries;
  }

  private Map<String, Object> spin() throws IOException {
    Map<String, Object> result = new LinkedHashMap<>();
    String whyNot = SpinTwin.whyNot();
    if (!whyNot.isEmpty()) {
      out.println("SPIN skipped: " + whyNot);
      result.put("skipped", whyNot);
      return result;
    }
    List<Map<String, Object>> twins = new ArrayList<>();
    for (int blocks : TWIN_BLOCKS) {
      Path folder = Files.createTempDirectory("plugpull-spin");
      try {
        twins.add(twin(SpinTwin.compare(blocks, folder, System::nanoTime)));
      } finally {
        delete(folder);
      }
    }
    result.put("twins", twins);
    return result;
  }

  private Map<String, Object> twin(SpinTwin.Comparison both) {
    out.println(String.format(Locale.ROOT,
        "try and commit, %d blocks: SPIN %d states, %.0f a second; explorer %d states, %.0f a second%s",
        both.blocks(), both.spinStates(), both.spinStatesPerSecond(), both.explorerStates(),
        both.explorerStatesPerSecond(), both.spinStates() == both.explorerStates() ? "" : ": COUNTS DIFFER"));
    out.flush();
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("blocks", both.blocks());
    entries.put("spinStates", both.spinStates());
    entries.put("explorerStates", both.explorerStates());
    entries.put("spinStatesPerSecond", both.spinStatesPerSecond());
    entries.put("explorerStatesPerSecond", both.explorerStatesPerSecond());
    entries.put("explorerCrashStates", both.crashStates());
    return entries;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private void report(List<Goal> goals, Timed best, Map<String, Object> result) throws IOException {
    for (Goal goal : goals) {
      out.println(String.format(Locale.ROOT, "%-28s %14.2f  %s %.0f: %s", goal.name(), goal.value(),
          goal.atLeast() ? "at least" : "under", goal.bound(), goal.met() ? "met" : "MISSED"));
    }
    out.println(String.format(Locale.ROOT, "%-28s %14.2f", "durableStatesPerSecond", best.durableStatesPerSecond()));
    out.println(String.format(Locale.ROOT, "%-28s %14.0f", "bytesPerState", best.bytesPerState()));
    out.flush();
    if (json != null) {
      String text = JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(result);
      ReportFile.write(json, text + "\n");
    }
  }
}
