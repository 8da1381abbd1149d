package dev.plugpull.conformance.record;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finished boots of a recording's crash states, one JSON object a line, by content of the state. A run that was stopped
 * or killed goes on from here; a last line that was cut short is passed over.
 */
final class Journal {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final Map<String, Judgement> byHash = new LinkedHashMap<>();
  private final Map<String, String> settled = new LinkedHashMap<>();
  private final Map<String, Outcome> sampled = new LinkedHashMap<>();

  private Journal(Path file) {
    this.file = file;
  }

  static Journal open(Path file) throws IOException {
    Journal journal = new Journal(file);
    if (Files.exists(file)) {
      String text = Files.readString(file);
      int whole = text.lastIndexOf('\n') + 1;
      for (String line : text.substring(0, whole).lines().toList()) {
        journal.take(line);
      }
      if (whole < text.length()) {
        Files.writeString(file, text.substring(0, whole));
      }
    }
    return journal;
  }

  private void take(String line) throws IOException {
    try {
      JsonNode json = JSON.readTree(line);
      if (json.has("settled")) {
        settled.put(json.path("settled").asString(""), json.path("problem").asString(""));
        return;
      }
      if (json.has("sampled")) {
        sampled.put(json.path("sampled").asString(""), Outcome.of(json.path("outcome").asString("")));
        return;
      }
      List<String> ends = json.path("ends").valueStream().map(n -> n.asString("")).toList();
      Trial trial = new Trial(ends, Outcome.of(json.path("trial").asString("")),
          unpack(json.path("reads").asString("")), json.path("answers").asBoolean(false), false,
          json.path("after").asString(""));
      Judgement judged = new Judgement(json.path("state").asString(""), json.path("position").asInt(0),
          json.path("request").asInt(0), json.path("hash").asString(""), "", trial,
          Outcome.of(json.path("outcome").asString("")), json.path("why").asString(""));
      byHash.put(judged.hash(), judged);
    } catch (JacksonException | IllegalArgumentException | IOException e) {
      throw new IOException("cannot read " + file + ": a line of it is damaged; delete the file to judge again", e);
    }
  }

  Path file() {
    return file;
  }

  /** The booted states so far, in the order of their boots. */
  Map<String, Judgement> booted() {
    return byHash;
  }

  void add(Judgement judged) throws IOException {
    byHash.put(judged.hash(), judged);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("state", judged.state());
    line.put("position", judged.position());
    line.put("request", judged.request());
    line.put("hash", judged.hash());
    line.put("trial", judged.trial().outcome().word());
    line.put("outcome", judged.outcome().word());
    line.put("why", judged.why());
    line.put("ends", judged.ends());
    line.put("answers", judged.trial().answers());
    line.put("after", judged.trial().after());
    line.put("reads", pack(judged.trial().reads()));
    append(line);
  }

  /** What the next update of a disk with this fingerprint did, or null if that is not known. */
  String settled(String after) {
    return settled.get(after);
  }

  void addSettled(String after, String problem) throws IOException {
    settled.put(after, problem);
    append(Map.of("settled", after, "problem", problem));
  }

  /** How a state that a read set had answered came back when it was booted after all; null if it was not yet. */
  Outcome sampled(String hash) {
    return sampled.get(hash);
  }

  void addSampled(String hash, Outcome outcome) throws IOException {
    sampled.put(hash, outcome);
    append(Map.of("sampled", hash, "outcome", outcome.word()));
  }

  private void append(Map<String, Object> line) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String pack(BitSet sectors) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(sectors.toByteArray());
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static BitSet unpack(String text) throws IOException {
    byte[] packed = Base64.getDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return BitSet.valueOf(in.readAllBytes());
    }
  }
}
