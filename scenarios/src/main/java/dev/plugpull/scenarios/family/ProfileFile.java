package dev.plugpull.scenarios.family;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What a profile file says: a device, and maybe one scenario of it.
 *
 * @param profile the device
 * @param scenario the one scenario that is meant, empty for all
 * @param violates id of the property that it is known to violate, empty if it says nothing
 * @param excuses property to the clause that excuses it; a report prints the clause
 */
public record ProfileFile(Profile profile, String scenario, String violates, Map<String, String> excuses) {
  private static final long LARGEST = 1 << 20;
  private static final Set<String> KEYS =
      Set.of("family", "name", "settings", "variants", "scenario", "violates", "excuses");

  /**
   * Reads a file.
   *
   * @throws UnreadableProfileException if it is no profile
   */
  public static ProfileFile read(Path file) throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
      throw new UnreadableProfileException(file.toString(), "it is larger than 1 MiB", "give a short YAML file");
    }
    return parse(Files.readAllBytes(file), file.toString());
  }

  /** Reads bytes; {@code where} is what errors name. */
  public static ProfileFile parse(byte[] yaml, String where) {
    Map<?, ?> root = map(yaml, where);
    for (Object key : root.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw new UnreadableProfileException(where, "unknown key '" + key + "'", "known are " + new TreeSet<>(KEYS));
      }
    }
    Family family = Families.named(text(root, "family", where), where);
    String name = root.containsKey("name") ? text(root, "name", where) : family.title();
    Profile profile;
    try {
      profile = Profile.of(family, name, strings(root, "settings", where), names(root, "variants", where));
    } catch (UnreadableProfileException e) {
      throw e.in(where);
    }
    String scenario = root.containsKey("scenario") ? text(root, "scenario", where) : "";
    if (!scenario.isEmpty()) {
      family.requireScenario(profile, scenario, where);
    }
    String violates = root.containsKey("violates") ? text(root, "violates", where) : "";
    return new ProfileFile(profile, scenario, violates, strings(root, "excuses", where));
  }

  private static Map<?, ?> map(byte[] yaml, String where) {
    try {
      if (YAMLMapper.builder().build().readValue(yaml, Object.class) instanceof Map<?, ?> map) {
        return map;
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new UnreadableProfileException(
          line > 0 ? where + ":" + line : where, "it is no YAML: " + e.getOriginalMessage(), "mend the syntax");
    }
    throw new UnreadableProfileException(where, "it holds no map", "begin with family: NAME");
  }

  private static String text(Map<?, ?> root, String key, String where) {
    Object value = root.get(key);
    if (value == null || value instanceof Map || value instanceof Collection) {
      throw new UnreadableProfileException(where, "it has no " + key, "write " + key + ": VALUE");
    }
    return String.valueOf(value);
  }

  private static TreeMap<String, String> strings(Map<?, ?> root, String key, String where) {
    TreeMap<String, String> strings = new TreeMap<>();
    Object value = root.get(key);
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, said) -> strings.put(String.valueOf(name), String.valueOf(said)));
    } else if (value != null) {
      throw new UnreadableProfileException(where, key + " is no map", "write names and values below it");
    }
    return strings;
  }

  private static TreeSet<String> names(Map<?, ?> root, String key, String where) {
    TreeSet<String> names = new TreeSet<>();
    Object value = root.get(key);
    if (value instanceof Collection<?> list) {
      list.forEach(name -> names.add(String.valueOf(name)));
    } else if (value != null) {
      throw new UnreadableProfileException(where, key + " is no list", "write - NAME below it");
    }
    return names;
  }
}
