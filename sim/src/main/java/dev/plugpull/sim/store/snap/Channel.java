package dev.plugpull.sim.store.snap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where releases go (spec ubuntu-core 2.1).
 *
 * @param track such as {@code latest}
 * @param branch empty for none
 */
public record Channel(String track, Risk risk, String branch) implements Comparable<Channel> {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9](?:[-.]?[a-zA-Z0-9])*");
  private static final String LATEST = "latest";

  /** Safest first. */
  public enum Risk {
    STABLE, CANDIDATE, BETA, EDGE;

    static Optional<Risk> of(String word) {
      for (Risk risk : values()) {
        if (risk.word().equals(word)) {
          return Optional.of(risk);
        }
      }
      return Optional.empty();
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads {@code TRACK/RISK/BRANCH} or one of its short forms; empty if it is none. */
  public static Optional<Channel> read(String text) {
    String[] parts = text.split("/", -1);
    for (String part : parts) {
      if (!NAME.matcher(part).matches()) {
        return Optional.empty();
      }
    }
    Optional<Risk> first = Risk.of(parts[0]);
    return switch (parts.length) {
      case 1 -> Optional.of(first.map(risk -> new Channel(LATEST, risk, ""))
          .orElseGet(() -> new Channel(parts[0], Risk.STABLE, "")));
      case 2 -> first.isPresent() ? Optional.of(new Channel(LATEST, first.get(), parts[1]))
          : Risk.of(parts[1]).map(risk -> new Channel(parts[0], risk, ""));
      case 3 -> Risk.of(parts[1]).map(risk -> new Channel(parts[0], risk, parts[2]));
      default -> Optional.empty();
    };
  }

  /** The channels to look at in order: itself, without the branch, and each safer risk. */
  public List<Channel> fallbacks() {
    List<Channel> all = new ArrayList<>();
    if (!branch.isEmpty()) {
      all.add(this);
    }
    for (int risk = this.risk.ordinal(); risk >= 0; risk--) {
      all.add(new Channel(track, Risk.values()[risk], ""));
    }
    return all;
  }

  /** The canonical name: {@code latest/} is dropped. */
  @Override
  public String toString() {
    return (track.equals(LATEST) ? "" : track + "/") + risk.word() + (branch.isEmpty() ? "" : "/" + branch);
  }

  @Override
  public int compareTo(Channel other) {
    return toString().compareTo(other.toString());
  }
}
