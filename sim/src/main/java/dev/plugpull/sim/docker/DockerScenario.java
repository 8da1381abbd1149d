package dev.plugpull.sim.docker;

import dev.plugpull.sim.device.Interruption;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is tried on a device.
 *
 * @param name for people and profiles
 * @param good true if the new version of the application is
 * @param askedOnce true if a person asks for the update; else an orchestrator does at every start
 * @param revertible true if a person may run the old image again once the new one runs
 * @param strikes what may strike once, at any crash point
 */
public record DockerScenario(
    String name, boolean good, boolean askedOnce, boolean revertible, SortedSet<Interruption> strikes) {
  private static final String UPDATE = "update of one application";
  private static final List<DockerScenario> ALL = List.of(
      of(UPDATE, true, false, false),
      of(UPDATE + ", daemon killed anywhere", true, false, false, Interruption.DAEMON_KILLED),
      of(UPDATE + ", disk full anywhere and freed later", true, false, false, Interruption.DISK_FULL),
      of(UPDATE + ", new version is unhealthy", false, false, false),
      of(UPDATE + ", then the old image again", true, false, true),
      of(UPDATE + ", asked for once", true, true, false));

  public DockerScenario {
    strikes = Collections.unmodifiableSortedSet(new TreeSet<>(strikes));
  }

  private static DockerScenario of(
      String name, boolean good, boolean askedOnce, boolean revertible, Interruption... strikes) {
    return new DockerScenario(name, good, askedOnce, revertible, new TreeSet<>(List.of(strikes)));
  }

  /** All of them, in the order of reports. */
  public static List<DockerScenario> all() {
    return ALL;
  }
}
