package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.scenarios.contract.Contract;
import dev.plugpull.scenarios.contract.Story;
import java.util.List;

/** Puts a settlement before the contract. */
final class Judgement {
  private Judgement() {}

  static <S> List<Violation> of(Settlement<S> settlement) {
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
