package dev.plugpull.conformance.certify;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a gadget does not say about its board: from {@code --board FILE}, else sensible defaults that the certificate
 * prints as assumptions.
 *
 * @param environment variables that are added to U-Boot's default environment
 * @param header {@code flag} or {@code plain}: whether U-Boot images carry a redundancy flag byte
 * @param watchdog true if a hardware watchdog resets the board when nothing happens
 * @param missingCommands commands that the loader's build lacks
 * @param hush {@code old} or {@code modern}
 * @param given true if a file said so
 */
public record BoardOptions(
    SortedMap<String, String> environment,
    String header,
    boolean watchdog,
    SortedSet<String> missingCommands,
    String hush,
    boolean given) {

  /** How a certificate's options name a variable of {@link #environment}. */
  static final String VARIABLE = "environment.";

  public static final BoardOptions DEFAULT =
      new BoardOptions(new TreeMap<>(), "flag", false, new TreeSet<>(), "old", false);

  /** The options of the board that a certificate was made with. */
  static BoardOptions of(Map<String, String> certificate) {
    TreeMap<String, String> environment = new TreeMap<>();
    certificate.forEach((name, value) -> {
      if (name.startsWith(VARIABLE)) {
        environment.put(name.substring(VARIABLE.length()), value);
      }
    });
    TreeSet<String> missing = new TreeSet<>(List.of(certificate.getOrDefault("missing", "").split(",")));
    missing.remove("");
    return new BoardOptions(
        environment,
        certificate.getOrDefault("header", "flag"),
        Boolean.parseBoolean(certificate.getOrDefault("watchdog", "false")),
        missing,
        certificate.getOrDefault("hush", "old"),
        false);
  }
}
