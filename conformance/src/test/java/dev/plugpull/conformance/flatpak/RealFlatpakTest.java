package dev.plugpull.conformance.flatpak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.conformance.http.Limits;
import dev.plugpull.conformance.http.StoreServer;
import dev.plugpull.conformance.machine.HostCommand;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.store.FileFace;
import dev.plugpull.sim.store.flatpak.FlatpakRef;
import dev.plugpull.sim.store.flatpak.FlatpakRepository;
import dev.plugpull.sim.store.hostile.HostileStore;
import dev.plugpull.sim.store.ostree.OstreeEntry;
import dev.plugpull.sim.store.ostree.OstreeSigner;
import dev.plugpull.sim.store.trust.PgpKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The model of Flatpak beside the real program: both are killed between the same two writes, run again, and must end
 * alike. A killed program, unlike a power cut, leaves its page cache; that is the same on both sides.
 */
@Tag("differential")
class RealFlatpakTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final PgpKey KEY =
      PgpKey.generate("a store <store@example.org>", 2048, THEN, Duration.ZERO, new SeededRandom(5));
  private static final FlatpakRef RUNTIME = FlatpakRef.runtime("org.example.Platform", "x86_64", "1");
  private static final FlatpakRef APP =
      FlatpakRef.app("org.example.Editor", "x86_64", "stable", "org.example.Platform/x86_64/1");
  private static final String SCENARIO = "update of an application and its runtime, flatpak killed anywhere";

  @TempDir
  private Path folder;

  /**
   * Where both are killed: before a system call of the real program, and after the point of the model that comes before
   * that call.
   *
   * @param count of that call among those of its name in one update
   */
  private record Kill(String call, int count, String point, int occurrence) {}

  private static final List<Kill> KILLS = List.of(
      new Kill("rename", 1, "F4", 1), new Kill("symlink", 1, "F5", 1), new Kill("rename", 3, "F6.ref", 1),
      new Kill("rename", 4, "F4", 2), new Kill("symlink", 2, "F5", 2), new Kill("rename", 5, "F6.made", 2),
      new Kill("rename", 6, "F6.ref", 2), new Kill("symlinkat", 1, "F7", 6));

  @BeforeAll
  static void needs() {
    for (String tool : List.of("flatpak", "strace")) {
      assumeTrue(HostCommand.present(tool), tool + " is not here; install the Debian package of that name");
    }
  }

  @Test
  void killedAnywhereBothEndAlike() throws Exception {
    FlatpakRepository repository = new FlatpakRepository(OstreeSigner.of(KEY));
    publish(repository, 1);
    FileFace face = new FileFace(path -> repository.ostree().file(path));
    HostileStore store =
        new HostileStore(face, new HostileStore.Knowledge(face, face, UnaryOperator.identity()));
    Files.write(folder.resolve("key.gpg"), KEY.exported());
    SortedMap<String, String> model = new TreeMap<>();
    SortedMap<String, String> real = new TreeMap<>();
    try (StoreServer server = StoreServer.start(store, List.of(), Limits.STANDARD,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      assertThat(flatpak("remote-add", "--gpg-import=key.gpg", "ex", server.base() + "/")).isZero();
      assertThat(flatpak("install", "-y", "--noninteractive", "ex", "org.example.Editor")).isZero();
      publish(repository, 2);
      run(List.of("cp", "-a", "installation", "before"));
      for (Kill kill : KILLS) {
        String name = "killed after " + kill.point() + " #" + kill.occurrence();
        model.put(name, ofModel(kill).toString());
        real.put(name, ofProgram(kill).toString());
      }
    }
    assertThat(real).isEqualTo(model);
    assertThat(real).as("what is never finished is among them")
        .containsEntry("killed after F5 #2", "{app=1, menu=1, runtime=2}");
    Family family = Families.named("flatpak", "here");
    Profile mended = Profile.of(family, "mended", Map.of(), Set.of("adopts-deployments"));
    assertThat(ofModel(family.device(mended, SCENARIO), new Kill("symlink", 2, "F5", 2)).toString())
        .as("a client that finishes is told apart").isNotEqualTo(real.get("killed after F5 #2"));
  }

  private static void publish(FlatpakRepository repository, int version) {
    Instant time = THEN.plusSeconds(version);
    OstreeEntry.Folder files = OstreeEntry.Folder.empty().with("version", version + "");
    repository.publish(RUNTIME, files, time);
    OstreeEntry.Folder exported = OstreeEntry.Folder.empty().with(
        "share/applications/org.example.Editor.v" + version + ".desktop",
        "[Desktop Entry]\nType=Application\nName=Editor\nExec=run\n");
    repository.publish(APP, files, exported, time);
  }

  private static SortedMap<String, String> ofModel(Kill kill) {
    Family family = Families.named("flatpak", "here");
    return ofModel(family.device(Profile.standard(family), SCENARIO), kill);
  }

  private static <S> SortedMap<String, String> ofModel(UpdatingDevice<S> device, Kill kill) {
    Replayed<S> replayed = new Replay<>(device, Judgement::of).check(new FaultPlan(
        List.of(new FaultPlan.Strike(1, kill.point(), kill.occurrence(), Interruption.DAEMON_KILLED))));
    assertThat(replayed.missing()).isEmpty();
    return replayed.settlement().observation().running();
  }

  private SortedMap<String, String> ofProgram(Kill kill) throws IOException, InterruptedException {
    run(List.of("rm", "-rf", "installation"));
    run(List.of("cp", "-a", "before", "installation"));
    assertThat(run(List.of("strace", "-f", "-o", "/dev/null", "-e",
        "inject=" + kill.call() + ":signal=KILL:when=" + kill.count(), "flatpak", "--user", "update", "-y",
        "--noninteractive"))).as("the program is killed").isEqualTo(128 + 9);
    for (int more = 0; more < 2; more++) {
      assertThat(flatpak("update", "-y", "--noninteractive")).isZero();
    }
    Path all = folder.resolve("installation");
    SortedMap<String, String> runs = new TreeMap<>();
    runs.put("app", Files.readString(all.resolve("app/org.example.Editor/x86_64/stable/active/files/version")));
    runs.put("runtime", Files.readString(all.resolve("runtime/org.example.Platform/x86_64/1/active/files/version")));
    try (Stream<Path> entries = Files.list(all.resolve("exports/share/applications"))) {
      runs.put("menu", String.join(" and ", entries.map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("org.example.Editor")).map(name -> name.replaceAll("\\D", "")).sorted()
          .toList()));
    }
    return runs;
  }

  private int flatpak(String... arguments) throws IOException, InterruptedException {
    return run(Stream.concat(Stream.of("flatpak", "--user"), Stream.of(arguments)).toList());
  }

  private int run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(folder.resolve("said.txt").toFile());
    builder.environment().putAll(Map.of("HOME", folder.toString(), "XDG_DATA_HOME", folder.resolve("data").toString(),
        "FLATPAK_USER_DIR", folder.resolve("installation").toString()));
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
