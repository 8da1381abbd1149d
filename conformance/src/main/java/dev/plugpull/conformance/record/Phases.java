package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.log.DiskLog;
import dev.plugpull.faultinjection.disk.log.LogEntry;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the marks divide a recording into: before the update, its steps, and what follows until the machine is off. A
 * step goes on until the next one begins.
 */
public final class Phases {
  /** Phase before the first step: the boot. */
  public static final String BEFORE = "before";
  /** Phase after the last step: the shutdown. */
  public static final String AFTER = "after";
  static final String BEGINS = " begins";
  static final String ENDS = " ends";

  private final NavigableMap<Integer, String> byStart = new TreeMap<>();

  private Phases() {}

  static Phases of(DiskLog log) {
    Phases phases = new Phases();
    phases.byStart.put(0, BEFORE);
    int lastEnd = 0;
    for (int i = 0; i < log.size(); i++) {
      if (log.entries().get(i) instanceof LogEntry.Mark mark && mark.name().endsWith(BEGINS)) {
        phases.byStart.put(i + 1, mark.name().substring(0, mark.name().length() - BEGINS.length()));
      } else if (log.entries().get(i) instanceof LogEntry.Mark mark && mark.name().endsWith(ENDS)) {
        lastEnd = i + 1;
      }
    }
    if (lastEnd > 0) {
      phases.byStart.put(lastEnd, AFTER);
    }
    return phases;
  }

  /** The phase in which a cut after so many entries of the log falls. */
  public String at(int position) {
    return byStart.floorEntry(position).getValue();
  }

  /** All phases, in order. */
  public List<String> names() {
    return List.copyOf(byStart.values());
  }
}
