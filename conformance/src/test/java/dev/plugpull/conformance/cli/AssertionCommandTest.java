package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.plugpull.conformance.certify.ExampleFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as a person types it: key, headers, signature, verdict. */
class AssertionCommandTest {

  @TempDir
  private Path folder;

  @Test
  void aGeneratedKeySignsAndItsOwnRootVerifies() throws Exception {
    Path key = folder.resolve("private.pem");
    Run made = run("key", "generate", "--bits", "1024", "--out", key.toString());
    assertThat(made.exit).as(made.err).isZero();
    String id = made.out.lines().findFirst().orElseThrow().substring("key id: ".length());
    Path body = Files.writeString(folder.resolve("body"), made.out.substring(made.out.indexOf('\n') + 1).strip());
    Path headers = Files.writeString(folder.resolve("headers"), "type: account-key\nauthority-id: me\n"
        + "account-id: me\nname: root\nsince: 2020-01-01T00:00:00Z\npublic-key-sha3-384: " + id + "\n");
    Run signed = run("sign", "--key", key.toString(), "--headers", headers.toString(), "--body", body.toString());
    assertThat(signed.exit).as(signed.err).isZero();
    Path keys = Files.createDirectory(folder.resolve("keys"));
    Path root = Files.writeString(keys.resolve("root.account-key"), signed.out);

    assertThat(run("verify", root.toString()).out).contains("no-key");
    Path json = folder.resolve("out.json");
    Run verified = run("verify", "--keys", keys.toString(), "--json", json.toString(), root.toString());
    assertThat(verified.exit).as(verified.err).isZero();
    assertThat(json).content().contains("\"verifies\" : \"yes\"", "\"anchoredAt\" : \"root " + id.substring(0, 10));
    assertThat(run("verify", "--keys", keys.toString(), "--at", "2019-01-01T00:00:00Z", root.toString()).exit)
        .isEqualTo(1);
    assertThat(run("show", root.toString()).out).contains("account-key[" + id + "] revision 0");
  }

  @Test
  void badInputEndsInOneLineAndExitTwo() throws Exception {
    Path junk = Files.write(folder.resolve("junk"), new byte[] {0, 1, (byte) 0xff});
    for (Run run : new Run[] {run("verify", junk.toString()), run("show", junk.toString()),
        run("verify", folder.resolve("absent").toString()), run("verify", "--at", "noon", junk.toString()),
        run("sign", "--key", junk.toString(), "--headers", junk.toString())}) {
      assertThat(run.exit).isEqualTo(2);
      assertThat(run.err).startsWith("cannot ").doesNotContain("\tat ");
    }
    assertThat(run("verify").exit).isEqualTo(2);
    assertThat(run().exit).isEqualTo(2);
  }

  @Test
  void aDemandedHeaderThatIsMissingIsNamedWithAWayOut() throws Exception {
    String tooShort = "type: account\nauthority-id: me\naccount-id: me\ndisplay-name: Me\nvalidation: unproven\n";
    Path file = Files.writeString(folder.resolve("me.account"),
        tooShort + "sign-key-sha3-384: " + "k".repeat(64) + "\n\nc2ln\n");
    String missing = "account: header 'timestamp' is missing; sign it with a time like 2026-01-31T12:00:00Z";
    for (String verb : List.of("verify", "show")) {
      Run run = run(verb, file.toString());
      assertThat(run.exit).isEqualTo(2);
      assertThat(run.err).startsWith("cannot read " + file + ": " + missing);
    }
    Path key = folder.resolve("private.pem");
    run("key", "generate", "--bits", "1024", "--out", key.toString());
    Run signed = run("sign", "--key", key.toString(), "--headers",
        Files.writeString(folder.resolve("headers"), tooShort).toString());
    assertThat(signed.exit).isEqualTo(2);
    assertThat(signed.out).isEmpty();
    assertThat(signed.err).startsWith("cannot sign: " + missing);
  }

  /** The independent table beside the real assertions: the command says the same of every one, in every field. */
  @Test
  void everyRowOfTheTableHasItsVerdict() throws Exception {
    Path corpus = ExampleFolder.root().resolve("../shared/corpus/assertions").normalize();
    if (!Files.isDirectory(corpus)) {
      abort("skipped: no real assertions at " + corpus);
    }
    List<String> rows = Files.readAllLines(corpus.resolve("expected.tsv"));
    List<String> words = new ArrayList<>(List.of("verify", "--keys", corpus.toString(), "--json",
        folder.resolve("all.json").toString()));
    rows.stream().skip(1).map(row -> row.split("\t")).map(row -> corpus.resolve(row[0]).resolve(row[1]).toString())
        .distinct().forEach(words::add);
    Run run = run(words.toArray(String[]::new));
    assertThat(run.exit).as(run.err).isEqualTo(1);
    Set<String> said = new TreeSet<>();
    for (JsonNode one : JsonMapper.builder().build().readTree(Files.readString(folder.resolve("all.json")))) {
      said.add(String.join(" ", corpus.relativize(Path.of(one.path("file").asString())).toString(),
          one.path("index").asString(), one.path("type").asString(), one.path("verifies").asString(),
          one.path("anchoredAt").asString()));
    }
    Set<String> expected = new TreeSet<>();
    rows.stream().skip(1).map(row -> row.split("\t")).forEach(row -> expected.add(String.join(" ",
        row[0] + "/" + row[1], row[2], row[3], row[6].toLowerCase(Locale.ROOT), row[7])));
    assertThat(expected).hasSizeGreaterThan(90);
    assertThat(said).isEqualTo(expected);
  }

  private record Run(int exit, String out, String err) {}

  private static Run run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = new CommandLine(new AssertionCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
        .execute(words);
    return new Run(exit, out.toString(), err.toString());
  }
}
