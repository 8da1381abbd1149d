package dev.plugpull.sim.ubuntucore;

import java.util.ArrayList;
import java.util.List;

/** Lists of recovery systems as they are stored: labels with commas between them. */
final class Labels {
  private Labels() {}

  static List<String> of(String stored) {
    return stored.isEmpty() ? List.of() : List.of(stored.split(","));
  }

  static boolean contain(String stored, String label) {
    return of(stored).contains(label);
  }

  /** With the label at its end, if it is not in it already. */
  static String with(String stored, String label) {
    return contain(stored, label) ? stored : stored.isEmpty() ? label : stored + "," + label;
  }

  static String without(String stored, String label) {
    List<String> rest = new ArrayList<>(of(stored));
    rest.remove(label);
    return String.join(",", rest);
  }

  /** With the label at its end, wherever it was. */
  static String moved(String stored, String label) {
    return with(without(stored, label), label);
  }
}
