package dev.plugpull.conformance.certify;

import dev.plugpull.sim.ubuntucore.gadget.UnreadableGadgetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@code --board FILE}. */
public final class BoardFile {
  private static final Set<String> KEYS = Set.of("environment", "header", "watchdog", "missing", "hush");
  private static final long LARGEST = 1 << 20;

  private BoardFile() {}

  /**
   * Reads board options.
   *
   * @throws UnreadableGadgetException if the file is no board file
   */
  public static BoardOptions read(Path file) throws IOException {
    Map<?, ?> root = map(file);
    for (Object key : root.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw unreadable(file, "unknown key '" + key + "'",
            "known are environment, header, watchdog, missing and hush");
      }
    }
    SortedMap<String, String> environment = new TreeMap<>();
    if (root.get("environment") instanceof Map<?, ?> variables) {
      variables.forEach((name, value) ->
          environment.put(String.valueOf(name), value == null ? "" : String.valueOf(value)));
    }
    TreeSet<String> missing = new TreeSet<>();
    if (root.get("missing") instanceof Collection<?> commands) {
      commands.forEach(command -> missing.add(String.valueOf(command)));
    }
    return new BoardOptions(
        environment,
        oneOf(file, root, "header", "flag", Set.of("flag", "plain")),
        Boolean.parseBoolean(oneOf(file, root, "watchdog", "false", Set.of("true", "false"))),
        missing,
        oneOf(file, root, "hush", "old", Set.of("old", "modern")),
        true,
        null);
  }

  private static String oneOf(Path file, Map<?, ?> root, String key, String absent, Set<String> allowed) {
    Object value = root.get(key);
    String text = value == null ? absent : String.valueOf(value);
    if (!allowed.contains(text)) {
      throw unreadable(file, key + " is '" + text + "'", "it must be one of " + new TreeSet<>(allowed));
    }
    return text;
  }

  static Map<?, ?> map(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw unreadable(file, "it is larger than 1 MiB", "give a short YAML file");
    }
    try {
      Object root = YAMLMapper.builder().build().readValue(Files.readAllBytes(file), Object.class);
      if (root instanceof Map<?, ?> map) {
        return map;
      }
    } catch (JacksonException e) {
      throw unreadable(file, "it is no YAML: " + e.getOriginalMessage(), "mend the syntax");
    }
    throw unreadable(file, "it holds no map", "write keys and values");
  }

  static UnreadableGadgetException unreadable(Path file, String why, String remedy) {
    return new UnreadableGadgetException(file.toString(), why, remedy);
  }
}
