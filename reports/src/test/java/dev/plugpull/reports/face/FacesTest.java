package dev.plugpull.reports.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.reports.Census;
import dev.plugpull.reports.CensusRow;
import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.FaultStep;
import dev.plugpull.reports.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FacesTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u2028\u202e\u0001\u001b[31m"
          + "x".repeat(900);

  @TempDir
  Path folder;

  @Test
  void hostileNamesStayText() {
    String html = CertificateHtml.write(Samples.with(2, 9, HOSTILE));
    assertThat(html).doesNotContain("<script>alert").doesNotContain("<img").contains("&lt;img src=x");
    assertThat(html.split("<script>", -1)).hasSize(2);
    assertThat(CertificateText.write(Samples.with(2, 9, HOSTILE), false)).doesNotContain("\u001b", "\u202e", "\u2028");
  }

  @Test
  void noneAndManyCounterExamplesShow() {
    assertThat(CertificateHtml.write(Samples.passing())).contains("None was found.").contains(">pass<");
    String html = CertificateHtml.write(Samples.with(200, 300, ""));
    assertThat(html).contains("id=\"ce-200\"").contains("18,332").contains("300 points");
    assertThat(html.length()).isLessThan(4_000_000);
  }

  @Test
  void everyRequirementOfEveryScenarioIsATestCase() throws Exception {
    Certificate certificate = Samples.with(2, 9, HOSTILE);
    byte[] xml = CertificateJunit.write(certificate).getBytes(StandardCharsets.UTF_8);
    var suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    // Two scenarios with three checks, one not run, ROLLBACK and ANTIRB without scenario, and the verdict.
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(10);
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(3);
    assertThat(suite.getElementsByTagName("error").getLength()).isEqualTo(2);
    assertThat(suite.getElementsByTagName("skipped").getLength()).isEqualTo(2);
  }

  @Test
  void terminalSaysWhatToDoNext() {
    String text = CertificateText.write(Samples.neverSaves(), false);
    assertThat(text).startsWith("acme 3.2 · Ubuntu Core 22 · u-boot, boot.sel on FAT · eMMC")
        .contains("NOBRICK violated: after a kernel that panics, the device reboots for ever.")
        .contains("  repeat       ./plugpull replay out/acme/nobrick-1.json")
        .contains("needs --from OLD_GADGET")
        .doesNotContain("\u001b");
    assertThat(CertificateText.write(Samples.neverSaves(), true)).contains("\u001b[31m");
  }

  @Test
  void whatIsEmptyLeavesNoCommaBehind() {
    FaultStep atRest = new FaultStep(1, "", 1, "at rest: revert", List.of(), List.of());
    assertThat(CertificateText.fault(atRest)).isEqualTo("after boot 1: at rest: revert");
    FaultStep cut = new FaultStep(2, "K18", 2, "cut", List.of(), List.of("ubuntu-boot: data of grubenv"));
    assertThat(CertificateText.fault(cut)).isEqualTo("boot 2, at K18 #2: cut; lost: ubuntu-boot: data of grubenv");
    assertThat(Words.joined(", ", "snapd", "", "")).isEqualTo("snapd");
    assertThat(Words.joined(" · ", "", "grub", "")).isEqualTo("grub");
  }

  @Test
  void censusIsATable() {
    var census = new Census("Public gadgets", List.of(
        CensusRow.of("acme", new CensusRow.Source("example.org/acme", "0123456789abcdef", "yes"),
            Samples.neverSaves(), "never saves | the <b>flip</b>", "acme/report.html"),
        CensusRow.of("good", CensusRow.Source.UNKNOWN, Samples.passing(), "", "")));
    assertThat(CensusMarkdown.write(census)).contains("2 gadgets: 1 pass, 1 fail")
        .contains("never saves \\| the &lt;b>flip");
    assertThat(CertificateHtml.write(census)).contains("href=\"acme/report.html\"").doesNotContain("<b>flip");
  }

  @Test
  void reportReplacesTheOldOneAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("out/report.html");
    ReportFile.write(file, "old");
    ReportFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(file.getParent().toFile().list()).containsExactly("report.html");
  }

  @Test
  void unwritableFolderIsSaid() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> ReportFile.write(blocked.resolve("report.html"), "x"))
        .isInstanceOf(IOException.class).hasMessageStartingWith("cannot write report: ");
  }

  @Test
  void failedRenameLeavesNothing() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("report.html/inside")).getParent();
    assertThatThrownBy(() -> ReportFile.write(taken, "x")).hasMessageStartingWith("cannot write report: ");
    assertThat(folder.toFile().list()).containsExactly("report.html");
  }
}
