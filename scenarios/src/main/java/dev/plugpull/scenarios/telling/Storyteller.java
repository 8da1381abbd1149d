package dev.plugpull.scenarios.telling;

import dev.plugpull.faultinjection.plan.TraceStep.Kind;
import dev.plugpull.reports.SourceLine;
import dev.plugpull.reports.TraceStep;
import dev.plugpull.sim.device.UpdatingDevice.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the trace of a replay into the timeline of a certificate: what a vendor's engineer wants to read, in order. */
public final class Storyteller {
  /** Durability points that are told before a fault strikes; earlier ones are summed up. */
  private static final int POINTS_BEFORE_FAULT = 4;

  private static final int LONGEST = 160;
  private static final long BOOT_MILLISECONDS = 60_000;

  private final SortedMap<String, String> scripts;

  /** {@code scripts}: the vendor's scripts that a trace may point at, name to text. */
  public Storyteller(SortedMap<String, String> scripts) {
    this.scripts = scripts;
  }

  /** The timeline of a replay. */
  public List<TraceStep> tell(List<dev.plugpull.faultinjection.plan.TraceStep> trace) {
    List<TraceStep> story = new ArrayList<>();
    List<dev.plugpull.faultinjection.plan.TraceStep> points = new ArrayList<>();
    long clock = 0;
    for (dev.plugpull.faultinjection.plan.TraceStep step : trace) {
      clock++;
      switch (step.kind()) {
        case POINT -> points.add(step);
        case STEP -> {
          if (interesting(step)) {
            story.add(told(step, clock));
          }
        }
        case FAULT, END, VIOLATION -> {
          story.addAll(before(points, clock));
          points.clear();
          story.add(told(step, clock));
        }
        case BOOT, NEXT_UPDATE -> {
          points.clear();
          story.add(told(step, clock));
        }
      }
    }
    return shortened(story);
  }

  private List<TraceStep> before(List<dev.plugpull.faultinjection.plan.TraceStep> points, long clock) {
    int from = Math.max(0, points.size() - POINTS_BEFORE_FAULT);
    List<TraceStep> told = new ArrayList<>();
    for (dev.plugpull.faultinjection.plan.TraceStep point : points.subList(from, points.size())) {
      told.add(told(point, clock));
    }
    return told;
  }

  /** Lines of the vendor's script, and what the later stages decide. */
  private static boolean interesting(dev.plugpull.faultinjection.plan.TraceStep step) {
    return !step.where().isEmpty() || !step.actor().equals("boot loader");
  }

  private static List<TraceStep> shortened(List<TraceStep> story) {
    if (story.size() <= LONGEST) {
      return story;
    }
    List<TraceStep> ends = new ArrayList<>(story.subList(0, LONGEST / 2));
    TraceStep last = ends.getLast();
    ends.add(new TraceStep(last.boot(), last.milliseconds(), "", "", (story.size() - LONGEST) + " steps left out", null,
        Map.of(), Map.of()));
    ends.addAll(story.subList(story.size() - LONGEST / 2, story.size()));
    return ends;
  }

  private TraceStep told(dev.plugpull.faultinjection.plan.TraceStep step, long clock) {
    SortedMap<String, String> disk = new TreeMap<>();
    SortedMap<String, String> environment = new TreeMap<>();
    for (Variable variable : step.variables()) {
      boolean ofLoader = !variable.where().equals("modeenv") && !variable.where().equals("state.json");
      (ofLoader ? environment : disk).put(ofLoader ? variable.name() : variable.where() + " " + variable.name(),
          variable.value());
    }
    String text = step.text();
    String point = "";
    if (step.kind() == Kind.POINT) {
      int colon = text.indexOf(": ");
      point = colon < 0 ? text : text.substring(0, colon);
      text = colon < 0 ? "reached" : text.substring(colon + 2);
    }
    return new TraceStep(Math.max(1, step.boot()), step.boot() * BOOT_MILLISECONDS + clock, step.actor(), point, text,
        source(step.where()), disk, environment);
  }

  /** The line in the vendor's own file: the script on the disk is that file under another name. */
  private SourceLine source(String where) {
    int colon = where.lastIndexOf(':');
    if (colon < 0 || !where.substring(colon + 1).matches("\\d{1,7}")) {
      return null;
    }
    String name = where.substring(where.lastIndexOf('/', colon) + 1, colon);
    int line = Integer.parseInt(where.substring(colon + 1));
    for (String file : scripts.keySet()) {
      String own = file.substring(file.lastIndexOf('/') + 1);
      if (own.equals(name) || own.startsWith(name + ".") || name.equals("grub.cfg") && own.equals("grub.conf")) {
        return new SourceLine(file, line);
      }
    }
    return null;
  }
}
