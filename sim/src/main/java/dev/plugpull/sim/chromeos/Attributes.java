package dev.plugpull.sim.chromeos;

/**
 * Attributes of a kernel's partition ({@code chrome-os.md} 2.1).
 *
 * @param priority 0 to 15; 0 is never booted
 * @param tries 0 to 15; counts only while {@code successful} is not set
 * @param successful booted well once
 * @param error verity failed once
 */
record Attributes(int priority, int tries, boolean successful, boolean error) {
  private static final int PRIORITY = 48;
  private static final int TRIES = 52;
  private static final int SUCCESSFUL = 56;
  private static final int ERROR = 57;

  static Attributes of(long bits) {
    return new Attributes(
        (int) (bits >>> PRIORITY & 15), (int) (bits >>> TRIES & 15), (bits >>> SUCCESSFUL & 1) == 1,
        (bits >>> ERROR & 1) == 1);
  }

  long bits() {
    return (long) priority << PRIORITY | (long) tries << TRIES | (successful ? 1L << SUCCESSFUL : 0)
        | (error ? 1L << ERROR : 0);
  }

  boolean candidate() {
    return priority > 0 && (successful || tries > 0);
  }

  Attributes priority(int value) {
    return new Attributes(value, tries, successful, error);
  }

  Attributes tries(int value) {
    return new Attributes(priority, value, successful, error);
  }

  Attributes successful(boolean value) {
    return new Attributes(priority, tries, value, error);
  }

  Attributes error(boolean value) {
    return new Attributes(priority, tries, successful, value);
  }

  @Override
  public String toString() {
    return "P=" + priority + " T=" + tries + " S=" + (successful ? 1 : 0) + (error ? " E=1" : "");
  }
}
