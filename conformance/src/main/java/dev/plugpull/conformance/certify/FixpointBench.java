package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.ProfileFile;
import dev.plugpull.sim.device.UpdatingDevice;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Measures how much one update of a described device takes, explored with unlimited cuts to the fixpoint. */
public final class FixpointBench {
  private final int threads;
  private final long workUnits;

  /**
   * A bench.
   *
   * @param workUnits durable states that each exploration may expand
   */
  public FixpointBench(int threads, long workUnits) {
    this.threads = threads;
    this.workUnits = workUnits;
  }

  /**
   * One exploration.
   *
   * @param durabilityPoints names of points that some boot reached
   * @param boundedWindows windows of which not every choice was tried
   * @param fixpoint true if every known durable state was expanded and nothing else is amiss
   * @param findings violated property to the fewest faults that violate it
   * @param seconds wall time
   * @param processorSeconds of the whole process: workers, garbage collector and compiler
   * @param peakHeapBytes most heap in use at any time, garbage included: a bound of what is needed
   */
  public record Fixpoint(
      String profile,
      String scenario,
      int durabilityPoints,
      long durableStates,
      long crashStates,
      long boots,
      long boundedWindows,
      boolean fixpoint,
      SortedMap<String, Integer> findings,
      double seconds,
      double processorSeconds,
      long peakHeapBytes) {}

  /**
   * Explores a scenario of a device.
   *
   * @param scenario its name; if empty that of the file, and if that names none the family's first
   * @throws dev.plugpull.scenarios.family.UnreadableProfileException if the file is no profile, or its family lacks the
   *     scenario
   */
  public Fixpoint explore(Path file, String scenario) throws IOException {
    ProfileFile read = ProfileFile.read(file);
    Profile profile = read.profile();
    Family family = Families.named(profile.family(), file.toString());
    String said = scenario.isEmpty() ? read.scenario() : scenario;
    String wanted = said.isEmpty() ? family.scenarios(profile).getFirst() : said;
    family.requireScenario(profile, wanted, file.toString());
    return explore(file.getFileName().toString().replaceFirst("\\.yaml$", ""), wanted,
        family.device(profile, wanted));
  }

  private <S> Fixpoint explore(String name, String scenario, UpdatingDevice<S> device) {
    System.gc();
    List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP).toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long wall = System.nanoTime();
    double processor = processorSeconds();
    Exploration<S> found = new Explorer<>(device, Judgement::of,
        ExplorationBounds.DEFAULT.withThreads(threads).withWorkUnits(workUnits)).explore();
    double used = processorSeconds() - processor;
    double seconds = (System.nanoTime() - wall) / 1e9;
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    SortedMap<String, Integer> findings = new TreeMap<>();
    for (Finding<S> finding : found.findings()) {
      findings.merge(finding.property(), finding.plan().steps().size(), Math::min);
    }
    return new Fixpoint(name, scenario, found.crashMap().rows().size(), found.counts().durableStates(),
        found.counts().crashStates(), found.counts().boots(), found.counts().boundedWindows(), found.complete(),
        findings, seconds, used, peak);
  }

  private static double processorSeconds() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }
}
