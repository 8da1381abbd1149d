package dev.plugpull.sim.ubuntucore.gadget;

import java.util.List;

/**
 * When a structure is updated.
 *
 * @param edition unsigned 32-bit number; a higher one updates
 * @param preserve target paths that are not replaced when present
 */
public record UpdateRules(long edition, List<String> preserve, Lines lines) {

  public static final UpdateRules NONE = new UpdateRules(0, List.of(), Lines.UNKNOWN);
}
