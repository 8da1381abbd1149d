package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.plugpull.conformance.certify.ExampleFolder;
import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.CertificateJson;
import dev.plugpull.reports.CounterExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real gadgets, as a vendor would give them. They are not part of this repository: without the shared data beside it,
 * or without the boot scripts that docs/census.md says how to bring, tests are skipped aloud.
 */
class CorpusGadgetsTest {
  @TempDir
  private Path temp;

  private static Path corpus() {
    Path folder = ExampleFolder.root().resolve("../shared/corpus/gadgets").normalize();
    if (!Files.isDirectory(folder)) {
      abort("skipped: no real gadgets at " + folder);
    }
    return folder;
  }

  private static Path scripts(String gadget) {
    Path folder = ExampleFolder.root().resolve(".cache/boot-scripts").resolve(gadget);
    if (!Files.isDirectory(folder)) {
      abort("skipped: no boot script at " + folder + "; docs/census.md says where it is public");
    }
    return folder;
  }

  private static Stream<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList().stream();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFolderGetsAVerdictOrARemedy() throws IOException {
    return list(corpus()).filter(Files::isDirectory)
        .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> verdictOrRemedy(folder)));
  }

  private void verdictOrRemedy(Path folder) throws IOException {
    Command.Ran ran = certify(folder, "--work-units", "0");
    boolean readable = list(folder).anyMatch(
        file -> file.getFileName().toString().matches("gadget(-\\w+)?\\.yaml"));
    if (!readable) {
      CertifyCommandTest.assertOneSentence(ran, folder.getFileName() + "");
      assertThat(ran.err()).containsPattern("; (bring|fill)");
      return;
    }
    assertThat(ran.exit()).as(ran.toString()).isIn(0, 3);
    assertThat(ran.err()).isEmpty();
    assertThat(certificate().counterExamples()).filteredOn(CounterExample::countsAgainstGadget).isEmpty();
  }

  @Test
  void aScriptThatNeverFlipsIsALoopWithoutAnyFault() throws IOException {
    Path gadget = beside("iot-nezha-22");
    Command.Ran ran = certify(gadget, "--work-units", "1", "--scenario", "kernel refresh");
    assertThat(ran.exit()).as(ran.toString()).isEqualTo(1);
    assertThat(certificate().counterExamples()).filteredOn(CounterExample::countsAgainstGadget)
        .anySatisfy(example -> {
          assertThat(example.property()).isEqualTo("NOBRICK");
          assertThat(example.title()).contains("reboots for ever", "kernel_status is try");
        });
  }

  /** Its GRUB is for a processor that snapd's configuration does not know: nothing to excuse, nothing to blame. */
  @Test
  void whatIsNotModelledIsNeitherAPassNorAFailure() throws IOException {
    Command.Ran ran = certify(beside("iot-nezha-24"), "--work-units", "1");
    assertThat(ran.exit()).as(ran.toString()).isEqualTo(3);
    assertThat(certificate().notLookedAt()).anyMatch(why -> why.contains("grubriscv64.efi"));
    assertThat(certificate().counterExamples()).isEmpty();
    assertThat(certificate().hazards()).isEmpty();
  }

  private Path beside(String gadget) throws IOException {
    Path folder = Files.createDirectory(temp.resolve(gadget));
    for (Path file : Stream.concat(list(corpus().resolve(gadget)), list(scripts(gadget))).toList()) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
    return folder;
  }

  private Command.Ran certify(Path folder, String... more) {
    return Command.run(Stream.concat(
        Stream.of("certify", folder.toString(), "--out", temp.resolve("out").toString(), "--json",
            temp.resolve("certificate.json").toString()),
        Stream.of(more)).toArray(String[]::new));
  }

  private Certificate certificate() throws IOException {
    return CertificateJson.readCertificate(temp.resolve("certificate.json"));
  }
}
