package dev.plugpull.reports;

import java.util.List;

/**
 * One promise of the contract and what became of it over all scenarios.
 *
 * @param id id of the contract, such as {@code NOBRICK}
 * @param title what the device must do; that of {@link #IMMUTABLE} begins with the property's name and a colon
 * @param evidence ids of counter-examples, names of scenarios or {@code file:line}
 */
public record Requirement(String id, String title, Verdict verdict, String why, List<String> evidence) {
  /** Ids of the four properties of an immutable system, in the order in which a summary names them. */
  public static final List<String> IMMUTABLE = List.of("RO", "ATOM", "PRED", "ISO");

  public Requirement {
    evidence = List.copyOf(evidence);
  }

  /** The title up to its colon: {@code read-only}, {@code atomic}, {@code predictable}, {@code isolated}. */
  public String property() {
    return title.split(":", 2)[0];
  }
}
