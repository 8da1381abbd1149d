package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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

  private record Run(int exit, String out, String err) {}

  private static Run run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = new CommandLine(new AssertionCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
        .execute(words);
    return new Run(exit, out.toString(), err.toString());
  }
}
