package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plugpull.conformance.certify.ExampleFolder;
import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.CertificateJson;
import dev.plugpull.reports.CounterExample;
import dev.plugpull.reports.Scenario;
import dev.plugpull.reports.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plugpull certify}, {@code replay} and {@code census} as a person or a build types them. */
class CertifyCommandTest {
  private static final String UNLOADABLE = "kernel refresh, new kernel cannot be loaded";

  @TempDir
  private Path folder;

  private Path json() {
    return folder.resolve("certificate.json");
  }

  private Certificate certificate() throws IOException {
    return CertificateJson.readCertificate(json());
  }

  /** Certifies one scenario with few work units: enough for everything that shows without a cut. */
  private Command.Ran certify(Path gadget, String scenario, int units, String... more) {
    return Command.run(Stream.concat(
        Stream.of("certify", gadget.toString(), "--scenario", scenario, "--work-units", Integer.toString(units),
            "--out", folder.resolve("out").toString(), "--json", json().toString()),
        Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void aBrokenGadgetFailsAndItsCounterExampleRepeats() throws IOException {
    Command.Ran ran = certify(ExampleFolder.broken("uboot-file-22-no-reset"), UNLOADABLE, 1);
    assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("NOBRICK").contains("report ");
    assertThat(folder.resolve("out")).isDirectoryContaining(f -> f.endsWith("report.html"))
        .isDirectoryContaining(f -> f.endsWith("junit.xml"));
    CounterExample example = counting(certificate());
    assertThat(example.property()).isEqualTo("NOBRICK");
    assertThat(example.needsPerson()).isEqualTo("once");
    Command.Ran again = Command.run("replay", folder.resolve("out").resolve(example.id() + ".json").toString());
    assertThat(again.exit()).as(again.err()).isEqualTo(1);
    assertThat(again.out()).contains("boot 1", "NOBRICK violated again").doesNotContain("note:");
  }

  @Test
  void aReplayOnAMendedGadgetDoesNotRepeatAndSaysThatTheInputChanged() throws IOException {
    certify(ExampleFolder.broken("uboot-file-22-no-reset"), UNLOADABLE, 1);
    Path stored = folder.resolve("out").resolve(counting(certificate()).id() + ".json");
    Command.Ran again =
        Command.run("replay", stored.toString(), "--gadget", ExampleFolder.good("uboot-file-22").toString());
    assertThat(again.exit()).as(again.err()).isEqualTo(3);
    assertThat(again.out()).contains("has changed", "not violated by this plan any more");
  }

  private static CounterExample counting(Certificate certificate) {
    return certificate.counterExamples().stream().filter(CounterExample::countsAgainstGadget).findFirst().orElseThrow();
  }

  @Test
  void anUnfinishedSearchIsUnknownAndSaysWhatWasNotLookedAt() throws IOException {
    Command.Ran ran = certify(ExampleFolder.good("grub-managed-22"), "kernel refresh", 3);
    assertThat(ran.exit()).as(ran.err()).isEqualTo(3);
    Certificate certificate = certificate();
    assertThat(certificate.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(certificate.notLookedAt()).anyMatch(why -> why.contains("the budget of 3 work units ended"));
    assertThat(certificate.scenarios()).filteredOn(s -> s.verdict() != Verdict.NOT_RUN)
        .extracting(Scenario::name).containsExactly("kernel refresh");
  }

  @Test
  void theCertificateFitsItsSchema() throws IOException {
    certify(ExampleFolder.broken("uboot-raw-22-no-reset"), UNLOADABLE, 2);
    try (InputStream schema = CertificateJson.class.getResourceAsStream("certificate.schema.json")) {
      String text = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text)
          .validate(Files.readString(json()), InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void oneAndTwoThreadsGiveTheSameCertificateAndTheSeedIsInIt() throws IOException {
    Path gadget = ExampleFolder.good("grub-managed-22");
    certify(gadget, "base refresh", 40, "--threads", "1", "--seed", "7");
    Certificate one = certificate();
    certify(gadget, "base refresh", 40, "--threads", "2", "--seed", "7");
    Certificate two = certificate();
    assertThat(two.digest()).isEqualTo(one.digest());
    assertThat(one.seed()).isEqualTo(7);
    certify(gadget, "base refresh", 40, "--threads", "1", "--seed", "7");
    assertThat(withoutTimes(Files.readString(json()))).isEqualTo(withoutTimes(CertificateJson.write(one)));
  }

  private static String withoutTimes(String json) {
    return json.replaceAll("\"seconds\" : [0-9.E-]+", "");
  }

  @Test
  void aWaiverExcusesUntilItExpires() throws IOException {
    Path gadget = ExampleFolder.broken("uboot-file-22-no-reset");
    certify(gadget, UNLOADABLE, 1);
    String id = counting(certificate()).id();
    Path waivers = folder.resolve("waivers.yaml");
    Files.writeString(waivers, "waivers:\n  - {id: " + id + ", reason: known, expires: 2999-01-01}\n");
    Command.Ran excused = certify(gadget, UNLOADABLE, 1, "--waive", waivers.toString());
    assertThat(excused.exit()).as(excused.out() + excused.err()).isEqualTo(3);
    assertThat(certificate().counterExamples())
        .filteredOn(e -> e.id().equals(id)).singleElement()
        .satisfies(e -> assertThat(e.waived()).contains("known", "2999-01-01"));
    Files.writeString(waivers, "waivers:\n  - {id: " + id + ", reason: known, expires: 2001-01-01}\n");
    assertThat(certify(gadget, UNLOADABLE, 1, "--waive", waivers.toString()).exit()).isEqualTo(1);
    assertThat(certificate().notLookedAt()).anyMatch(w -> w.contains(id) && w.contains("expired"));
    Files.writeString(waivers, "waivers:\n  - {id: " + id + "}\n");
    Command.Ran unreadable = certify(gadget, UNLOADABLE, 1, "--waive", waivers.toString());
    assertOneSentence(unreadable, "a waiver has no reason");
  }

  @Test
  void hazardsFailOnlyTheStrict() throws IOException {
    String full = "base refresh, disk full anywhere and freed later";
    Path gadget = ExampleFolder.good("grub-managed-22");
    assertThat(certify(gadget, full, 2_000).exit()).isZero();
    Command.Ran strict = certify(gadget, full, 2_000, "--strict");
    assertThat(strict.exit()).isEqualTo(1);
    assertThat(strict.out()).contains("verdict fail (strict: hazards of platform and medium count)");
    Command.Ran alone = certify(ExampleFolder.broken("uboot-file-22-no-reset"), UNLOADABLE, 1, "--strict");
    assertThat(alone.out()).contains("verdict fail\n");
  }

  @Test
  void aWatchdogOnTheBoardHealsAKernelThatPanicsWithoutPanicArgument() throws IOException {
    Path gadget = Files.createDirectory(folder.resolve("no-panic"));
    for (String file : List.of("gadget.yaml", "uboot.conf", "snapcraft.yaml", "boot.scr.in")) {
      String text = Files.readString(ExampleFolder.good("uboot-file-22").resolve(file));
      Files.writeString(gadget.resolve(file), text.replace("panic=-1 ", ""));
    }
    String panics = "kernel refresh, new kernel panics";
    assertThat(certify(gadget, panics, 1).exit()).isEqualTo(1);
    Path board = Files.writeString(folder.resolve("board.yaml"), "watchdog: true\n");
    Command.Ran watched = certify(gadget, panics, 1, "--board", board.toString());
    assertThat(watched.exit()).as(watched.out()).isEqualTo(3);
    assertThat(certificate().assumptions()).anyMatch(a -> a.contains("watchdog: resets a hanging board"));
    Files.writeString(board, "wachdog: true\n");
    assertOneSentence(certify(gadget, panics, 1, "--board", board.toString()), "unknown key 'wachdog'");
  }

  @Test
  void commandsThatTheBoardLacksMatterAndAReplayRemembersThem() throws IOException {
    Path gadget = ExampleFolder.good("uboot-file-22");
    Path board = Files.writeString(folder.resolve("board.yaml"), "missing: [reset]\n");
    assertThat(certify(gadget, UNLOADABLE, 1, "--board", board.toString()).exit()).isEqualTo(1);
    Path stored = folder.resolve("out").resolve(counting(certificate()).id() + ".json");
    Command.Ran again = Command.run("replay", stored.toString());
    assertThat(again.exit()).as(again.out() + again.err()).isEqualTo(1);
  }

  @Test
  void aScenarioThatDoesNotFitTheRefreshSaysSo() {
    Path gadget = ExampleFolder.good("uboot-file-22");
    Command.Ran ran = certify(gadget, "gadget refresh, no room for its files", 1, "--from",
        ExampleFolder.root().resolve("examples/gadgets/older/uboot-file-22").toString());
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).contains("not run", "the new gadget brings no other file");
  }

  /** Nothing starts for want of a command: unknown, unless somebody says that the board has no such command. */
  @Test
  void aScriptWithABoardsOwnCommandThatStartsNothingIsNoBrokenOne() throws IOException {
    Path gadget = Files.createDirectory(folder.resolve("own-command"));
    for (String file : List.of("gadget.yaml", "uboot.conf", "snapcraft.yaml")) {
      Files.copy(ExampleFolder.good("uboot-file-22").resolve(file), gadget.resolve(file));
    }
    Files.writeString(gadget.resolve("boot.scr.in"), "cfgload\nmovi r k 0 40008000\n");
    Command.Ran unknown = certify(gadget, UNLOADABLE, 1);
    assertThat(unknown.exit()).as(unknown.out()).isEqualTo(3);
    assertThat(certificate().notLookedAt()).anyMatch(line -> line.contains("runs cfgload, movi, which only"));
    Path board = Files.writeString(folder.resolve("board.yaml"), "missing: [cfgload, movi]\n");
    assertThat(certify(gadget, UNLOADABLE, 1, "--board", board.toString()).exit()).isEqualTo(1);
  }

  @Test
  void wrongUsageIsExitTwo() {
    Path gadget = ExampleFolder.good("grub-18");
    assertOneSentence(certify(gadget, "no such scenario", 1), "the catalogue has 'base refresh'");
    assertOneSentence(certify(gadget, UNLOADABLE, 1, "--series", "17"), "known are [16, 18, 20, 22, 24, 26]");
    assertOneSentence(certify(gadget, UNLOADABLE, 1, "--budget", "soon"), "cannot read time 'soon'");
    assertOneSentence(certify(gadget, UNLOADABLE, 1, "--threads", "0"), "--threads 1 or more");
    assertOneSentence(certify(gadget, UNLOADABLE, -1), "--work-units 0 or more");
    assertOneSentence(Command.run("corpus", "--threads", "0", "--folder",
        ExampleFolder.root().resolve("corpus").toString(), "KB-141"), "--threads 1 or more");
    assertOneSentence(Command.run("bench", "profiles", "--threads", "0",
        ExampleFolder.root().resolve("examples/profiles/systemd-boot.yaml").toString()), "--threads 1 or more");
    assertThat(Command.run("certify").exit()).isEqualTo(2);
    assertThat(Command.run("certify", gadget.toString(), "--bogus").exit()).isEqualTo(2);
  }

  @Test
  void aReportThatCannotBeWrittenIsASentenceBeforeAnyWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (String out : List.of(file.toString(), file + "/below", "/proc/plugpull")) {
      Command.Ran ran = Command.run("certify", ExampleFolder.good("grub-18").toString(), "--out", out);
      assertOneSentence(ran, "");
    }
    Command.Ran json = Command.run("certify", ExampleFolder.broken("uboot-file-22-no-reset").toString(), "--scenario",
        UNLOADABLE, "--work-units", "1", "--out", folder.resolve("out").toString(), "--json", "/proc/x.json");
    assertOneSentence(json, "cannot write report");
    assertThat(folder.resolve("out").resolve("certificate.json")).isNotEmptyFile();
  }

  @Test
  void aReplayFileThatIsNoneIsExitTwo() throws IOException {
    assertOneSentence(Command.run("replay", folder.resolve("absent.json").toString()), "no such file");
    Path none = Files.writeString(folder.resolve("x"), "{}");
    assertOneSentence(Command.run("replay", none.toString()), "cannot read replay");
    certify(ExampleFolder.broken("uboot-file-22-no-reset"), UNLOADABLE, 1);
    Path stored = folder.resolve("out").resolve(counting(certificate()).id() + ".json");
    Files.writeString(stored, Files.readString(stored).replace("\"series\" : \"22\"", "\"series\" : \"many\""));
    assertOneSentence(Command.run("replay", stored.toString()), "its series 'many' is not known");
  }

  @Test
  void aCensusTablesManyGadgets() throws IOException {
    Path many = Files.createDirectory(folder.resolve("many"));
    Path overlapping = Files.createDirectory(many.resolve("overlapping"));
    for (String file : List.of("gadget.yaml", "grub.conf", "snapcraft.yaml")) {
      Files.copy(ExampleFolder.broken("grub-managed-22-overlapping").resolve(file), overlapping.resolve(file));
    }
    Files.writeString(Files.createDirectory(many.resolve("facts-only")).resolve("layout.json"), "{}");
    Command.Ran ran = Command.run("census", many.toString(), "--budget", "1s", "--out", folder.resolve("c").toString());
    assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out()).contains("overlapping", "facts-only", "bring the vendor's own gadget.yaml");
    assertThat(folder.resolve("c/census.md")).isNotEmptyFile();
    assertThat(folder.resolve("c/census.html")).isNotEmptyFile();
    assertThat(folder.resolve("c/overlapping/report.html")).isNotEmptyFile();
  }

  @Test
  void aCensusSaysWhereItsGadgetsComeFrom() throws IOException {
    Path gadget = ExampleFolder.broken("grub-managed-22-overlapping");
    Path sources = Files.writeString(folder.resolve("sources.tsv"),
        "# a comment\ngrub-managed-22-overlapping\texample.org/acme\t0123456789abcdef\tit does overlap\n");
    String out = folder.resolve("c").toString();
    Command.Ran ran = Command.run(
        "census", gadget.toString(), "--work-units", "0", "--sources", sources.toString(), "--out", out);
    assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out()).contains("example.org/acme 01234567 |", "V11: ", "it does overlap");
    Files.writeString(sources, "two\tfields\n");
    assertOneSentence(
        Command.run("census", gadget.toString(), "--sources", sources.toString(), "--out", out), "sources.tsv:1: 2 f");
    assertOneSentence(Command.run("census", gadget.toString(), "--sources", out, "--out", out), "name a text file");
  }

  /** The scenario that shows it is the fourth; the first alone takes longer than this. */
  @Test
  void whatGoesWrongWithoutAnyFaultIsToldHoweverShortTheBudget() throws IOException {
    Command.Ran ran = Command.run("certify", ExampleFolder.broken("uboot-file-22-no-reset").toString(), "--budget",
        "1s", "--out", folder.resolve("out").toString(), "--json", json().toString());
    assertThat(ran.exit()).as(ran.out()).isEqualTo(1);
    assertThat(counting(certificate()).scenario()).isEqualTo(UNLOADABLE);
    assertThat(certificate().notLookedAt()).anyMatch(why -> why.contains("budget of seconds ended"));
  }

  /** Whether two kernels fit is the kernel's matter, and known only with one; a replay remembers which. */
  @Test
  void aKernelSnapSaysHowLargeItsFilesAreAndWhatItsAssetsHold() throws IOException {
    Path kernel = Files.createDirectories(folder.resolve("kernel/meta")).getParent();
    Files.writeString(kernel.resolve("meta/snap.yaml"), "name: k\ntype: kernel\n");
    Files.writeString(kernel.resolve("meta/kernel.yaml"), "assets: {dtbs: {content: [dtbs/]}}\n");
    try (RandomAccessFile image = new RandomAccessFile(kernel.resolve("kernel.img").toFile(), "rw")) {
      image.setLength(200 << 20);
    }
    Path gadget = Files.createDirectory(folder.resolve("with-assets"));
    for (String file : List.of("gadget.yaml", "uboot.conf", "snapcraft.yaml", "boot.scr.in")) {
      String text = Files.readString(ExampleFolder.good("uboot-file-22").resolve(file));
      Files.writeString(gadget.resolve(file),
          text.replace("          - source: boot.scr\n",
              "          - {source: '$kernel:dtbs/dtbs/x/', target: dtbs/}\n          - source: boot.scr\n"));
    }
    Command.Ran unknown = certify(gadget, "kernel refresh", 1);
    assertThat(unknown.exit()).as(unknown.toString()).isEqualTo(3);
    assertThat(certificate().notLookedAt()).anyMatch(why -> why.contains("$kernel:dtbs/dtbs/x/"));
    Command.Ran large = certify(gadget, "kernel refresh", 1, "--kernel", kernel.toString());
    assertThat(large.exit()).as(large.toString()).isEqualTo(1);
    assertThat(counting(certificate()).title()).contains("no space left");
    assertThat(certificate().notLookedAt()).noneMatch(why -> why.contains("$kernel:"));
    Path stored = folder.resolve("out").resolve(counting(certificate()).id() + ".json");
    assertThat(Command.run("replay", stored.toString()).exit()).isEqualTo(1);
    Files.writeString(kernel.resolve("meta/kernel.yaml"), "assets: {}\n");
    try (RandomAccessFile image = new RandomAccessFile(kernel.resolve("kernel.img").toFile(), "rw")) {
      image.setLength(400 << 20);
    }
    assertThat(certify(gadget, "kernel refresh", 1, "--kernel", kernel.toString()).out())
        .contains("does not hold as many kernels");
    assertThat(certificate().findings()).anyMatch(f -> f.rule().equals("C3"));
    Files.writeString(kernel.resolve("meta/snap.yaml"), "name: k\ntype: app\n");
    assertOneSentence(certify(gadget, "kernel refresh", 1, "--kernel", kernel.toString()), "cannot read kernel");
  }

  static void assertOneSentence(Command.Ran ran, String words) {
    assertThat(ran.exit()).as(ran.toString()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().strip()).startsWith("plugpull: cannot ").contains(words)
        .doesNotContain("\n").doesNotContain("internal error").doesNotContain("Exception");
  }
}
