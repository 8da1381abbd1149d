package dev.plugpull.conformance.cli;

import dev.plugpull.sim.store.assertion.Assertion;
import dev.plugpull.sim.store.assertion.AssertionException;
import dev.plugpull.sim.store.assertion.AssertionSigner;
import dev.plugpull.sim.store.assertion.AssertionStream;
import dev.plugpull.sim.store.assertion.ChainVerifier;
import dev.plugpull.sim.store.assertion.HeaderValue;
import dev.plugpull.sim.store.assertion.KeyRing;
import dev.plugpull.sim.store.assertion.SigningKey;
import dev.plugpull.sim.store.assertion.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code plugpull assertion}: judges, shows and makes assertions in snapd's format. Exit codes: 0 all verify, 1 some do
 * not (or their key is not known), 2 usage or unreadable input.
 */
@Command(name = "assertion", mixinStandardHelpOptions = true,
    description = "Verify, show and sign assertions in snapd's format")
public final class AssertionCommand implements Runnable {

  private static final long MAX_FILE_BYTES = 64L << 20;

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "cannot run 'assertion': name one of verify, show, sign, key");
  }

  @Command(name = "verify", mixinStandardHelpOptions = true,
      description = "Say of every assertion whether its signature holds and where its chain of keys ends")
  int verify(
      @Option(names = "--keys", paramLabel = "DIR",
          description = "trust the roots and use the account-keys and *.key files below this folder")
      List<Path> keys,
      @Option(names = "--at", paramLabel = "TIME",
          description = "also demand that every key is valid at this RFC 3339 time")
      String at,
      @Option(names = "--json", paramLabel = "FILE", description = "write the results as JSON") Path json,
      @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files) {
    try {
      return verifyAll(keys == null ? List.of() : keys, at, json, files);
    } catch (AssertionException | IOException e) {
      return unusable(e);
    }
  }

  private int verifyAll(List<Path> keys, String at, Path json, List<Path> files)
      throws AssertionException, IOException {
    Optional<Instant> moment = at == null ? Optional.empty() : Optional.of(time(at));
    KeyRing ring = new KeyRing();
    for (Path folder : keys) {
      KeyFolder.addAll(folder, ring);
    }
    Map<Path, AssertionStream> read = new LinkedHashMap<>();
    boolean unreadable = false;
    for (Path file : files) {
      try {
        AssertionStream stream = read(file);
        stream.assertions().forEach(assertion -> ring.add(assertion, false));
        read.put(file, stream);
      } catch (AssertionException | IOException e) {
        unusable(e);
        unreadable = true;
      }
    }
    List<Map<String, Object>> results = results(read, new ChainVerifier(ring, moment));
    if (json != null) {
      String text = JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(results);
      write(json, text + "\n");
    }
    boolean allHold = results.stream().allMatch(result -> result.get("verifies").equals("yes"));
    return unreadable ? 2 : allHold ? 0 : 1;
  }

  private List<Map<String, Object>> results(Map<Path, AssertionStream> read, ChainVerifier verifier) {
    List<Map<String, Object>> results = new ArrayList<>();
    read.forEach((file, stream) -> {
      for (int index = 0; index < stream.assertions().size(); index++) {
        Assertion assertion = stream.assertions().get(index);
        Verdict verdict = verifier.verify(assertion);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("file", file.toString());
        result.put("index", index);
        result.put("type", assertion.typeName());
        result.put("verifies", verdict.verifies().text());
        result.put("anchoredAt", verdict.anchoredAt());
        result.put("why", verdict.why());
        results.add(result);
        out().println(file + " " + index + " " + assertion.typeName() + ": " + verdict.verifies().text()
            + (verdict.verifies() == Verdict.Verifies.YES ? ", " + verdict.anchoredAt() : "") + " (" + verdict.why()
            + ")");
      }
    });
    out().flush();
    return results;
  }

  @Command(name = "show", mixinStandardHelpOptions = true,
      description = "Print type, key, revision and headers of every assertion of a file")
  int show(@Parameters(paramLabel = "FILE") Path file) {
    try {
      for (Assertion assertion : read(file).assertions()) {
        out().println(assertion);
        out().println(new String(assertion.content(), StandardCharsets.UTF_8).lines()
            .map(line -> "  " + line.replaceAll("\\p{Cntrl}", ".")).reduce("", (a, b) -> a + b + "\n"));
      }
      out().flush();
      return 0;
    } catch (AssertionException | IOException e) {
      return unusable(e);
    }
  }

  @Command(name = "sign", mixinStandardHelpOptions = true,
      description = "Sign headers (in the grammar of assertions, or '-' for standard input) and print the assertion")
  int sign(
      @Option(names = "--key", required = true, paramLabel = "PRIVATE", description = "PKCS#8 PEM file") Path key,
      @Option(names = "--headers", required = true, paramLabel = "FILE|-") String headers,
      @Option(names = "--body", paramLabel = "FILE") Path body,
      @Option(names = "--at", paramLabel = "TIME", description = "time written into the signature") String at) {
    try {
      SigningKey signer = SigningKey.fromPem(new String(bytes(key), StandardCharsets.UTF_8));
      byte[] head = headers.equals("-") ? System.in.readNBytes(1 << 20) : bytes(Path.of(headers));
      Map<String, HeaderValue> parsed = AssertionSigner.readHeaders(head);
      Assertion made = AssertionSigner.sign(parsed, body == null ? new byte[0] : bytes(body), signer,
          at == null ? Instant.now() : time(at));
      out().print(new String(made.encoded(), StandardCharsets.UTF_8));
      out().flush();
      return 0;
    } catch (AssertionException | IOException e) {
      return unusable(e);
    }
  }

  /** {@code assertion key}: holds the one action {@code generate}. */
  @Command(name = "key", mixinStandardHelpOptions = true, description = "Handle signing keys")
  int key(
      @Parameters(paramLabel = "generate", description = "the action: generate") String action,
      @Option(names = "--bits", defaultValue = "4096", description = "size, ${DEFAULT-VALUE} if not given") int bits,
      @Option(names = "--out", paramLabel = "FILE", description = "where the private key goes; else printed") Path to) {
    if (!action.equals("generate") || bits < 1024 || bits > 16384 || bits % 8 != 0) {
      throw new ParameterException(spec.commandLine(),
          "cannot handle key: the action is 'generate', --bits a multiple of 8 from 1024 to 16384");
    }
    try {
      SigningKey made = SigningKey.generate(bits, new SecureRandom());
      if (to == null) {
        out().print(made.toPem());
      } else {
        Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(to, made.toPem(), StandardOpenOption.WRITE);
      }
      out().println("key id: " + made.id());
      out().println(new String(made.publicKey().encoded(), StandardCharsets.US_ASCII));
      out().flush();
      return 0;
    } catch (AssertionException | IOException e) {
      return unusable(e);
    }
  }

  static AssertionStream read(Path file) throws IOException, AssertionException {
    try {
      return AssertionStream.decode(bytes(file));
    } catch (AssertionException e) {
      throw new AssertionException("cannot read " + file + ": " + e.why());
    }
  }

  static byte[] bytes(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("cannot read " + file + ": not a file; name an existing file");
    }
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException("cannot read " + file + ": larger than " + MAX_FILE_BYTES + " bytes");
    }
    return Files.readAllBytes(file);
  }

  private static Instant time(String text) throws AssertionException {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new AssertionException("cannot use --at " + text + ": write a time like 2026-01-31T12:00:00Z");
    }
  }

  private static void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IOException("cannot write " + file + ": " + e.getClass().getSimpleName() + "; is its folder there?", e);
    }
  }

  private int unusable(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    spec.commandLine().getErr().println(message.startsWith("cannot ") ? message : "cannot use file: " + message);
    spec.commandLine().getErr().flush();
    return 2;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
