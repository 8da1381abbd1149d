package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.certify.FixpointBench.Fixpoint;
import dev.plugpull.conformance.certify.FixpointBench;
import dev.plugpull.reports.face.ReportFile;
import dev.plugpull.scenarios.family.UnreadableProfileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** {@code plugpull bench profiles}: one update of each described device, to the fixpoint. */
@Command(
    name = "profiles",
    mixinStandardHelpOptions = true,
    description = "Explores one update of each device with unlimited cuts, and writes a table. Exit code 1 if one is no"
        + " fixpoint, takes 60 s or longer, or 2 GiB of heap or more.")
final class BenchProfilesCommand implements Callable<Integer> {
  private static final double MOST_SECONDS = 60;
  private static final long MOST_HEAP_BYTES = 2L << 30;
  private static final double MIB = 1 << 20;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "profiles of devices, see examples/profiles")
  private List<Path> profiles = new ArrayList<>();

  @Option(names = "--scenario", paramLabel = "NAME", defaultValue = "",
      description = "explore this one instead of the first that each family lists")
  private String scenario;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures here")
  private Path json;

  @Mixin private Workers workers;

  @Mixin private WorkUnits workUnits;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    FixpointBench bench = new FixpointBench(workers.count(), workUnits.limit());
    out.println("| profile | scenario | durability points | durable states | crash states | boots | bounded windows"
        + " | s | processor s | peak heap MiB | what it finds |");
    out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    List<Fixpoint> done = new ArrayList<>();
    for (Path profile : profiles) {
      try {
        done.add(bench.explore(profile, scenario));
      } catch (UnreadableProfileException e) {
        throw new CannotException(e.getMessage());
      }
      out.println(row(done.getLast()));
      out.flush();
    }
    if (json != null) {
      ReportFile.write(json,
          JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(done) + "\n");
    }
    return done.stream().allMatch(BenchProfilesCommand::meetsGoals) ? ExitCode.PASS : ExitCode.FAIL;
  }

  static boolean meetsGoals(Fixpoint it) {
    return it.fixpoint() && it.seconds() < MOST_SECONDS && it.peakHeapBytes() < MOST_HEAP_BYTES;
  }

  private static String row(Fixpoint it) {
    String found = it.findings().isEmpty() ? "nothing" : it.findings().entrySet().stream()
        .collect(Collectors.groupingBy(e -> e.getValue(), TreeMap::new,
            Collectors.mapping(e -> e.getKey(), Collectors.joining(", "))))
        .entrySet().stream().map(e -> e.getValue() + " with " + faults(e.getKey())).collect(Collectors.joining("; "));
    return String.format(Locale.ROOT, "| %s | %s | %d | %,d | %,d | %,d | %s | %.1f | %.1f | %.0f | %s |",
        it.profile(), it.scenario(), it.durabilityPoints(), it.durableStates(), it.crashStates(), it.boots(),
        it.fixpoint() ? Long.toString(it.boundedWindows()) : it.boundedWindows() + ", **no fixpoint**",
        it.seconds(), it.processorSeconds(), it.peakHeapBytes() / MIB, found);
  }

  private static String faults(int count) {
    return switch (count) {
      case 0 -> "no fault";
      case 1 -> "one fault";
      default -> count + " faults";
    };
  }
}
