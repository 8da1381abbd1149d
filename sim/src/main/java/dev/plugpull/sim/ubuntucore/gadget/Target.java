package dev.plugpull.sim.ubuntucore.gadget;

import java.util.List;

/**
 * The system that a gadget is judged for.
 *
 * @param series 16, 18, 20, 22, 24 or 26
 * @param encrypted whether data and save will be encrypted
 * @param why how series and kind were found, for the list of assumptions
 */
public record Target(int series, SystemKind kind, boolean encrypted, String why) {

  /** Every series that is known, oldest first. */
  public static final List<Integer> SERIES = List.of(16, 18, 20, 22, 24, 26);

  private static final int FIRST_WITH_MODES = 20;
  private static final int LIKELY_WITH_MODES = 22;
  private static final int LIKELY_WITHOUT_MODES = 18;

  /** Judges for a series that the caller names; the roles decide between core and hybrid. */
  public static Target of(int series, GadgetInfo gadget, boolean encrypted) {
    return new Target(series, kind(series, gadget), encrypted, "the series " + series + " was given");
  }

  /**
   * Finds series and kind from the base of the gadget snap and the roles in it. As snapd does where it has no model, it
   * takes a gadget without a seed for one of a system without modes; from Ubuntu Core 20 on only classic is without.
   *
   * @param base such as {@code core22}; empty if not known
   */
  public static Target infer(GadgetInfo gadget, String base, boolean encrypted) {
    int named = seriesOfBase(base);
    boolean modes = gadget.hasRole(Role.SEED) || gadget.hasRole(Role.SEED_NULL) || gadget.hasRole(Role.SAVE);
    if (named >= FIRST_WITH_MODES && !gadget.hasRole(Role.SEED) && !gadget.hasRole(Role.SEED_NULL)) {
      return new Target(named, SystemKind.CLASSIC, encrypted, "no system-seed, as all systems with modes have it;"
          + " --series " + named + " judges it as Ubuntu Core " + named);
    }
    if (named > 0) {
      return new Target(named, kind(named, gadget), encrypted, "series " + named + " from the base " + base);
    }
    int likely = modes ? LIKELY_WITH_MODES : LIKELY_WITHOUT_MODES;
    String why =
        "series " + likely + " because no base is known and the gadget has "
            + (modes ? "roles of systems with modes" : "no role of systems with modes");
    return new Target(likely, kind(likely, gadget), encrypted, why);
  }

  private static SystemKind kind(int series, GadgetInfo gadget) {
    if (series < FIRST_WITH_MODES) {
      return SystemKind.CORE_WITHOUT_MODES;
    }
    return gadget.hasRole(Role.SEED_NULL) ? SystemKind.HYBRID : SystemKind.CORE_WITH_MODES;
  }

  private static int seriesOfBase(String base) {
    return switch (base) {
      case "core", "core16" -> 16;
      case "core18" -> 18;
      case "core20" -> 20;
      case "core22" -> 22;
      case "core24" -> 24;
      case "core26" -> 26;
      default -> 0;
    };
  }
}
