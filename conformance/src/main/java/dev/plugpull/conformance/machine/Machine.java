package dev.plugpull.conformance.machine;

import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.nbd.NbdServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of QEMU, from power-on to its end: never reset inside, because a warm start of the emulator is many times
 * slower and is no power-on. Its disks are served by this process; clock and firmware start the same each time.
 */
public final class Machine implements AutoCloseable {
  private final RunFolder run;
  private final NbdServer server;
  private final Process qemu;
  private final Console console;
  private final Qmp qmp;
  private final Path socket;
  private final Path errors;
  private volatile boolean killed;

  private Machine(RunFolder run, NbdServer server, Process qemu, Path socket, Path errors) throws IOException {
    this.run = run;
    this.server = server;
    this.qemu = qemu;
    this.socket = socket;
    this.errors = errors;
    this.console = new Console(qemu.getInputStream(), qemu.getOutputStream());
    this.qmp = Qmp.connect(socket, qemu);
  }

  /** A disk and how it is attached. */
  public record Drive(FaultDisk disk, String bus) {}

  /**
   * Power on.
   *
   * @throws IOException {@code cannot start a machine: ...}
   */
  public static Machine start(Target target, Path images, List<Drive> drives, RunFolder run) throws IOException {
    NbdServer.Builder disks = NbdServer.at(run.fresh("nbd"));
    for (int i = 0; i < drives.size(); i++) {
      disks.export("disk" + i, drives.get(i).disk());
    }
    NbdServer server = disks.start();
    Process qemu = null;
    Path errors = run.fresh("errors");
    try {
      Path socket = run.fresh("qmp");
      ProcessBuilder builder = new ProcessBuilder(command(target, images, drives, server.socket(), socket));
      qemu = builder.redirectError(errors.toFile()).start();
      run.started(qemu);
      return new Machine(run, server, qemu, socket, errors);
    } catch (IOException | RuntimeException e) {
      String said = Files.exists(errors) ? Files.readString(errors).strip() : "";
      if (qemu == null) {
        server.close();
        throw new IOException("cannot start a machine: qemu-system-x86_64 is not here; install qemu-system-x86", e);
      }
      qemu.destroyForcibly();
      run.ended(qemu);
      server.close();
      throw new IOException("cannot start a machine: " + (said.isEmpty() ? e.getMessage() : said), e);
    }
  }

  private static List<String> command(Target target, Path images, List<Drive> drives, Path nbd, Path qmp) {
    Target.Hardware board = target.hardware();
    List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-accel", "tcg", "-machine", "pc", "-m",
        String.valueOf(board.memoryMegabytes()), "-nodefaults", "-no-user-config", "-nic", "none", "-display", "none",
        "-vga", "none", "-no-reboot", "-rtc", "base=2026-01-01T00:00:00,clock=vm", "-chardev", "stdio,id=c,signal=off",
        "-serial", "chardev:c", "-qmp", "unix:" + qmp + ",server=on,wait=off"));
    for (int i = 0; i < drives.size(); i++) {
      String read = drives.get(i).disk().readOnly() ? ",read-only=on" : ",discard=unmap";
      command.addAll(List.of("-blockdev", "driver=nbd,node-name=d" + i + ",server.type=unix,server.path=" + nbd
          + ",export=disk" + i + read));
      command.addAll(List.of("-device", drives.get(i).bus().equals("nvme")
          ? "nvme,drive=d" + i + ",serial=plugpull" + i : "virtio-blk-pci,drive=d" + i));
    }
    if (!board.kernel().isEmpty()) {
      command.addAll(List.of("-kernel", file(target, images, board.kernel()), "-append", board.append()));
      if (!board.initrd().isEmpty()) {
        command.addAll(List.of("-initrd", file(target, images, board.initrd())));
      }
    }
    return command;
  }

  private static String file(Target target, Path images, String name) {
    Path built = images.resolve(name);
    return (Files.exists(built) ? built : target.folder().resolve(name)).toString();
  }

  public Console console() {
    return console;
  }

  /** True until QEMU has ended. */
  public boolean alive() {
    return qemu.isAlive();
  }

  List<Qmp.Event> events() {
    return qmp.events();
  }

  /** Processor time that the emulator has used so far. */
  public Duration processorTime() {
    return qemu.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  boolean killed() {
    return killed;
  }

  /** What QEMU complained about. */
  String complaints() throws IOException {
    return Files.exists(errors) ? Files.readString(errors).strip() : "";
  }

  /** Waits for an end that the guest has asked for. Returns false if it does not come in time. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return qemu.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Cuts the power, and leaves the rest to {@link #close}. */
  public void kill() {
    killed = true;
    qemu.destroyForcibly();
  }

  /** Cuts the power if it is still on. The disks stay open; all that was sent to them has arrived. */
  @Override
  public void close() throws IOException {
    qemu.destroyForcibly();
    try {
      qemu.waitFor();
      console.drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    run.ended(qemu);
    qmp.close();
    server.close();
    Files.deleteIfExists(socket);
    Files.deleteIfExists(errors);
  }
}
