package dev.plugpull.conformance.compare;

import dev.plugpull.conformance.record.CrashReport;
import dev.plugpull.conformance.record.Outcome;
import dev.plugpull.conformance.record.Phases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A crash run held against a target's model and its variants.
 *
 * @param model the target's own
 * @param variants what the same run says of the variants
 */
public record ModelAgainstMachine(CrashReport run, Comparison model, List<Comparison> variants) {

  public ModelAgainstMachine {
    variants = List.copyOf(variants);
  }

  /**
   * Compares.
   *
   * @param predictions of the target's model, then of its variants
   */
  public static ModelAgainstMachine of(List<Prediction> predictions, CrashReport run) throws IOException {
    Phases marks = run.recording().phases();
    List<Comparison> all = predictions.stream().map(said -> Comparison.of(said, run, marks)).toList();
    return new ModelAgainstMachine(run, all.getFirst(), all.subList(1, all.size()));
  }

  /** {@code fail} if the machine left the model's set; else {@code unknown} if the run itself is in doubt. */
  public String verdict() {
    return model.contradicted() ? "fail" : run.doubtful() ? "unknown" : "pass";
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s, recording %s, tier %s, against the model of %s: %s".formatted(run.target().name(),
        run.recording().number(), tier(), model.prediction().model(), verdict()));
    for (Comparison.Phase phase : model.phases()) {
      lines.add("%s: %s; model: %s; machine: %s".formatted(phase.name(), phase.words(), words(phase.predicted()),
          seen(phase.seen())));
      for (Outcome outcome : phase.outside()) {
        lines.add("  a defect of the model or a new bug: %s; boots of %s: %s; see it: ./plugpull vm boot %s --state %s"
            .formatted(outcome.word(), phase.examples().get(outcome), String.join("; then ",
                phase.ends().get(outcome)), run.target().name(), phase.examples().get(outcome)));
      }
      if (!phase.neverSeen().isEmpty()) {
        lines.add("  allowed by the model, and not seen in " + phase.states() + " states: "
            + words(phase.neverSeen()));
      }
    }
    for (Comparison variant : variants) {
      lines.add("variant '" + variant.prediction().model() + "': " + told(variant));
    }
    run.notLookedAt().forEach(text -> lines.add("not looked at: " + text));
    return lines;
  }

  /** What the machine says of a variant. */
  static String told(Comparison variant) {
    List<String> outside = new ArrayList<>();
    for (Comparison.Phase phase : variant.phases()) {
      if (!phase.outside().isEmpty()) {
        outside.add(words(phase.outside()) + " in phase " + phase.name());
      }
    }
    return outside.isEmpty() ? "the machine does nothing that it excludes"
        : "the machine is outside its set: " + String.join("; ", outside);
  }

  String tier() {
    return run.tier().name().toLowerCase(Locale.ROOT);
  }

  static String words(java.util.Set<Outcome> outcomes) {
    return outcomes.isEmpty() ? "nothing" : String.join(", ", Prediction.words(outcomes));
  }

  static String seen(SortedMap<Outcome, Integer> seen) {
    List<String> counts = new ArrayList<>();
    seen.forEach((outcome, count) -> counts.add(count + " " + outcome.word()));
    return counts.isEmpty() ? "nothing judged" : String.join(", ", counts);
  }

  /** JSON as {@code comparison.schema.json} says, the same for the same findings. */
  public String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("target", run.target().name());
    json.put("recording", run.recording().number());
    json.put("tier", tier());
    json.put("verdict", verdict());
    json.put("states", model.states());
    json.put("model", comparison(model));
    json.put("variants", variants.stream().map(ModelAgainstMachine::comparison).toList());
    json.put("notLookedAt", run.notLookedAt());
    return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(json) + "\n";
  }

  private static Map<String, Object> comparison(Comparison comparison) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", comparison.prediction().model());
    json.put("contradicted", comparison.contradicted());
    json.put("neverSeen", comparison.neverSeen());
    json.put("phases", comparison.phases().stream().map(ModelAgainstMachine::phase).toList());
    return json;
  }

  private static Map<String, Object> phase(Comparison.Phase phase) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("phase", phase.name());
    json.put("result", phase.words());
    json.put("predicted", Prediction.words(phase.predicted()));
    Map<String, Object> seen = new LinkedHashMap<>();
    phase.seen().forEach((outcome, count) -> seen.put(outcome.word(), count));
    json.put("seen", seen);
    json.put("outside", Prediction.words(phase.outside()));
    json.put("neverSeen", Prediction.words(phase.neverSeen()));
    Map<String, Object> examples = new LinkedHashMap<>();
    phase.examples().forEach((outcome, state) -> examples.put(outcome.word(), state));
    json.put("examples", examples);
    return json;
  }
}
