package dev.plugpull.conformance.certify;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Known failures that a vendor accepts for a while, by the stable id of the counter-example. */
public record Waivers(List<Waiver> waivers, LocalDate today) {

  /**
   * One waiver.
   *
   * @param id counter-example
   * @param reason why it is accepted
   * @param expires last day on which it counts
   */
  public record Waiver(String id, String reason, LocalDate expires) {}

  public Waivers {
    waivers = List.copyOf(waivers);
  }

  /** No waivers. */
  public static Waivers none() {
    return new Waivers(List.of(), LocalDate.MAX);
  }

  /** The reason and expiry that excuse a counter-example; empty if none does, or if it has expired. */
  Optional<String> excuse(String id) {
    return waivers.stream()
        .filter(w -> w.id().equals(id) && !today.isAfter(w.expires()))
        .map(w -> w.reason() + " (until " + w.expires() + ")")
        .findFirst();
  }

  /** Ids of waivers that have expired. */
  List<String> expired() {
    return waivers.stream().filter(w -> today.isAfter(w.expires())).map(Waiver::id).toList();
  }
}
