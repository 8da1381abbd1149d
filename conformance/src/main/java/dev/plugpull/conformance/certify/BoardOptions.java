package dev.plugpull.conformance.certify;

import java.nio.file.Path;
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
 * @param kernel the kernel snap or its folder, null if none was given
 */
public record BoardOptions(
    SortedMap<String, String> environment,
    String header,
    boolean watchdog,
    SortedSet<String> missingCommands,
    String hush,
    boolean given,
    Path kernel) {

  /** How a certificate's options name a variable of {@link #environment}. */
  static final String VARIABLE = "environment.";

  /** The option of a certificate that names the kernel. */
  static final String KERNEL = "kernel";

  public static final BoardOptions DEFAULT =
      new BoardOptions(new TreeMap<>(), "flag", false, new TreeSet<>(), "old", false, null);

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
        false,
        certificate.containsKey(KERNEL) ? Path.of(certificate.get(KERNEL)) : null);
  }

  /** The same board with a kernel. */
  public BoardOptions withKernel(Path snap) {
    return new BoardOptions(environment, header, watchdog, missingCommands, hush, given, snap);
  }
}
