package dev.plugpull.sim.store;

/** Something that answers requests. */
@FunctionalInterface
public interface StoreFace {

  /** The answer; never null, never an exception for a bad request. */
  StoreAnswer answer(StoreRequest request);
}
