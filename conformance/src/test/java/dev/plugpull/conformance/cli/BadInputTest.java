package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that cannot be read: one sentence, exit 2, and nothing left behind. */
class BadInputTest {
  @TempDir
  private Path folder;

  @Test
  void nothingUnreadableEndsInAStackTrace() throws IOException {
    Map<String, Path> bad = new TreeMap<>();
    bad.put("missing", folder.resolve("missing"));
    bad.put("empty file", Files.createFile(folder.resolve("empty.snap")));
    bad.put("binary", Files.write(folder.resolve("binary.snap"), new byte[] {0, 1, 2, (byte) 0xff, 7}));
    bad.put("huge", huge());
    byte[] head = "hsqs\1\0\0\0".getBytes(StandardCharsets.US_ASCII);
    bad.put("truncated snap", Files.write(folder.resolve("short.snap"), head));
    bad.put("empty folder", Files.createDirectory(folder.resolve("nothing")));
    bad.put("facts only", gadget("facts", "layout.json", "{}"));
    bad.put("template", gadget("template", "gadget.yaml.j2", "volumes: {{ volumes }}"));
    bad.put("cyclic", gadget("cyclic", "gadget.yaml", "volumes: &a\n  x: *a\n"));
    bad.put("not utf-8", gadget("latin", "gadget.yaml", "volumes: \u00e4\u00ff"));
    bad.put("deep", gadget("deep", "gadget.yaml", "[".repeat(100_000)));
    bad.put("a list", gadget("list", "gadget.yaml", "- a\n- b\n"));
    Files.write(bad.get("not utf-8").resolve("gadget.yaml"), "volumes: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    for (Path path : bad.values()) {
      Path out = folder.resolve("out");
      Command.Ran ran = Command.run("certify", path.toString(), "--out", out.toString(), "--work-units", "0");
      CertifyCommandTest.assertOneSentence(ran, "");
      assertThat(out).doesNotExist();
    }
  }

  private Path huge() throws IOException {
    Path file = folder.resolve("huge.snap");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }
    return file;
  }

  private Path gadget(String name, String file, String text) throws IOException {
    Path gadget = Files.createDirectory(folder.resolve(name));
    Files.writeString(gadget.resolve(file), text);
    return gadget;
  }
}
