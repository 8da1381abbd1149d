package dev.plugpull.conformance.cli;

import dev.plugpull.faultinjection.disk.Fault;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.DiskImage;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.image.FileImage;
import dev.plugpull.faultinjection.disk.image.Overlay;
import dev.plugpull.faultinjection.disk.log.LogHeader;
import dev.plugpull.faultinjection.disk.log.LogWriter;
import dev.plugpull.faultinjection.disk.nbd.NbdServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code plugpull disk serve}: serves an image until it is stopped, its starter ends, or the power is cut. A disk whose
 * power may be cut keeps what is written in an overlay; the cut decides what reaches the image.
 */
@Command(name = "serve", mixinStandardHelpOptions = true,
    description = "Serve a raw image over NBD on a Unix socket, until stopped, or until the starting process ends")
final class DiskServeCommand implements Callable<Integer> {

  /** Zero once the image and the recording are closed; an end by signal waits for it. */
  private final CountDownLatch finished = new CountDownLatch(1);

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "IMAGE", description = "raw image; changed in place unless said otherwise below")
  private Path image;

  @Option(names = "--log", paramLabel = "FILE", description = "record all requests in this new file")
  private Path log;

  @Option(names = "--socket", paramLabel = "PATH", description = "the Unix socket (default: in a new folder)")
  private Path socket;

  @Option(names = "--export", paramLabel = "NAME", defaultValue = "", description = "name of the export")
  private String export;

  @Option(names = "--fault", paramLabel = "FAULT",
      description = "eio=OFFSET+LEN, slow=MS, short=SIZE, lying-flush, cut-after=N; may be repeated")
  private List<String> faults = List.of();

  @Option(names = "--keep", paramLabel = "RULE", defaultValue = "none",
      description = "after a power cut, of the requests that no flush covered: none, all, or random:SEED")
  private String keep;

  @Option(names = "--read-only", description = "refuse writes")
  private boolean readOnly;

  @Option(names = "--snapshot", description = "throw away at the end what was written")
  private boolean snapshot;

  @Option(names = "--control",
      description = "take commands from standard input, one a line: mark NAME, fault FAULT..., fault none, cut, stop")
  private boolean control;

  @Option(names = "--outlive", description = "go on when the starting process ends")
  private boolean outlive;

  @Override
  public Integer call() {
    List<Fault> wanted = parse(faults);
    CutRule rule = CutRule.parse(keep);
    boolean cuts = control || wanted.stream().anyMatch(Fault.CutAfter.class::isInstance);
    if (cuts && log == null && !snapshot && !readOnly) {
      throw new CannotException("cannot cut the power of " + image
          + " without a recording: add --log FILE, or --snapshot to throw all writes away");
    }
    try {
      return cuts && !snapshot && !readOnly ? serveAside(wanted, rule) : serveDirectly(wanted);
    } catch (IOException e) {
      throw DiskCommand.cannot(e);
    } finally {
      finished.countDown();
    }
  }

  private static List<Fault> parse(List<String> texts) {
    try {
      return texts.stream().map(Fault::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new CannotException(e.getMessage());
    }
  }

  private int serveDirectly(List<Fault> wanted) throws IOException {
    try (DiskImage base = readOnly || snapshot ? FileImage.openReadOnly(image) : FileImage.openWritable(image);
        DiskImage top = snapshot && !readOnly ? Overlay.on(base) : base) {
      serve(top, wanted, () -> { });
      return ExitCode.PASS;
    }
  }

  private int serveAside(List<Fault> wanted, CutRule rule) throws IOException {
    try (FileImage base = FileImage.openReadOnly(image);
        FileImage target = FileImage.openWritable(image);
        Overlay overlay = Overlay.on(base)) {
      DiskState start = DiskState.of(base);
      boolean[] cut = {false};
      serve(overlay, wanted, () -> cut[0] = true);
      DiskState end = cut[0] ? rule.choose(log, start) : start.withChangesOf(overlay);
      end.applyTo(target);
      target.flush();
      spec.commandLine().getOut().println(
          cut[0] ? "power was cut; " + image + " holds what survived (" + rule + ")" : "written to " + image);
      return ExitCode.PASS;
    }
  }

  private void serve(DiskImage top, List<Fault> wanted, Runnable onCut) throws IOException {
    Path at = socket != null ? socket : Files.createTempDirectory("plugpull-disk").resolve("nbd.sock");
    try (LogWriter writer = log == null ? null : LogWriter.create(log, LogHeader.of(export, top.size()))) {
      FaultDisk disk = writer == null ? FaultDisk.of(top) : FaultDisk.recorded(top, writer, 0);
      if (!wanted.isEmpty()) {
        disk.setFaults(wanted);
      }
      CompletableFuture<String> stop = new CompletableFuture<>();
      disk.powerCut().thenAccept(why -> {
        onCut.run();
        stop.complete("power cut: " + why);
      });
      try (NbdServer server = NbdServer.at(at).export(export, disk).start()) {
        waitForEnd(server, disk, stop);
      }
    } finally {
      if (socket == null) {
        Files.deleteIfExists(at.getParent());
      }
    }
  }

  private void waitForEnd(NbdServer server, FaultDisk disk, CompletableFuture<String> stop) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("serving " + image + " (" + disk.size() + " bytes) at " + server.uri(export));
    out.flush();
    Thread hook = new Thread(() -> {
      stop.complete("stopped");
      try {
        finished.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        // The process ends anyway.
      }
    });
    Runtime.getRuntime().addShutdownHook(hook);
    if (!outlive) {
      ProcessHandle.current().parent().ifPresent(
          parent -> parent.onExit().thenRun(() -> stop.complete("the starting process ended")));
    }
    if (control) {
      Thread.ofPlatform().daemon().start(() -> obey(disk, stop));
    }
    out.println("end: " + stop.join());
    out.flush();
    removeHook(hook);
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // It waits until everything is closed.
    }
  }

  private void obey(FaultDisk disk, CompletableFuture<String> stop) {
    PrintWriter error = spec.commandLine().getErr();
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        try {
          obey(line.strip(), disk, stop);
        } catch (CannotException | IOException e) {
          error.println("plugpull: " + e.getMessage());
          error.flush();
        }
      }
    } catch (IOException e) {
      // Nobody commands any longer; the disk goes on.
    }
  }

  private void obey(String line, FaultDisk disk, CompletableFuture<String> stop) throws IOException {
    List<String> words = new ArrayList<>(Arrays.asList(line.split("\\s+")));
    String command = words.removeFirst();
    switch (command) {
      case "" -> { }
      case "mark" -> disk.mark(line.substring(4).strip());
      case "fault" -> disk.setFaults(words.equals(List.of("none")) ? List.of() : parse(words));
      case "cut" -> disk.cutPower("on command");
      case "stop" -> stop.complete("stopped on command");
      default -> throw new CannotException("cannot obey '" + line + "': known are mark, fault, cut, stop");
    }
    spec.commandLine().getOut().println("done: " + line);
    spec.commandLine().getOut().flush();
  }
}
