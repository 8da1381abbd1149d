package dev.plugpull.conformance.certify;

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

  public static final BoardOptions DEFAULT =
      new BoardOptions(new TreeMap<>(), "flag", false, new TreeSet<>(), "old", false);
}
