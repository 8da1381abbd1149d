package dev.plugpull.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plugpull.reports.face.CertificateHtml;
import dev.plugpull.reports.face.CertificateText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section about the real boot loader: in the record, in JSON, on the page and on the terminal. */
class LoaderComparisonTest {
  private static final LoaderComparison AGREES = new LoaderComparison("GRUB of Debian", 12, 3,
      Map.of("starts a kernel", 2L, "resets", 1L), List.of(), List.of("chainloader is multiboot"), List.of("9 states"));

  private static LoaderComparison disagrees(String mark) {
    return new LoaderComparison("GRUB of Debian", 12, 2, Map.of("resets", 3L),
        List.of(new LoaderComparison.Disagreement("kernel refresh" + mark, "boot 1: power fails at K18" + mark,
            List.of("the end: model 'resets', real 'stands still'" + mark), "real-boot-loader/state-1")),
        List.of(), List.of());
  }

  private static Certificate with(Verdict verdict, LoaderComparison comparison) {
    return new CertificateBuilder(Samples.device()).verdict(verdict).realBootLoader(comparison)
        .scenario(new Scenario("s", Verdict.PASS, "", Exploration.NONE, Outcomes.NONE, 0, List.of(), CrashMap.EMPTY))
        .seal();
  }

  @Test
  void aPassNeedsARealLoaderThatBearsItOut() {
    assertThat(with(Verdict.PASS, AGREES).realBootLoader().holds()).isTrue();
    assertThat(with(Verdict.PASS, null).realBootLoader()).isNull();
    assertThatThrownBy(() -> with(Verdict.PASS, disagrees(""))).hasMessageContaining("does not bear the model out");
    LoaderComparison nothing = new LoaderComparison("", 5, 0, Map.of(), List.of(), List.of(), List.of("5 states"));
    assertThatThrownBy(() -> with(Verdict.PASS, nothing)).hasMessageContaining("does not bear the model out");
    assertThat(with(Verdict.UNKNOWN, disagrees("")).realBootLoader().lookedAt()).isEqualTo(3);
  }

  @Test
  void jsonFitsTheSchemaAndIsReadBack(@TempDir Path folder) throws IOException {
    for (LoaderComparison comparison : new LoaderComparison[] {AGREES, disagrees(""), null}) {
      Certificate certificate = with(Verdict.UNKNOWN, comparison);
      String json = CertificateJson.write(certificate);
      try (InputStream schema = CertificateJson.class.getResourceAsStream("certificate.schema.json")) {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8)).validate(json, InputFormat.JSON))
            .isEmpty();
      }
      Path file = Files.writeString(folder.resolve("certificate.json"), json);
      assertThat(CertificateJson.readCertificate(file)).isEqualTo(certificate);
    }
  }

  @Test
  void whatDisagreedStandsOnThePageAndTheTerminalAsText() {
    String page = CertificateHtml.write(with(Verdict.UNKNOWN, disagrees("<b>x\u001b[31m")));
    assertThat(page)
        .contains("Held against the real boot loader", "3 of 12 states", "state-1", "the verdict is unknown")
        .doesNotContain("<b>x");
    String text = CertificateText.write(with(Verdict.UNKNOWN, disagrees("<b>x\u001b[31m")), false);
    assertThat(text).contains("GRUB of Debian: 2 of 3 states agreed, of 12", "disagrees: kernel refresh",
        "real 'stands still'").doesNotContain("\u001b");
    assertThat(CertificateHtml.write(with(Verdict.PASS, AGREES))).contains("starts a kernel in 2 states", "multiboot");
    assertThat(CertificateHtml.write(with(Verdict.PASS, null))).doesNotContain("Held against the real");
  }
}
