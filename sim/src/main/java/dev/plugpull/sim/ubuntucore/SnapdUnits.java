package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * snapd's own units on ubuntu-data (row S3): each names the numbered folder of a revision. What systemd has loaded is
 * RAM: read at boot and when snapd asks for it.
 */
final class SnapdUnits {
  static final String TOOLS = "usr-lib-snapd.mount";
  private static final String SERVICE = "snapd.service";
  private static final String FAILURE = "snapd.failure.service";
  /** In the order in which they are written. Units that name no revision, as that of the socket, never change. */
  private static final List<String> ALL = List.of(TOOLS, FAILURE, SERVICE);

  private static final int BYTES = 400;

  private final Machine machine;
  private final SortedMap<String, Integer> loaded = new TreeMap<>();

  SnapdUnits(Machine machine) {
    this.machine = machine;
    reload();
  }

  /** systemd loads all units: after snapd wrote or removed some, also others than its own. */
  void reload() {
    if (machine.setup.has(Part.SNAPD)) {
      ALL.forEach(unit -> loaded.put(unit, named(machine.data().tree().content(path(unit)))));
    }
  }

  /** The revision whose daemon systemd starts, 0 if none. */
  int service() {
    return loaded.get(SERVICE);
  }

  /** The revision whose failure handler systemd starts, 0 if none. */
  int failure() {
    return loaded.get(FAILURE);
  }

  /** The revision that a unit names, 0 if there is none. */
  static int named(Content unit) {
    return unit != null && unit.isOpaque() && !unit.isPart()
        ? Integer.parseInt(unit.name().replaceFirst("^.* of snapd (\\d+).*$", "$1"))
        : 0;
  }

  static String path(String unit) {
    return SnapTasks.UNITS + "/" + unit;
  }

  /** What a revision of snapd makes of the units of another one (S6: the writer's version decides, too). */
  private static Content unit(String unit, int revision, int writer) {
    return Content.opaque(unit + " of snapd " + revision + " as snapd " + writer + " has it", BYTES);
  }

  static SortedMap<String, Content> installed(int revision) {
    SortedMap<String, Content> units = new TreeMap<>();
    ALL.forEach(unit -> units.put(path(unit), unit(unit, revision, revision)));
    return units;
  }

  /** True if this path is one of them. */
  static boolean owns(String path) {
    return ALL.stream().anyMatch(unit -> path.equals(path(unit)));
  }

  /**
   * Writes those that differ, each by P1, and has systemd load them; if none differs, systemd goes on with what it has.
   */
  void write(String point, int revision, int writer) {
    List<String> changed = new ArrayList<>();
    for (String unit : ALL) {
      Content wanted = unit(unit, revision, writer);
      if (!wanted.equals(machine.data().tree().content(path(unit)))) {
        Writes.atomic(machine, point, machine.data(), path(unit), wanted);
        changed.add(unit);
      }
    }
    if (!changed.isEmpty() || machine.setup.platform().unitsAlwaysLoaded()) {
      reload();
    }
  }

  /** Fingerprint of what is loaded. */
  Hash128 hash() {
    Hash128 all = Hash128.ZERO;
    for (int revision : loaded.values()) {
      all = all.then(new Hash128(revision, 0));
    }
    return all;
  }
}
