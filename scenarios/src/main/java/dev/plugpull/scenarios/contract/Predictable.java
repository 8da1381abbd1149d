package dev.plugpull.scenarios.contract;

import dev.plugpull.sim.device.Observation;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * PRED: booted read-only content of two devices at one version is bit-identical, whatever their history, and so is the
 * update software's bookkeeping in canonical form. Remembers what it has seen; one instance an exploration.
 */
public final class Predictable {
  public static final String ID = "PRED";
  public static final String TITLE = "predictable: devices of one version are alike";

  private final Map<String, String> contents = new TreeMap<>();
  private final Map<String, String> records = new TreeMap<>();

  /** Why this settled observation contradicts an earlier one; empty if it does not. */
  public Optional<String> contradicts(Observation seen) {
    String version = "version " + revisions(seen.running()) + " reported as " + seen.reported();
    String content = contents.putIfAbsent(version, seen.baseDigest());
    if (content != null && !content.equals(seen.baseDigest())) {
      return Optional.of("two devices at " + version + " have booted different content");
    }
    if (seen.bookkeepingDigest().isEmpty() || seen.change().equals("doing") || seen.change().equals("waiting")) {
      // Records of an update in progress tell how far it is.
      return Optional.empty();
    }
    String ended = version + " " + seen.change() + " " + seen.why();
    String record = records.putIfAbsent(ended, seen.bookkeepingDigest());
    return record != null && !record.equals(seen.bookkeepingDigest())
        ? Optional.of("two devices at " + ended + " have different records")
        : Optional.empty();
  }

  /** Without remarks such as {@code 4 incomplete}: a version is what was released, not how much of it arrived. */
  private static SortedMap<String, String> revisions(SortedMap<String, String> running) {
    SortedMap<String, String> revisions = new TreeMap<>();
    running.forEach((component, revision) -> revisions.put(component, revision.split(" ", 2)[0]));
    return revisions;
  }
}
