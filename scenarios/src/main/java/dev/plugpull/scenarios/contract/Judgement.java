package dev.plugpull.scenarios.contract;

import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.Violation;
import java.util.List;

/** Puts a settlement before the contract: the judge that explorations and replays are given. */
public final class Judgement {
  private Judgement() {}

  /** What the settlement violates. */
  public static <S> List<Violation> of(Settlement<S> settlement) {
    return Contract.judge(story(settlement)).stream().map(v -> new Violation(v.property(), v.why())).toList();
  }

  private static Story story(Settlement<?> end) {
    Story.Ending ending = switch (end.kind()) {
      case SETTLED -> Story.Ending.SETTLED;
      case LOOP -> Story.Ending.LOOP;
      case STUCK -> Story.Ending.STUCK;
    };
    return new Story(
        ending,
        end.why(),
        end.assumed(),
        end.healedByPowerCycle(),
        end.boots(),
        end.undisturbed(),
        end.observation(),
        end.next() == null ? null : story(end.next()));
  }
}
