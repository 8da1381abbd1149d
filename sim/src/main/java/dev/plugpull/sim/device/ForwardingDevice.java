package dev.plugpull.sim.device;

import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.Optional;

/**
 * A device around another one, to which everything goes that is not overridden.
 *
 * @param <S> the state between two boots
 */
public interface ForwardingDevice<S> extends UpdatingDevice<S> {

  /** The device inside. */
  UpdatingDevice<S> device();

  @Override
  default S start() {
    return device().start();
  }

  @Override
  default Hash128 key(S state) {
    return device().key(state);
  }

  @Override
  default BootEnd<S> boot(S state, BootListener<S> listener) {
    return device().boot(state, listener);
  }

  @Override
  default List<String> volumes() {
    return device().volumes();
  }

  @Override
  default List<Interruption> interruptions(S state) {
    return device().interruptions(state);
  }

  @Override
  default List<Event<S>> eventsAtRest(S settled) {
    return device().eventsAtRest(settled);
  }

  @Override
  default Optional<S> nextUpdate(S settled) {
    return device().nextUpdate(settled);
  }

  @Override
  default Optional<S> unattended(S state) {
    return device().unattended(state);
  }

  @Override
  default Observation observe(S settled) {
    return device().observe(settled);
  }

  @Override
  default Observation observeUnsettled(S state) {
    return device().observeUnsettled(state);
  }

  @Override
  default List<String> notLookedAt() {
    return device().notLookedAt();
  }

  @Override
  default List<Variable> describe(S state) {
    return device().describe(state);
  }
}
