package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.settling.Settlement;
import java.util.Locale;

/** Where a node's future ends: the outcomes of the contract, and two that are no outcome. */
public enum Fate {
  OLD,
  NEW,
  MIXED,
  STUCK,
  BRICK,
  /** Hangs where a watchdog would have reset it: a listed assumption. */
  ASSUMED_HANG,
  /** The search ended before that was known. */
  NOT_LOOKED_AT;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static Fate of(Settlement<?> settlement) {
    if (settlement == null) {
      return NOT_LOOKED_AT;
    }
    return switch (settlement.kind()) {
      case LOOP -> BRICK;
      case STUCK -> settlement.assumed() ? ASSUMED_HANG : BRICK;
      case SETTLED -> switch (settlement.observation().outcome()) {
        case OLD -> OLD;
        case NEW -> NEW;
        case MIXED -> MIXED;
        case STUCK -> STUCK;
        case BRICK -> BRICK;
      };
    };
  }
}
