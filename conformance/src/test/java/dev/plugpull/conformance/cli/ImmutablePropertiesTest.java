package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.conformance.certify.ExampleFolder;
import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.CertificateJson;
import dev.plugpull.reports.Requirement;
import dev.plugpull.reports.Verdict;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.ProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The four properties of an immutable system stand in every report by their names, whatever the family. */
class ImmutablePropertiesTest {
  private static final List<String> NAMES = List.of("read-only", "atomic", "predictable", "isolated");

  @TempDir
  private Path folder;

  private record Report(Certificate certificate, String text, String html) {
    Requirement requirement(String id) {
      return certificate.requirements().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
    }
  }

  private Report certify(Path profile, String scenario) throws IOException {
    Path json = folder.resolve("certificate.json");
    Command.Ran ran = Command.run("certify", "--profile", profile.toString(), "--scenario", scenario,
        "--work-units", "0", "--out", folder.resolve("out").toString(), "--json", json.toString());
    assertThat(ran.err()).isEmpty();
    return new Report(CertificateJson.readCertificate(json), ran.out(),
        Files.readString(folder.resolve("out").resolve("report.html")));
  }

  static List<Path> profiles() throws IOException {
    try (Stream<Path> files = Files.list(ExampleFolder.root().resolve("examples/profiles"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyReportNamesTheFour(Path file) throws IOException {
    ProfileFile read = ProfileFile.read(file);
    Family family = Families.named(read.profile().family(), "this test");
    Report report = certify(file, family.scenarios(read.profile()).getFirst());
    assertThat(report.certificate().requirements()).filteredOn(r -> Requirement.IMMUTABLE.contains(r.id()))
        .extracting(Requirement::property).containsExactlyInAnyOrderElementsOf(NAMES);
    assertThat(report.text()).contains("immutable: read-only ", " · atomic ", " · predictable ", " · isolated ");
    NAMES.forEach(name -> assertThat(report.html()).contains(">" + name + ": "));
  }

  @Test
  void everyFamilyHasAReferenceProfile() throws IOException {
    for (Family family : Families.all()) {
      assertThat(profiles()).as(family.name()).anyMatch(file -> family.name().equals(familyOf(file)));
    }
  }

  private static String familyOf(Path file) {
    try {
      return ProfileFile.read(file).profile().family();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Where nobody tries to change a base the report does not say that it held. */
  @Test
  void whatNobodyTriesIsNotCalledPassed() throws IOException {
    Report report = certify(ExampleFolder.root().resolve("examples/profiles/download.yaml"), "refresh");
    assertThat(report.text()).contains("immutable: read-only not run · atomic ", "isolated not run");
    assertThat(report.requirement("RO").why()).contains("no base beneath it");
  }

  /** Without any fault: attempts to change the base, and an update that reaches beyond what is its own. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "chrome-os|update|writable-root|RO", "micro-os|update|root-left-writable|RO", "ostree|upgrade|usr-writable|RO",
      "docker|update of one application|host-writable|RO", "ubuntu-core|base refresh|base-writable|RO",
      "flatpak|update of an application and its runtime|host-writable|RO", "rauc|update|base-writable|RO",
      "systemd-boot|update|base-writable|RO", "uboot-bootcount|update|base-writable|RO",
      "raspberry-pi-tryboot|update|base-writable|RO", "chrome-os|update|writes-behind-partition|ISO",
      "micro-os|update|script-writes-var|ISO", "ostree|upgrade|applications-rewritten|ISO",
      "docker|update of one application|others-removed|ISO",
      "flatpak|update of an application and its runtime|others-undeployed|ISO",
      "rauc|update|applications-rewritten|ISO", "systemd-boot|update|applications-rewritten|ISO",
      "uboot-bootcount|update|applications-rewritten|ISO",
      "raspberry-pi-tryboot|update|applications-rewritten|ISO"})
  void aBrokenTwinFailsByThatName(String family, String scenario, String variant, String id) throws IOException {
    Path profile = Files.writeString(folder.resolve("broken.yaml"),
        "family: " + family + "\nname: broken\nvariants: [" + variant + "]\n");
    Report report = certify(profile, scenario);
    Requirement failed = report.requirement(id);
    assertThat(failed.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(failed.evidence()).isNotEmpty();
    assertThat(report.text()).contains(failed.property() + " fail");
    Path fixed = Files.writeString(folder.resolve("fixed.yaml"), "family: " + family + "\nname: fixed\n");
    assertThat(certify(fixed, scenario).requirement(id).verdict()).isNotEqualTo(Verdict.FAIL);
  }
}
