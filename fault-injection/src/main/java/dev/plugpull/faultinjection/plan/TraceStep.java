package dev.plugpull.faultinjection.plan;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import java.util.List;

/**
 * One line of the story of a replay.
 *
 * @param boot number of the boot, from 1
 * @param kind what the line tells
 * @param actor who acted: {@code snapd}, {@code boot loader}; {@code fault} for a strike
 * @param text what happened
 * @param where {@code file:line} in the vendor's files, empty if nowhere
 * @param variables durable state in words, at the beginning of a boot only
 */
public record TraceStep(int boot, Kind kind, String actor, String text, String where, List<Variable> variables) {

  public TraceStep {
    variables = List.copyOf(variables);
  }

  /** What a line tells. */
  public enum Kind {
    /** A boot begins. */
    BOOT,
    /** Somebody did something. */
    STEP,
    /** A durability point was reached. */
    POINT,
    /** A step of the fault plan struck. */
    FAULT,
    /** A boot ended by itself. */
    END,
    /** A monitor saw a violation. */
    VIOLATION,
    /** The following update is on offer now. */
    NEXT_UPDATE
  }
}
