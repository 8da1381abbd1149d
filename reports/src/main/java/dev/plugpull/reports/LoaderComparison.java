package dev.plugpull.reports;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the model's boot loader was held against the real one, on durable states that the exploration reached.
 *
 * @param loader name and build of the real one, empty if none could be run
 * @param distinct durable states that the boot loader can tell apart
 * @param agreed states in which both did the same
 * @param ends how the real loader ended, such as {@code starts a kernel}, to the number of states
 * @param disagreements states in which they did not
 * @param shims what was put in the place of something that the real build does not have
 * @param notLookedAt states that were not booted, and why
 */
public record LoaderComparison(String loader, long distinct, long agreed, Map<String, Long> ends,
    List<Disagreement> disagreements, List<String> shims, List<String> notLookedAt) {
  public LoaderComparison {
    ends = Collections.unmodifiableMap(new TreeMap<>(ends));
    disagreements = List.copyOf(disagreements);
    shims = List.copyOf(shims);
    notLookedAt = List.copyOf(notLookedAt);
  }

  /**
   * A state in which they did not do the same.
   *
   * @param steps how the state is reached
   * @param differences what differed, in words
   * @param kept folder beside the report with the disk, the console and a command that boots it
   */
  public record Disagreement(String scenario, String steps, List<String> differences, String kept) {
    public Disagreement {
      differences = List.copyOf(differences);
    }
  }

  /** States that were booted in the real loader. */
  public long lookedAt() {
    return agreed + disagreements.size();
  }

  /** True if something was looked at, and both did the same each time. */
  public boolean holds() {
    return agreed > 0 && disagreements.isEmpty();
  }
}
