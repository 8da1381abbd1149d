package dev.plugpull.reports;

/** How many crash states ended in which outcome. A state is counted once, whatever the number of its boots. */
public record Outcomes(long old, @com.fasterxml.jackson.annotation.JsonProperty("new") long fresh, long mixed,
    long stuck, long brick) {
  public static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0);

  public Outcomes {
    if (old < 0 || fresh < 0 || mixed < 0 || stuck < 0 || brick < 0) {
      throw new IllegalArgumentException("cannot count outcomes: a count is negative");
    }
  }

  /** One state with the given outcome. */
  public static Outcomes of(Outcome outcome) {
    return NONE.plus(outcome, 1);
  }

  /** These and {@code count} more states with {@code outcome}. */
  public Outcomes plus(Outcome outcome, long count) {
    return switch (outcome) {
      case OLD -> new Outcomes(old + count, fresh, mixed, stuck, brick);
      case NEW -> new Outcomes(old, fresh + count, mixed, stuck, brick);
      case MIXED -> new Outcomes(old, fresh, mixed + count, stuck, brick);
      case STUCK -> new Outcomes(old, fresh, mixed, stuck + count, brick);
      case BRICK -> new Outcomes(old, fresh, mixed, stuck, brick + count);
    };
  }

  public Outcomes plus(Outcomes other) {
    return new Outcomes(old + other.old, fresh + other.fresh, mixed + other.mixed, stuck + other.stuck,
        brick + other.brick);
  }

  public long count(Outcome outcome) {
    return switch (outcome) {
      case OLD -> old;
      case NEW -> fresh;
      case MIXED -> mixed;
      case STUCK -> stuck;
      case BRICK -> brick;
    };
  }

  public long total() {
    return old + fresh + mixed + stuck + brick;
  }
}
