package dev.plugpull.conformance.compare;

import dev.plugpull.conformance.machine.Target;
import dev.plugpull.conformance.machine.YamlNode;
import dev.plugpull.conformance.record.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** {@code predictions.yaml} beside a target: what its model said before the machine was tried. */
public final class PredictionFile {
  private PredictionFile() {}

  /** Where the predictions of a target are. */
  public static Path of(Target target) {
    return target.folder().resolve("predictions.yaml");
  }

  /** The file's text; the same for the same predictions. */
  public static String text(Target target, List<Prediction> predictions) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("target", target.name());
    root.put("models", predictions.stream().map(PredictionFile::model).toList());
    return "# What one power cut can leave, as the model says. Written by ./plugpull vm predict " + target.name()
        + "; do not edit.\n"
        + YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES).enable(YAMLWriteFeature.MINIMIZE_QUOTES).build()
            .writeValueAsString(root);
  }

  private static Map<String, Object> model(Prediction prediction) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", prediction.model());
    model.put("states", prediction.states());
    model.put("boundedPoints", prediction.boundedPoints());
    Map<String, Object> phases = new LinkedHashMap<>();
    prediction.phases().forEach((phase, outcomes) -> phases.put(phase, words(outcomes)));
    model.put("phases", phases);
    Map<String, Object> reasons = new LinkedHashMap<>();
    prediction.reasons().forEach((outcome, reason) -> reasons.put(outcome.word(), reason));
    model.put("reasons", reasons);
    List<Map<String, Object>> points = new ArrayList<>();
    for (Prediction.Point point : prediction.points()) {
      points.add(Map.of(point.name(), words(point.outcomes())));
    }
    model.put("points", points);
    return model;
  }

  /**
   * Reads predictions of a target: those of its own model, then those of the variants.
   *
   * @throws IOException {@code cannot ...}: the file is missing, damaged, or of another target
   */
  public static List<Prediction> read(Path file, Target target) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("cannot compare " + target.name() + " with its model: " + file
          + " is not there; write it with ./plugpull vm predict before the machine is tried");
    }
    YamlNode root = YamlNode.read(file, "the prediction").map("target", "models");
    if (!root.get("target").text().equals(target.name())) {
      throw root.get("target").bad("is '" + root.get("target").text() + "', and the target is " + target.name());
    }
    List<Prediction> predictions = new ArrayList<>();
    for (YamlNode model : root.get("models").list()) {
      predictions.add(prediction(model));
    }
    if (predictions.isEmpty()) {
      throw root.get("models").bad("must hold at least one model");
    }
    return predictions;
  }

  private static Prediction prediction(YamlNode model) throws IOException {
    model.map("name", "states", "boundedPoints", "phases", "reasons", "points");
    Map<String, SortedSet<Outcome>> phases = new LinkedHashMap<>();
    for (String phase : model.get("phases").keys()) {
      phases.put(phase, outcomes(model.get("phases").get(phase)));
    }
    TreeMap<Outcome, String> reasons = new TreeMap<>();
    for (String word : model.get("reasons").keys()) {
      reasons.put(outcome(word, model.get("reasons")), model.get("reasons").get(word).text());
    }
    List<Prediction.Point> points = new ArrayList<>();
    for (YamlNode point : model.get("points").list()) {
      for (String name : point.keys()) {
        points.add(new Prediction.Point(name, outcomes(point.get(name))));
      }
    }
    return new Prediction(model.get("name").text(), phases, points, reasons,
        model.get("states").number(0, 0, Integer.MAX_VALUE), model.get("boundedPoints").number(0, 0,
            Integer.MAX_VALUE));
  }

  private static String words(SortedSet<Outcome> outcomes) {
    return String.join(", ", Prediction.words(outcomes));
  }

  private static SortedSet<Outcome> outcomes(YamlNode text) throws IOException {
    SortedSet<Outcome> outcomes = new TreeSet<>();
    for (String word : text.text().split(",")) {
      outcomes.add(outcome(word.strip(), text));
    }
    return outcomes;
  }

  private static Outcome outcome(String word, YamlNode where) throws IOException {
    try {
      return Outcome.of(word);
    } catch (IllegalArgumentException e) {
      throw where.bad("says '" + word + "', which is no outcome");
    }
  }
}
