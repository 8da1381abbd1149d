package dev.plugpull.sim.ubuntucore;

/** A generation of Ubuntu Core (specification section 0.1). */
public enum Series {
  UC16(16),
  UC18(18),
  UC20(20),
  UC22(22),
  UC24(24),
  UC26(26);

  private final int number;

  Series(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The series of that number. */
  public static Series of(int number) {
    for (Series series : values()) {
      if (series.number == number) {
        return series;
      }
    }
    throw new IllegalArgumentException("cannot find Ubuntu Core " + number + ": known are 16, 18, 20, 22, 24 and 26");
  }

  /** Name of the boot base snap. */
  public String base() {
    return this == UC16 ? "core" : "core" + number;
  }

  /** True if boot state is split between a loader environment and {@code modeenv} (UC20 and later). */
  public boolean hasModeenv() {
    return number >= 20;
  }

  /** True if kernel modules come from a drivers tree that snapd builds (UC24 and later, task prepare-kernel-snap). */
  public boolean hasDriversTree() {
    return number >= 24;
  }
}
