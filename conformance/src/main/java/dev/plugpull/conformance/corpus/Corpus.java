package dev.plugpull.conformance.corpus;

import dev.plugpull.scenarios.family.ProfileFile;
import dev.plugpull.scenarios.family.UnreadableProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The folder of known bugs: {@code broken/ID.yaml}, {@code fixed/ID.yaml}, {@code left-out.yaml} with the bugs that
 * have no pair and why, {@code requirements.yaml} with what the bugs demand of a model.
 *
 * @param pairs by id
 * @param leftOut id to reason
 * @param requirements by number
 */
public record Corpus(List<KnownBug> pairs, SortedMap<String, String> leftOut, List<Requirement> requirements) {
  private static final Pattern ID = Pattern.compile("KB-\\d{3}");

  public Corpus {
    pairs = List.copyOf(pairs);
    leftOut = new TreeMap<>(leftOut);
    requirements = List.copyOf(requirements);
  }

  /**
   * What the bugs demand of a model.
   *
   * @param id R1 to R20
   * @param demand in a few words
   * @param capability what of Plugpull answers it
   * @param where package or class that has it
   */
  public record Requirement(String id, String demand, String capability, String where) {}

  /**
   * Reads a folder.
   *
   * @throws UnreadableProfileException if a file cannot be used, or half of a pair is missing
   */
  public static Corpus read(Path folder) throws IOException {
    return new Corpus(pairs(folder), leftOut(folder), requirements(folder));
  }

  private static List<KnownBug> pairs(Path folder) throws IOException {
    SortedSet<String> ids = ids(folder.resolve("broken"));
    ids.addAll(ids(folder.resolve("fixed")));
    List<KnownBug> pairs = new ArrayList<>();
    for (String id : ids) {
      ProfileFile broken = half(folder.resolve("broken").resolve(id + ".yaml"));
      ProfileFile fixed = half(folder.resolve("fixed").resolve(id + ".yaml"));
      if (broken.violates().isEmpty()) {
        throw new UnreadableProfileException(folder + "/broken/" + id + ".yaml", "it does not say what it violates",
            "write violates: PROPERTY");
      }
      pairs.add(new KnownBug(id, broken, fixed));
    }
    return pairs;
  }

  private static ProfileFile half(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UnreadableProfileException(file.toString(), "it is missing", "a bug needs a broken and a fixed half");
    }
    ProfileFile half = ProfileFile.read(file);
    if (half.scenario().isEmpty()) {
      throw new UnreadableProfileException(file.toString(), "it names no scenario", "write scenario: NAME");
    }
    return half;
  }

  private static SortedSet<String> ids(Path folder) throws IOException {
    SortedSet<String> ids = new TreeSet<>();
    if (!Files.isDirectory(folder)) {
      return ids;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        String id = name.replaceFirst("\\.yaml$", "");
        if (name.equals(id) || !ID.matcher(id).matches()) {
          throw new UnreadableProfileException(file.toString(), "its name is not of the form KB-nnn.yaml",
              "rename it or move it away");
        }
        ids.add(id);
      }
    }
    return ids;
  }

  private static SortedMap<String, String> leftOut(Path folder) throws IOException {
    SortedMap<String, String> reasons = new TreeMap<>();
    Path file = folder.resolve("left-out.yaml");
    map(file).forEach((id, reason) -> {
      if (!ID.matcher(String.valueOf(id)).matches() || reason == null || String.valueOf(reason).isBlank()) {
        throw new UnreadableProfileException(file.toString(), "'" + id + "' is no id with a reason",
            "write KB-nnn: REASON");
      }
      reasons.put(String.valueOf(id), String.valueOf(reason).strip());
    });
    return reasons;
  }

  private static List<Requirement> requirements(Path folder) throws IOException {
    Path file = folder.resolve("requirements.yaml");
    List<Requirement> requirements = new ArrayList<>();
    map(file).forEach((id, said) -> {
      if (!(said instanceof Map<?, ?> map)) {
        throw new UnreadableProfileException(file.toString(), "'" + id + "' is no map",
            "write demand, capability and where below it");
      }
      requirements.add(new Requirement(
          String.valueOf(id), text(file, map, "demand"), text(file, map, "capability"), text(file, map, "where")));
    });
    return requirements;
  }

  private static String text(Path file, Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null || String.valueOf(value).isBlank()) {
      throw new UnreadableProfileException(file.toString(), "an entry has no " + key, "write " + key + ": TEXT");
    }
    return String.valueOf(value).strip();
  }

  private static Map<?, ?> map(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try {
      Object root = YAMLMapper.builder().build().readValue(Files.readAllBytes(file), Object.class);
      if (root instanceof Map<?, ?> map) {
        return map;
      }
    } catch (JacksonException e) {
      throw new UnreadableProfileException(file.toString(), "it is no YAML: " + e.getOriginalMessage(),
          "mend the syntax");
    }
    throw new UnreadableProfileException(file.toString(), "it holds no map", "write names and values");
  }
}
