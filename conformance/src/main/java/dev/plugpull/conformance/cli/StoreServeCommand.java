package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.http.DirectoryFiles;
import dev.plugpull.conformance.http.FaultWindow;
import dev.plugpull.conformance.http.Limits;
import dev.plugpull.conformance.http.OmahaProfile;
import dev.plugpull.conformance.http.SnapProfile;
import dev.plugpull.conformance.http.StoreServer;
import dev.plugpull.sim.store.FileFace;
import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.hostile.HostileStore;
import dev.plugpull.sim.store.hostile.StoreFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plugpull store serve}: serves until it is stopped or its starter ends. */
@Command(name = "serve", mixinStandardHelpOptions = true,
    description = "Serve snaps, Chrome OS releases, or the files of a repository, over HTTP until stopped")
final class StoreServeCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Source source;

  /** What is served. */
  private static final class Source {
    @Option(names = "--dir", paramLabel = "DIR",
        description = "a folder: an OSTree or Flatpak repository, an image layout, payloads")
    private Path folder;

    @Option(names = "--profile", paramLabel = "FILE", description = "a snap store: snaps, revisions, releases")
    private Path profile;

    @Option(names = "--omaha", paramLabel = "FILE",
        description = "Chrome OS's update server: releases by track, for a share of the devices")
    private Path omaha;

    Path path() {
      return folder != null ? folder : profile != null ? profile : omaha;
    }

    /** The face at a path of the chosen kind. */
    StoreFace face(Path path) throws IOException {
      return folder != null ? new FileFace(new DirectoryFiles(path)) : OmahaProfile.read(path);
    }
  }

  @Option(names = "--older", paramLabel = "DIR|FILE",
      description = "the same folder or profile as it was earlier, for the faults frozen and rolled-back")
  private Path older;

  @Option(names = "--fault", paramLabel = "FAULT",
      description = "WORD strikes every request, WORD@N the Nth, WORD@N- all from there; may be repeated")
  private List<String> faults = List.of();

  @Option(names = "--port", paramLabel = "N", defaultValue = "0", description = "default: one that is free")
  private int port;

  @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
      description = "default: 127.0.0.1, so that nobody else can connect")
  private String host;

  @Option(names = "--connections", paramLabel = "N", defaultValue = "1024", description = "most at once; default 1024")
  private int connections;

  @Override
  public Integer call() throws IOException {
    if (port < 0 || port > 65535 || connections < 1) {
      throw new CannotException("cannot serve: --port must be 0 to 65535, --connections at least 1");
    }
    Limits standard = Limits.STANDARD;
    Limits limits = new Limits(connections, standard.lineBytes(), standard.headBytes(), standard.bodyBytes(),
        standard.patience());
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(stopped::countDown));
    try (StoreServer server = StoreServer.start(store(), windows(), limits, address)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("serving " + source.path() + " at " + server.base());
      out.flush();
      stopped.await();
      return ExitCode.PASS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private HostileStore store() throws IOException {
    if (source.profile == null) {
      StoreFace now = source.face(source.path());
      StoreFace before = older == null ? now : source.face(older);
      return new HostileStore(now, new HostileStore.Knowledge(before, before, UnaryOperator.identity()));
    }
    SnapProfile profile = SnapProfile.read(source.profile);
    if (!profile.mixes() && asked("mixed-up")) {
      throw new CannotException("cannot mix: the profile has one snap only; add another");
    }
    return profile.hostile(older == null ? profile.face() : SnapProfile.read(older).face());
  }

  private boolean asked(String word) {
    return faults.stream().anyMatch(fault -> fault.equals(word) || fault.startsWith(word + "@"));
  }

  private List<FaultWindow> windows() {
    try {
      List<FaultWindow> windows = faults.stream().map(FaultWindow::read).toList();
      if ((asked("frozen") || asked("rolled-back")) && older == null) {
        throw new CannotException("cannot show something older: say with --older what was there before");
      }
      if (source.profile == null && asked("mixed-up")) {
        throw new CannotException("cannot mix: only a --profile says what belongs together");
      }
      if (source.profile == null
          && windows.stream().anyMatch(window -> window.fault() instanceof StoreFault.InTheWorld)) {
        throw new CannotException("cannot change keys or take content back: what is served is signed"
            + " already; serve a --profile");
      }
      return windows;
    } catch (IllegalArgumentException e) {
      throw new CannotException(e.getMessage());
    }
  }
}
