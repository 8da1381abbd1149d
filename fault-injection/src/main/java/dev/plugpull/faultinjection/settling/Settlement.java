package dev.plugpull.faultinjection.settling;

import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import java.util.List;

/**
 * How a device ended that was left alone.
 *
 * @param kind how it ended
 * @param why in words: the prompt, the boots that repeat; empty when settled
 * @param assumed true if only a missing watchdog keeps it stuck: an assumption, no violation
 * @param healedByPowerCycle true if it settles after one power cycle by a person
 * @param boots how many boots it took until the finished state was first reached, or until it got stuck or the loop was
 *     closed
 * @param undisturbed true if no fault and no event struck in the whole history
 * @param state the settled state; the state in which it is stuck; of a loop the state with the lowest key
 * @param observation what is seen of that state from outside
 * @param loop why each boot of the loop ended, from {@code state} on; empty unless a loop
 * @param next how the following update went, null where it was not tried
 * @param <S> the state between two boots
 */
public record Settlement<S>(
    Kind kind,
    String why,
    boolean assumed,
    boolean healedByPowerCycle,
    int boots,
    boolean undisturbed,
    S state,
    Observation observation,
    List<String> loop,
    Settlement<S> next) {

  public Settlement {
    loop = List.copyOf(loop);
  }

  /** How a history ends. */
  public enum Kind {
    SETTLED,
    /** The same boots for ever, without a finished state that repeats. */
    LOOP,
    /** Prompt, halt or hang: nothing more happens without a person. */
    STUCK
  }

  public boolean settled() {
    return kind == Kind.SETTLED;
  }

  /** True if a person must act, and no assumption excuses it. */
  public boolean needsPerson() {
    return kind != Kind.SETTLED && !assumed;
  }

  /** True if a good update ended rolled back: it violates nothing, and is counted. */
  public boolean isSpurious() {
    return settled()
        && observation.updateOffered()
        && observation.targetGood()
        && observation.outcome() == Outcome.OLD
        && observation.change().equals("failed");
  }

  /** A device that settled. */
  public static <S> Settlement<S> settled(S state, Observation seen, int boots, boolean undisturbed,
      Settlement<S> next) {
    return new Settlement<>(Kind.SETTLED, "", false, false, boots, undisturbed, state, seen, List.of(), next);
  }

  /** A device that nobody but a person gets going again. */
  public static <S> Settlement<S> stuck(
      S state, Observation seen, String why, boolean assumed, boolean healed, int boots, boolean undisturbed) {
    return new Settlement<>(Kind.STUCK, why, assumed, healed, boots, undisturbed, state, seen, List.of(), null);
  }

  /** A device that boots for ever; {@code reasons} tell why each boot of the loop ended. */
  public static <S> Settlement<S> loop(S state, Observation seen, List<String> reasons, int boots,
      boolean undisturbed) {
    String why = String.join("; then ", new java.util.LinkedHashSet<>(reasons));
    return new Settlement<>(Kind.LOOP, why, false, false, boots, undisturbed, state, seen, reasons, null);
  }
}
