package dev.plugpull.conformance.record;

import dev.plugpull.conformance.machine.BootEnd;
import dev.plugpull.conformance.machine.BootWatcher;
import dev.plugpull.conformance.machine.ImageBuilder;
import dev.plugpull.conformance.machine.Machine;
import dev.plugpull.conformance.machine.RunFolder;
import dev.plugpull.conformance.machine.Shell;
import dev.plugpull.conformance.machine.Target;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.DiskImage;
import dev.plugpull.faultinjection.disk.image.FileImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A target with its images, ready to be switched on: so many machines at a time. */
public final class Bench implements AutoCloseable {
  private final Target target;
  private final Path images;
  private final RunFolder run;
  private final FileImage base;
  private final int machines;
  private final ExecutorService workers;
  /** By the first disk. */
  private final Map<FaultDisk, Machine> running = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  private Bench(Target target, Path images, RunFolder run, FileImage base, int machines) {
    this.target = target;
    this.images = images;
    this.run = run;
    this.base = base;
    this.machines = machines;
    this.workers = Executors.newFixedThreadPool(machines);
  }

  /**
   * A bench for a target.
   *
   * @param images folder of the built images
   * @param machines at a time; each keeps about one processor busy
   */
  public static Bench of(Target target, Path images, int machines) throws IOException {
    FileImage base = FileImage.openReadOnly(images.resolve(ImageBuilder.rawName(target.disks().getFirst())));
    try {
      return new Bench(target, images, RunFolder.create(), base, machines);
    } catch (IOException e) {
      base.close();
      throw e;
    }
  }

  public Target target() {
    return target;
  }

  /** The first disk as it was built. Never changes. */
  public DiskImage base() {
    return base;
  }

  public RunFolder run() {
    return run;
  }

  /** Work that uses one machine each, such as {@code decide} of trials, so many at a time as there may be machines. */
  <T> Ahead<T> ahead(Ahead.Work<T> work) {
    return new Ahead<>(workers, machines, work);
  }

  /** Machines that may be on at a time. */
  int machines() {
    return machines;
  }

  /** Begins with something that needs a machine; it waits until one is free. */
  <T> Future<T> begin(Callable<T> work) {
    return workers.submit(work);
  }

  /**
   * Waits for what was begun.
   *
   * @throws IOException what the work threw
   */
  static <T> T await(Future<T> work) throws IOException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case StoppedException _ -> throw new StoppedException();
        case IOException problem -> throw new IOException(problem.getMessage(), problem);
        default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  /** Something that is done with a machine that is on. */
  public interface Use<T> {
    T with(Machine machine) throws IOException;
  }

  /**
   * Switches a machine on, uses it, and cuts its power.
   *
   * @param updating attaches the disks that updates come from
   * @throws IOException {@code cannot ...}, if the host fails too; {@link StoppedException} if {@link #stop} was called
   */
  public <T> T on(FaultDisk disk, boolean updating, Use<T> use) throws IOException {
    List<FaultDisk> others = new ArrayList<>();
    List<Machine.Drive> drives = new ArrayList<>();
    drives.add(new Machine.Drive(disk, target.disks().getFirst().bus()));
    try {
      for (Target.Disk other : target.disks().subList(1, target.disks().size())) {
        if (updating) {
          others.add(FaultDisk.of(FileImage.openReadOnly(images.resolve(ImageBuilder.rawName(other)))));
          drives.add(new Machine.Drive(others.getLast(), other.bus()));
        }
      }
      check(disk);
      try (Machine machine = Machine.start(target, images, drives, run)) {
        running.put(disk, machine);
        disk.hostFailure().thenRun(machine::kill);
        check(disk);
        T result = use.with(machine);
        check(disk);
        return result;
      } finally {
        running.remove(disk);
      }
    } catch (IOException e) {
      check(disk);
      throw e;
    } finally {
      for (FaultDisk other : others) {
        other.close();
      }
    }
  }

  /** What a machine does after its disk was taken away by the host says nothing. */
  private void check(FaultDisk disk) throws IOException {
    if (stopped) {
      throw new StoppedException();
    }
    if (disk.hostFailure().isDone()) {
      throw new IOException("cannot go on: the disk of the machine fails on this host: "
          + disk.hostFailure().join().getMessage() + "; make room, the same command goes on from here");
    }
  }

  /** Boots once and cuts the power as soon as the boot is decided. */
  public BootEnd boot(FaultDisk disk) throws IOException {
    return on(disk, false, machine -> new BootWatcher(target).watch(machine));
  }

  /** Boots, updates, and lets the machine switch itself off. */
  public UpdateEnd update(FaultDisk disk) throws IOException {
    return on(disk, true, machine -> update(disk, machine));
  }

  /**
   * How an update ended.
   *
   * @param boot how it was before the update
   * @param problem what failed; empty if nothing did
   * @param stalled the machine stood still: the problem says nothing about its disk
   * @param console all that was printed
   */
  public record UpdateEnd(BootEnd boot, String problem, boolean stalled, String console) {
    public boolean good() {
      return problem.isEmpty();
    }
  }

  private UpdateEnd update(FaultDisk disk, Machine machine) throws IOException {
    BootEnd boot = new BootWatcher(target).watch(machine);
    if (!(boot instanceof BootEnd.Healthy)) {
      return new UpdateEnd(boot, "before the update, " + boot.words(), boot instanceof BootEnd.Stall,
          machine.console().text());
    }
    Shell shell = new Shell(machine, target.shell());
    String problem = steps(disk, shell);
    return new UpdateEnd(boot, problem, shell.stoodStill(), machine.console().text());
  }

  private String steps(FaultDisk disk, Shell shell) throws IOException {
    Target.Update update = target.update();
    Duration patience = Duration.ofSeconds(Target.patient(update.seconds()));
    if (!shell.await(patience)) {
      return "the shell's prompt '" + target.shell().prompt() + "' did not appear";
    }
    if (!update.prepare().isEmpty()) {
      Shell.Result prepared = shell.run(update.prepare(), patience);
      if (prepared.code() != 0) {
        return "what prepares the update " + ended(prepared, patience);
      }
    }
    for (Target.Step step : update.steps()) {
      disk.mark(step.mark() + Phases.BEGINS);
      Shell.Result done = shell.run(step.run(), patience);
      disk.mark(step.mark() + Phases.ENDS);
      if (done.code() != 0) {
        return "step '" + step.mark() + "' " + ended(done, patience);
      }
    }
    shell.type(update.finish());
    return shell.awaitOff(patience) ? "" : "it did not power off after '" + update.finish() + "'";
  }

  private static String ended(Shell.Result result, Duration patience) {
    String how = result.code() >= 0 ? "ended with " + result.code()
        : "did not end within " + patience.toSeconds() + " s, or the machine went off";
    return result.output().isBlank() ? how : how + ": " + tail(result.output());
  }

  private static String tail(String text) {
    String flat = text.strip().replace("\n", " | ");
    return flat.length() <= 300 ? flat : "..." + flat.substring(flat.length() - 300);
  }

  /** Cuts the power of all machines that are on, and starts no other. For another thread. */
  public void stop() {
    stopped = true;
    running.values().forEach(Machine::kill);
  }

  /** Cuts the power of the machine with this first disk, if it is on. For another thread. */
  void cutPower(FaultDisk disk) {
    Machine machine = running.get(disk);
    if (machine != null) {
      machine.kill();
    }
  }

  /** The work was asked to stop; what was finished before is kept. */
  public static final class StoppedException extends IOException {
    private static final long serialVersionUID = 1;

    StoppedException() {
      super("cannot go on: stopped");
    }
  }

  /** Ends what was begun. */
  @Override
  public void close() throws IOException {
    stop();
    workers.close();
    base.close();
    run.close();
  }
}
