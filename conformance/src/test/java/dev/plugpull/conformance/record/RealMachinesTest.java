package dev.plugpull.conformance.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.conformance.compare.ModelAgainstMachine;
import dev.plugpull.conformance.compare.Prediction;
import dev.plugpull.conformance.compare.PredictionFile;
import dev.plugpull.conformance.machine.Home;
import dev.plugpull.conformance.machine.HostCommand;
import dev.plugpull.conformance.machine.ImageBuilder;
import dev.plugpull.conformance.machine.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real updates of real machines, recorded and crashed. Recordings differ from run to run, so what is expected is told
 * by outcomes, and a window that one recording lacks may be in a second one.
 */
@Tag("vm")
class RealMachinesTest {
  @TempDir
  private Path folder;

  @BeforeAll
  static void needs() {
    for (String tool : List.of("qemu-system-x86_64", "apt-get", "dpkg-deb", "debugfs")) {
      assumeTrue(HostCommand.present(tool), tool + " is not here");
    }
    assumeTrue("root".equals(System.getProperty("user.name")), "images are built as root");
  }

  /** A run that is stopped goes on where it was. */
  private CrashReport crashInTwoRuns(Target target, CrashRequest request, int judgedInTheFirst) throws IOException {
    Home home = new Home(Home.find().folder(), folder);
    Path images = new ImageBuilder(home, System.out::println).build(target);
    Recording recording;
    List<String> first = new ArrayList<>();
    try (Bench bench = Bench.of(target, images, 2)) {
      recording = new Recorder(bench, home, ImageBuilder.digest(target), System.out::println).record();
      assertThatThrownBy(() -> CrashRun.run(bench, request, recording, line -> {
        first.add(line);
        if (line.startsWith(judgedInTheFirst + " ")) {
          bench.stop();
        }
      })).isInstanceOf(Bench.StoppedException.class);
    }
    List<String> second = new ArrayList<>();
    try (Bench bench = Bench.of(target, images, 2)) {
      CrashReport report = CrashRun.run(bench, request, recording, second::add);
      List<String> booted = first.stream().filter(line -> line.matches("\\d+ .*") && !line.contains("same bytes"))
          .toList();
      assertThat(booted).hasSizeGreaterThan(1);
      assertThat(second).as("nothing is booted twice").doesNotContainAnyElementsOf(booted).isNotEmpty();
      assertThat(report.judgements()).hasSizeGreaterThan(judgedInTheFirst);
      return report;
    }
  }

  private CrashReport crash(Target target, CrashRequest request) throws IOException {
    Home home = new Home(Home.find().folder(), folder);
    Path images = new ImageBuilder(home, System.out::println).build(target);
    String digest = ImageBuilder.digest(target);
    try (Bench bench = Bench.of(target, images, 2)) {
      Recorder recorder = new Recorder(bench, home, digest, System.out::println);
      Recording recording = recorder.record();
      Future<String> killed = bench.begin(() -> recorder.compareWithRealKill(recording));
      CrashReport report = CrashRun.run(bench, request, recording, System.out::println);
      assertThat(Bench.await(killed)).as("a machine that is really killed leaves one of its states").isEmpty();
      return report;
    }
  }

  /**
   * Debian 12's OSTree with GRUB: after the swap of the boot loader's folder, GRUB, which replays no journal, sees
   * either entries whose root is gone (one outage) or no entries at all (a prompt, for good).
   */
  @Test
  void bothWaysToBrickOstreeAreFound() throws IOException {
    Target target = Home.find().target("ostree-grub");
    List<Prediction> predictions = PredictionFile.read(PredictionFile.of(target), target);
    List<Window> windows = new ArrayList<>();
    boolean toldApart = false;
    for (int recordings = 0; recordings < 2 && kinds(windows) < 2; recordings++) {
      CrashReport report = crash(target, new CrashRequest(Tier.QUICK, -1, -1, 24, 4, 1, 0));
      report.lines("ostree-grub").forEach(System.out::println);
      assertThat(report.flushesSeen()).isGreaterThan(10);
      assertThat(report.sampleDisagreements()).isZero();
      assertThat(report.count(Outcome.MIXED)).as("OSTree's deployments are atomic once they boot").isZero();
      assertThat(report.judgements()).hasSizeGreaterThan(10);
      windows.addAll(report.windows());
      ModelAgainstMachine found = ModelAgainstMachine.of(predictions, report);
      found.lines().forEach(System.out::println);
      assertThat(found.verdict()).as("the machine does what its model had predicted").isEqualTo("pass");
      toldApart |= found.variants().getLast().contradicted();
    }
    assertThat(toldApart).as("a model without the windows is told apart").isTrue();
    assertThat(windows).anySatisfy(window -> {
      assertThat(window.outcome()).isEqualTo(Outcome.BRICK_ONCE);
      assertThat(window.ends().getFirst()).contains("ostree-prepare-root");
    });
    assertThat(windows).anySatisfy(window -> {
      assertThat(window.outcome()).isEqualTo(Outcome.BRICK_FOR_GOOD);
      assertThat(window.ends()).allSatisfy(end -> assertThat(end).contains("GRUB prompt"));
    });
  }

  private static long kinds(List<Window> windows) {
    return windows.stream().map(Window::outcome).filter(o -> o == Outcome.BRICK_ONCE || o == Outcome.BRICK_FOR_GOOD)
        .distinct().count();
  }

  /** A vendor's image in qcow2 and twenty lines: the careless updater is caught. */
  @Test
  void anImageOfOnesOwnIsJudgedByThreeCommands() throws IOException {
    CrashReport report = crash(own("update-careless"), new CrashRequest(Tier.QUICK, -1, -1, 12, 2, 0, 0));
    report.lines("own").forEach(System.out::println);
    assertThat(report.verdict()).isEqualTo("fail");
    assertThat(report.windows()).extracting(Window::outcome).contains(Outcome.MIXED);
    assertThat(report.json()).contains("\"target\" : \"my-device\"", "\"mixed\" : ");
  }

  /** The same device with its updater mended passes, also when the run was stopped in between. */
  @Test
  void itsMendedTwinPasses() throws IOException {
    CrashReport report = crashInTwoRuns(own("update-careful"), new CrashRequest(Tier.QUICK, -1, -1, 16, 2, 1, 0), 5);
    report.lines("own").forEach(System.out::println);
    assertThat(report.verdict()).isEqualTo("pass");
    assertThat(report.count(Outcome.OLD)).isPositive();
    assertThat(report.count(Outcome.NEW)).isPositive();
  }

  private Target own(String updater) throws IOException {
    Home home = Home.find();
    Target example = home.target(home.folder().resolve("examples/targets/symlink-updater/target.yaml").toString());
    Path images = new ImageBuilder(home, System.out::println).build(example);
    HostCommand.run("convert an image", folder, java.util.Map.of(), List.of("qemu-img", "convert", "-f", "raw", "-O",
        "qcow2", images.resolve("device.img").toString(), folder.resolve("device.qcow2").toString()));
    Path file = Files.writeString(folder.resolve("target.yaml"), """
        name: my-device
        disks:
          - {image: device.qcow2}
        shell: {prompt: 'device# '}
        health:
          healthy: cd /system/current && sha256sum --check --quiet --strict SHA256SUMS
          versionOf: cat /system/current/version
        update:
          steps:
            - {mark: update, run: %s}
          finish: sync; echo o > /proc/sysrq-trigger; sleep 60
        """.formatted(updater));
    return home.target(file.toString());
  }
}
