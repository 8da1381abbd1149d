package dev.plugpull.sim.store.assertion;

import java.util.Optional;

/** Where the rules about one assertion look up what others say. */
interface Statements {

  /** The newest believed assertion with that primary key. */
  Optional<Assertion> find(String type, String... primaryKey);

  /** Whether the account may sign what only a trusted one may. */
  boolean trusts(String accountId);
}
