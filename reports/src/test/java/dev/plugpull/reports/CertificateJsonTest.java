package dev.plugpull.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateJsonTest {
  @TempDir
  Path folder;

  @Test
  void certificatesFitTheSchema() throws IOException {
    Schema schema = schema();
    for (Certificate certificate : new Certificate[] {Samples.neverSaves(), Samples.passing(),
        Samples.with(200, 300, "<script>\u2028\u202e\u0001")}) {
      assertThat(schema.validate(CertificateJson.write(certificate), InputFormat.JSON)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "\"verdict\" : \"fail\" | \"verdict\" : \"fine\"",
    "\"crashStates\" : | \"crashStats\" :",
    "\"attributedTo\" : \"gadget\" | \"attributedTo\" : \"nobody\"",
    "\"digest\" : \"sha256: | \"digest\" : \"md5:",
    "\"boot\" : 1 | \"boot\" : 0",
  })
  void schemaRefusesWhatIsWrong(String right, String wrong) throws IOException {
    String json = CertificateJson.write(Samples.neverSaves());
    assertThat(json).contains(right);
    assertThat(schema().validate(json.replace(right, wrong), InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    Certificate certificate = Samples.neverSaves();
    Path file = folder.resolve("certificate.json");
    Files.writeString(file, CertificateJson.write(certificate));
    assertThat(CertificateJson.readCertificate(file)).isEqualTo(certificate);
    assertThat(CertificateJson.digest(CertificateJson.readCertificate(file))).isEqualTo(certificate.digest());
  }

  @Test
  void replayReadsBack() throws IOException {
    Certificate certificate = Samples.neverSaves();
    Replay replay = Replay.of(certificate, certificate.counterExamples().getFirst());
    Path file = folder.resolve("nobrick-1.json");
    Files.writeString(file, CertificateJson.write(replay));
    assertThat(CertificateJson.readReplay(file)).isEqualTo(replay);
  }

  @Test
  void sameCertificateSameBytes() {
    assertThat(CertificateJson.write(Samples.neverSaves())).isEqualTo(CertificateJson.write(Samples.neverSaves()));
  }

  @Test
  void jsonIsAsciiSoThatNoReaderStumbles() {
    assertThat(CertificateJson.write(Samples.with(1, 3, "\u2028\u202eü")))
        .matches("[\\x20-\\x7e\\n]*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{}", "{\"verdict\":1}", "\u0000\u0001", "{\"schema\":1} x"})
  void badInputIsAnErrorInWords(String text) throws IOException {
    Path file = folder.resolve("bad.json");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> CertificateJson.readCertificate(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot read certificate " + file + ": ");
    assertThatThrownBy(() -> CertificateJson.readReplay(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot read replay " + file + ": ");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> CertificateJson.readReplay(folder.resolve("absent.json")))
        .hasMessageContaining("no such file");
  }

  private static Schema schema() throws IOException {
    try (var in = CertificateJson.class.getResourceAsStream("certificate.schema.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
    }
  }
}
