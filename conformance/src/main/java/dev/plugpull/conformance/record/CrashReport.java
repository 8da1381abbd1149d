package dev.plugpull.conformance.record;

import dev.plugpull.conformance.machine.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a crash run found.
 *
 * @param statesPerMinute judged in this run; NaN if all came from an earlier one
 * @param plainWayRatio how many times longer a state takes in the plain way; NaN if it was not measured
 */
public record CrashReport(
    Target target,
    Tier tier,
    Recording recording,
    List<Judgement> judgements,
    int sampled,
    int sampleDisagreements,
    long flushesSeen,
    double statesPerMinute,
    double plainWayRatio,
    List<Window> windows,
    List<String> notLookedAt) {

  public CrashReport {
    judgements = List.copyOf(judgements);
    windows = List.copyOf(windows);
    notLookedAt = List.copyOf(notLookedAt);
  }

  /** {@code pass}, {@code fail} or {@code unknown}. */
  public String verdict() {
    boolean bad = judgements.stream().anyMatch(j -> !j.outcome().good() && j.outcome() != Outcome.UNKNOWN);
    return doubtful() ? "unknown" : bad ? "fail" : "pass";
  }

  /** True if the run saw no flush, read sets answered wrongly, or repetitions of a state disagreed. */
  public boolean doubtful() {
    return flushesSeen == 0 || sampleDisagreements > 0 || count(Outcome.UNKNOWN) > 0;
  }

  /** States with this outcome. */
  public long count(Outcome outcome) {
    return judgements.stream().filter(j -> j.outcome() == outcome).count();
  }

  /** The longest share of wrong answers by read set that the sample does not exclude with 95 % confidence. */
  private double bound() {
    return sampled == 0 ? 1 : 1 - Math.pow(0.05, 1.0 / sampled);
  }

  /** States that were booted themselves; all others were answered by the read set of one of these. */
  public long booted() {
    return judgements.stream().filter(Judgement::booted).count();
  }

  /** JSON, the same for the same findings except for the two measured speeds. */
  public String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("target", target.name());
    json.put("tier", tier.name().toLowerCase(Locale.ROOT));
    json.put("states", judgements.size());
    json.put("booted", booted());
    json.put("answeredByReadSet", judgements.size() - booted());
    Map<String, Object> outcomes = new LinkedHashMap<>();
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome.word(), count(outcome));
    }
    json.put("outcomes", outcomes);
    json.put("statesPerMinute", measured(statesPerMinute));
    json.put("plainWayRatio", measured(plainWayRatio));
    json.put("sampled", sampled);
    json.put("sampleDisagreements", sampleDisagreements);
    json.put("flushesSeen", flushesSeen);
    json.put("windows", windows.stream().map(CrashReport::window).toList());
    json.put("notLookedAt", notLookedAt);
    return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(json) + "\n";
  }

  private static Map<String, Object> window(Window window) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", window.from());
    json.put("to", window.to());
    json.put("outcome", window.outcome().word());
    json.put("files", window.files());
    return json;
  }

  private static Object measured(double value) {
    return Double.isNaN(value) ? null : Math.round(value * 10) / 10.0;
  }

  /** For people, with the command that shows each finding. */
  public List<String> lines(String name) {
    List<String> lines = new ArrayList<>();
    lines.add("%s, recording %s, tier %s: %s".formatted(target.name(), recording.number(),
        tier.name().toLowerCase(Locale.ROOT), verdict()));
    StringBuilder outcomes = new StringBuilder();
    for (Outcome outcome : Outcome.values()) {
      outcomes.append(outcomes.isEmpty() ? "" : ", ").append(count(outcome)).append(' ').append(outcome.word());
    }
    lines.add(judgements.size() + " states: " + outcomes);
    lines.add("%d booted, %d answered by read set; %d of these booted after all, %d disagreements".formatted(booted(),
        judgements.size() - booted(), sampled, sampleDisagreements)
        + (sampled == 0 || sampled >= judgements.size() - booted() ? "" : String.format(Locale.ROOT,
            "; with 95 %% confidence at most %.1f %% of the answers are wrong", 100 * bound())));
    if (flushesSeen == 0) {
      lines.add("the recording saw no flush: the system never asked for durability, or its flushes do not arrive");
    }
    for (Window window : windows) {
      lines.add("positions %d to %d: %s".formatted(window.from(), window.to(), window.outcome().word()));
      lines.add("  boots: " + String.join("; then ", window.ends()));
      if (!window.why().isEmpty()) {
        lines.add("  " + window.why());
      }
      lines.add("  written there: " + String.join(", ", window.files()));
      lines.add("  see it: ./plugpull vm boot " + name + " --state " + window.state());
    }
    notLookedAt.forEach(text -> lines.add("not looked at: " + text));
    return lines;
  }
}
