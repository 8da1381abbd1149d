package dev.plugpull.faultinjection.settling;

import java.util.List;

/**
 * The contract as the explorer sees it.
 *
 * @param <S> the state between two boots
 */
@FunctionalInterface
public interface Judge<S> {

  /** What a settlement violates; must depend on nothing but its argument. Called by one thread at a time. */
  List<Violation> judge(Settlement<S> settlement);
}
