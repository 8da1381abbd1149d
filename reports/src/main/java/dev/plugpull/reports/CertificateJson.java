package dev.plugpull.reports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON face: same certificate, same bytes. Its schema is {@code certificate.schema.json} beside the records. */
public final class CertificateJson {
  private static final JsonMapper MAPPER = JsonMapper.builder()
      .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
          DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
      .enable(SerializationFeature.INDENT_OUTPUT)
      .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
      .defaultPrettyPrinter(new DefaultPrettyPrinter()
          .withObjectIndenter(new DefaultIndenter("  ", "\n"))
          .withArrayIndenter(new DefaultIndenter("  ", "\n")))
      .build();

  /** What the digest leaves out: itself, times, and what names a folder of this machine. */
  private static final List<String> OUTSIDE_DIGEST = List.of("digest", "seconds", "replay", "command");

  private CertificateJson() {}

  public static String write(Certificate certificate) {
    return MAPPER.writeValueAsString(certificate) + "\n";
  }

  public static String write(Replay replay) {
    return MAPPER.writeValueAsString(replay) + "\n";
  }

  /**
   * Reads a certificate.
   *
   * @throws IOException with {@code cannot read certificate FILE: why}
   */
  public static Certificate readCertificate(Path file) throws IOException {
    return read(file, "certificate", Certificate.class);
  }

  /**
   * Reads a counter-example's replay file.
   *
   * @throws IOException with {@code cannot read replay FILE: why}
   */
  public static Replay readReplay(Path file) throws IOException {
    return read(file, "replay", Replay.class);
  }

  /** {@code sha256:...} over everything but times, paths and commands. */
  public static String digest(Certificate certificate) {
    ObjectNode tree = MAPPER.valueToTree(certificate);
    var inputs = new ArrayList<String>();
    tree.withArray("inputs").forEach(input -> inputs.add(input.get("digest").asString()));
    inputs.sort(Comparator.naturalOrder());
    strip(tree);
    ArrayNode digests = tree.putArray("inputs");
    inputs.forEach(digests::add);
    byte[] bytes = tree.toString().getBytes(StandardCharsets.UTF_8);
    return "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes));
  }

  public static String write(Census census) {
    return MAPPER.writeValueAsString(census) + "\n";
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      // Maps of the vendor's own variables may use the same names; they stay whole.
      for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
        if (OUTSIDE_DIGEST.contains(entry.getKey())) {
          object.remove(entry.getKey());
        } else if (!List.of("disk", "environment", "options").contains(entry.getKey())) {
          strip(entry.getValue());
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(CertificateJson::strip);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static <T> T read(Path file, String what, Class<T> type) throws IOException {
    String cannot = "cannot read " + what + " " + file + ": ";
    try {
      T value = MAPPER.readValue(Files.readAllBytes(file), type);
      if (value == null) {
        throw new IOException(cannot + "it holds null; give a file that plugpull wrote");
      }
      return value;
    } catch (NoSuchFileException e) {
      throw new IOException(cannot + "no such file; give a file that plugpull wrote", e);
    } catch (JacksonException e) {
      String at = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      throw new IOException(cannot + at + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IOException(cannot + "a field is missing or out of range", e);
    }
  }
}
