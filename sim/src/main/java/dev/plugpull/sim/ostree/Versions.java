package dev.plugpull.sim.ostree;

/** The releases of a scenario. Reduction <em>rename</em>: four names stand for all commit digests. */
final class Versions {
  static final int NONE = 0;
  /** The rollback deployment of a device that was updated before. */
  static final int OLDEST = 1;
  static final int OLD = 2;
  static final int NEW = 3;
  static final int NEXT = 4;

  private Versions() {}

  static String commit(int version) {
    return "c" + version;
  }

  /** The version that a commit name such as {@code c3} stands for; {@link #NONE} if none. */
  static int of(String commit) {
    char digit = commit.length() == 2 && commit.charAt(0) == 'c' ? commit.charAt(1) : '0';
    return digit >= '1' && digit <= '4' ? digit - '0' : NONE;
  }
}
