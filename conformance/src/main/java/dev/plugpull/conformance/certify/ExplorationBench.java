package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.reports.Scenario;
import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Platform;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.GadgetYaml;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.InstantSource;

/** Times explorations of a real gadget, each on one thread. Figures are of the machine and of what else runs on it. */
public final class ExplorationBench {
  private static final String ARCHITECTURE = "amd64";
  private static final String KERNEL_REFRESH = "kernel refresh";

  private final Path gadget;
  private final long workUnits;

  /**
   * A bench for a gadget.
   *
   * @param workUnits durable states that each exploration may expand
   */
  public ExplorationBench(Path gadget, long workUnits) {
    this.gadget = gadget;
    this.workUnits = workUnits;
  }

  /**
   * One exploration.
   *
   * @param durabilityPoints names of points that some boot reached
   * @param inferred crash states behind the moment at which a boot was ended, since another one goes on alike
   * @param seconds wall time
   * @param cpuSeconds processor time of the exploring thread: what a second of one core means
   * @param bytesPerState heap that the finished exploration holds, over its durable states; -1 if not measured
   */
  public record Timed(
      String scenario,
      int durabilityPoints,
      long durableStates,
      long crashStates,
      long inferred,
      long boots,
      boolean fixpoint,
      double seconds,
      double cpuSeconds,
      double bytesPerState) {
    public double durableStatesPerSecond() {
      return durableStates / cpuSeconds;
    }

    public double crashStatesPerSecondPerCore() {
      return crashStates / cpuSeconds;
    }

    public double bootsPerSecond() {
      return boots / cpuSeconds;
    }
  }

  /** Explores the kernel refresh once and measures what it leaves in memory. */
  public Timed kernelRefresh() throws IOException {
    return explore(KERNEL_REFRESH, true);
  }

  /** Explores a scenario of the catalogue once. */
  public Timed explore(String scenario) throws IOException {
    return explore(scenario, false);
  }

  private Timed explore(String name, boolean weigh) throws IOException {
    CoreScenario scenario = UbuntuCoreCatalogue.all().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("cannot find scenario " + name));
    CoreBoard board = board();
    long before = weigh ? heap() : 0;
    long wall = System.nanoTime();
    long cpu = processor();
    Exploration<CoreState> found =
        new Explorer<>(board.device(scenario, Platform.SNAPD, false), Judgement::of,
            ExplorationBounds.DEFAULT.withWorkUnits(workUnits)).explore();
    double cpuSeconds = Math.max(1, processor() - cpu) / 1e9;
    double seconds = (System.nanoTime() - wall) / 1e9;
    long states = found.counts().durableStates();
    double weight = weigh ? Math.max(0, heap() - before) / (double) states : -1;
    Reference.reachabilityFence(found);
    return new Timed(name, found.crashMap().rows().size(), states, found.counts().crashStates(),
        found.counts().inferred(), found.counts().boots(), found.counts().fixpoint(), seconds, cpuSeconds, weight);
  }

  private CoreBoard board() throws IOException {
    try (GadgetPackage opened = GadgetPackage.open(gadget, ARCHITECTURE)) {
      GadgetYaml yaml = opened.yaml();
      Target target = Target.infer(yaml.info(), opened.metadata().base(), false);
      return BoardReader.read(opened, yaml.info(), target, BoardOptions.DEFAULT).board();
    } catch (GadgetBoard.NotModelled e) {
      throw new IOException("cannot measure with " + gadget + ": " + e.getMessage(), e);
    }
  }

  /** Seconds from the start of a certification, from reading the files on, to its first verdict of a scenario. */
  public double secondsToFirstVerdict() throws IOException {
    FirstVerdict first = new FirstVerdict();
    new Certification(
            new CertifyRequest(gadget, null, 0, ARCHITECTURE, BoardOptions.DEFAULT,
                new Terms(Waivers.none(), false, 1, new Budget(0, workUnits, 1), "", 0, Path.of(""))),
            first, InstantSource.system())
        .run();
    return (first.at - first.from) / 1e9;
  }

  private static final class FirstVerdict implements Listener {
    private final long from = System.nanoTime();
    private long at;

    @Override
    public boolean goOn(String scenario, long durableStates, long crashStates, long waiting) {
      return at == 0;
    }

    @Override
    public void done(Scenario scenario) {
      told();
    }

    @Override
    public void brokenWithoutFault(String scenario, String property, String why) {
      told();
    }

    private void told() {
      at = at == 0 ? System.nanoTime() : at;
    }
  }

  private static long processor() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
