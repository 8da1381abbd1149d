package dev.plugpull.reports;

import java.util.List;

/**
 * One step of a fault plan. It addresses a point by name and occurrence, so it survives edits of the script.
 *
 * @param boot boot in which it strikes, counted from 1
 * @param point name of the durability point, or of the moment of an event
 * @param occurrence how often the point was passed in this boot, counted from 1
 * @param action {@code cut}, or the event in words
 * @param kept pending writes that survived, in words
 * @param lost pending writes that did not survive, in words
 */
public record FaultStep(int boot, String point, int occurrence, String action, List<String> kept, List<String> lost) {
  public FaultStep {
    kept = List.copyOf(kept);
    lost = List.copyOf(lost);
  }
}
