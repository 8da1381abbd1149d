package dev.plugpull.reports;

import java.util.List;

/**
 * One promise of the contract and what became of it over all scenarios.
 *
 * @param id id of the contract, such as {@code NOBRICK}
 * @param evidence ids of counter-examples, names of scenarios or {@code file:line}
 */
public record Requirement(String id, String title, Verdict verdict, String why, List<String> evidence) {
  public Requirement {
    evidence = List.copyOf(evidence);
  }
}
