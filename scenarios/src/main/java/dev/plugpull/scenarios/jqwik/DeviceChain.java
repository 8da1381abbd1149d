package dev.plugpull.scenarios.jqwik;

import dev.plugpull.scenarios.trial.Trial;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/** Chains of actions on a running device: boots, cuts, strikes, what happens at rest, and a person's power cycle. */
public final class DeviceChain {
  private static final int POINTS = 400;

  private DeviceChain() {}

  /** Chains over one device; give them an invariant, such as that the device still ends old or new. */
  public static <S> ActionChainArbitrary<RunningDevice<S>> of(Trial<S> trial) {
    return ActionChain.<RunningDevice<S>>startWith(() -> new RunningDevice<>(trial))
        .withAction(2, new Boot<>())
        .withAction(4, new Cut<>())
        .withAction(1, new Strike<>())
        .withAction(1, new AtRest<>())
        .withAction(1, new PowerCycle<>());
  }

  private static final class Boot<S> implements Action.Independent<RunningDevice<S>> {
    @Override
    public boolean precondition(RunningDevice<S> device) {
      return !device.isStuck();
    }

    @Override
    public Arbitrary<Transformer<RunningDevice<S>>> transformer() {
      return Arbitraries.just(Transformer.mutate("boots", RunningDevice::boot));
    }
  }

  private static final class Cut<S> implements Action.Independent<RunningDevice<S>> {
    @Override
    public boolean precondition(RunningDevice<S> device) {
      return !device.isStuck();
    }

    @Override
    public Arbitrary<Transformer<RunningDevice<S>>> transformer() {
      return Combinators.combine(Arbitraries.integers().between(0, POINTS), Histories.losses()).as((where, losses) ->
          Transformer.mutate("power fails at point " + where + ", " + losses, device -> device.cut(where, losses)));
    }
  }

  private static final class Strike<S> implements Action.Dependent<RunningDevice<S>> {
    @Override
    public boolean precondition(RunningDevice<S> device) {
      return !device.interruptions().isEmpty();
    }

    @Override
    public Arbitrary<Transformer<RunningDevice<S>>> transformer(RunningDevice<S> now) {
      return Combinators.combine(Arbitraries.integers().between(0, POINTS), Arbitraries.of(now.interruptions()))
          .as((where, by) -> Transformer.mutate(by + " at point " + where, device -> device.strike(where, by)));
    }
  }

  private static final class AtRest<S> implements Action.Dependent<RunningDevice<S>> {
    @Override
    public boolean precondition(RunningDevice<S> device) {
      return !device.eventsAtRest().isEmpty();
    }

    @Override
    public Arbitrary<Transformer<RunningDevice<S>>> transformer(RunningDevice<S> now) {
      return Arbitraries.integers().between(0, now.eventsAtRest().size() - 1)
          .map(which -> Transformer.mutate("at rest: " + which, device -> device.atRest(which)));
    }
  }

  private static final class PowerCycle<S> implements Action.Independent<RunningDevice<S>> {
    @Override
    public boolean precondition(RunningDevice<S> device) {
      return device.isStuck();
    }

    @Override
    public Arbitrary<Transformer<RunningDevice<S>>> transformer() {
      return Arbitraries.just(Transformer.mutate("a person switches it off and on", RunningDevice::powerCycle));
    }
  }
}
