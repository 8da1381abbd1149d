package dev.plugpull.conformance.realboot;

import dev.plugpull.conformance.machine.RunFolder;
import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.reports.LoaderComparison;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ubuntucore.CoreDevice;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.PowerOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds the interpreter of a gadget's boot script against the real boot loader, on durable states that explorations
 * reached. States that the loader cannot tell apart count once; those that are booted are spread evenly over all, in
 * the order in which they were found, so that the same run chooses the same ones.
 */
public final class LoaderCheck {
  private final int budget;
  private final Path keep;
  private final Map<Hash128, Candidate> distinct = new LinkedHashMap<>();
  private final Map<String, Long> notLookedAt = new TreeMap<>();
  private final Map<String, Long> ends = new TreeMap<>();
  private final List<LoaderComparison.Disagreement> disagreements = new ArrayList<>();
  private long agreed;

  /**
   * One state that a loader can tell from the others.
   *
   * @param device the model, with the interpreter
   * @param loader what the real one is built after
   * @param steps how the state is reached
   */
  private record Candidate(
      String scenario, CoreDevice device, PowerOn loader, CoreState state, java.util.function.Supplier<String> steps) {}

  /** Says how far the work is, and whether to go on. */
  @FunctionalInterface
  public interface Progress {
    boolean goOn(int booted, int wanted);
  }

  /**
   * A check that has heard of no state yet.
   *
   * @param budget states to boot at most
   * @param keep folder for the disks of states in which the two disagree
   */
  public LoaderCheck(int budget, Path keep) {
    this.budget = budget;
    this.keep = keep;
  }

  /**
   * Takes in the durable states of an explored scenario.
   *
   * @param loader firmware and boot loader as the device has them: what the real one is built after
   */
  public void hear(String scenario, CoreDevice device, PowerOn loader, Exploration<?> explored) {
    for (int i = 0; i < explored.nodes().size(); i++) {
      int node = i;
      if (!(explored.nodes().state(node) instanceof CoreState state)) {
        throw new IllegalArgumentException("cannot boot a state of another device: " + scenario);
      }
      Watch watch = new Watch(device.powerUp(state));
      BootOutcome outcome = device.loader().run(watch);
      if (outcome instanceof BootOutcome.Hang hang && hang.why().startsWith("firmware cannot start")) {
        miss("the boot loader is not reached: " + hang.why());
        continue;
      }
      distinct.putIfAbsent(watch.read(), new Candidate(
          scenario, device, loader, state, () -> words(explored.nodes().plan(node))));
    }
  }

  private static String words(FaultPlan plan) {
    return plan.steps().isEmpty() ? "no fault"
        : plan.steps().stream().map(FaultPlan.Step::words).collect(Collectors.joining("; "));
  }

  private void miss(String why) {
    notLookedAt.merge(why, 1L, Long::sum);
  }

  /**
   * Boots what the budget allows, and compares.
   *
   * @throws IOException if a disk cannot be kept, or there is no room for them
   */
  public LoaderComparison compare(Progress progress) throws IOException {
    List<Candidate> all = List.copyOf(distinct.values());
    List<Candidate> chosen = spread(all, budget);
    RealLoader real = null;
    if (Files.isDirectory(keep)) {
      DiskWriter.delete(keep);
    }
    try (RunFolder run = RunFolder.create()) {
      PowerOn like = null;
      for (int i = 0; i < chosen.size(); i++) {
        if (!progress.goOn(i, chosen.size())) {
          notLookedAt.merge("the run was interrupted", (long) chosen.size() - i, Long::sum);
          break;
        }
        if (like != chosen.get(i).loader()) {
          like = chosen.get(i).loader();
          real = RealLoaders.of(like, run);
        }
        if (real == null) {
          miss(RealLoaders.whyNone(like));
        } else {
          look(chosen.get(i), real, run);
        }
      }
    }
    if (chosen.size() < all.size()) {
      notLookedAt.put("beyond the budget of " + budget + " states", (long) all.size() - chosen.size());
    }
    List<String> told = new ArrayList<>();
    notLookedAt.forEach((why, count) -> told.add(count + (count == 1 ? " state: " : " states: ") + why));
    return new LoaderComparison(real == null ? "" : real.title(), all.size(), agreed, ends, disagreements,
        real == null ? List.of() : real.shims(), told);
  }

  private static List<Candidate> spread(List<Candidate> all, int count) {
    List<Candidate> chosen = new ArrayList<>();
    int wanted = Math.min(count, all.size());
    for (int i = 0; i < wanted; i++) {
      chosen.add(all.get((int) ((long) i * all.size() / wanted)));
    }
    return chosen;
  }

  private void look(Candidate candidate, RealLoader loader, RunFolder run) throws IOException {
    ModelBoot model = ModelBoot.of(candidate.device().powerUp(candidate.state()), candidate.device().loader());
    if (!model.unreadable().isEmpty()) {
      miss("the loader asks for what no clean file system has: " + model.unreadable().getFirst());
      return;
    }
    DiskWriter writer = new DiskWriter(run.path(), loader.standIn());
    Path disk = run.path().resolve("disk.img");
    RealBoot real;
    List<String> differences;
    try {
      real = loader.boot(writer.write(model.before(), disk), model.before());
      differences = Comparison.of(loader, model, real);
      if (!differences.isEmpty()) {
        RealBoot again = loader.boot(writer.write(model.before(), disk), model.before());
        List<String> then = Comparison.of(loader, model, again);
        if (!then.equals(differences)) {
          miss("two boots of the same disk were not the same: " + differences + ", then " + then);
          return;
        }
      }
    } catch (IOException e) {
      miss(String.valueOf(e.getMessage()));
      return;
    }
    ends.merge(real.end().words(), 1L, Long::sum);
    if (differences.isEmpty()) {
      agreed++;
      return;
    }
    String name = "state-" + (disagreements.size() + 1);
    Path folder = Files.createDirectories(keep.resolve(name));
    Path kept = folder.resolve("disk.img");
    writer.write(model.before(), kept);
    loader.prepare(kept);
    Files.writeString(folder.resolve("console.txt"), real.console());
    Files.writeString(folder.resolve("about.txt"), candidate.scenario() + "\n" + candidate.steps().get() + "\n\n"
        + String.join("\n", differences) + "\n\nthe interpreter:\n" + String.join("\n", model.said())
        + "\n\nto boot it, in this folder:\n" + loader.command().replace("DISK", "disk.img") + "\n");
    disagreements.add(new LoaderComparison.Disagreement(candidate.scenario(), candidate.steps().get(), differences,
        keep.getFileName() + "/" + name));
  }
}
