package dev.plugpull.conformance.compare;

import dev.plugpull.conformance.machine.Target;
import dev.plugpull.conformance.machine.YamlNode;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.ProfileFile;
import dev.plugpull.scenarios.family.UnreadableProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which model stands for a target: {@code model.yaml} beside its description.
 *
 * @param file the description of the model
 * @param scenario of the profile's family
 * @param steps marks of the target's update to the crash points of the model that belong to them, by the first letters
 *     of their names; a point may belong to several
 * @param devices the target's model, then variants of it that are predicted for comparison
 */
public record TargetModel(Path file, String scenario, Map<String, List<String>> steps, List<Profile> devices) {

  public TargetModel {
    steps = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    devices = List.copyOf(devices);
  }

  /**
   * The model of a target.
   *
   * @throws IOException {@code cannot ...}: it has none, or it cannot be read
   */
  public static TargetModel of(Target target) throws IOException {
    Path file = target.folder().resolve("model.yaml");
    if (!Files.isRegularFile(file)) {
      throw new IOException("cannot predict what cuts do to " + target.name() + ": " + file
          + " is not there; name a profile, a scenario and the points of each step in it");
    }
    return read(file);
  }

  /**
   * Reads a description.
   *
   * @throws IOException {@code cannot read FILE:LINE: ...}
   */
  public static TargetModel read(Path file) throws IOException {
    YamlNode root = YamlNode.read(file, "the model").map("profile", "scenario", "steps", "variants");
    Profile profile = profile(root.get("profile"), file);
    Family family = Families.named(profile.family(), file.toString());
    String scenario = root.get("scenario").text();
    if (!family.scenarios(profile).contains(scenario)) {
      throw root.get("scenario").bad("is '" + scenario + "'; known are " + String.join(", ",
          family.scenarios(profile)));
    }
    Map<String, List<String>> steps = new LinkedHashMap<>();
    for (String mark : root.get("steps").keys()) {
      steps.put(mark, root.get("steps").get(mark).texts());
    }
    if (steps.isEmpty()) {
      throw root.get("steps").bad("must name the points of at least one step");
    }
    List<Profile> devices = new ArrayList<>(List.of(profile));
    for (YamlNode variant : root.get("variants").list()) {
      devices.add(variant(variant, family, profile));
    }
    return new TargetModel(file, scenario, steps, devices);
  }

  private static Profile profile(YamlNode node, Path file) throws IOException {
    Path named = file.toAbsolutePath().getParent().resolve(node.text());
    if (!Files.isRegularFile(named)) {
      throw node.bad("names " + node.text() + ", which is not there");
    }
    try {
      return ProfileFile.read(named).profile();
    } catch (UnreadableProfileException e) {
      throw node.bad("names a profile that cannot be used: " + e.getMessage());
    }
  }

  /** The profile with some settings exchanged and with other departures instead of its own. */
  private static Profile variant(YamlNode node, Family family, Profile profile) throws IOException {
    node.map("name", "settings", "departures");
    Map<String, String> settings = new TreeMap<>(profile.settings());
    for (String setting : node.get("settings").keys()) {
      settings.put(setting, node.get("settings").get(setting).text());
    }
    try {
      return Profile.of(family, node.get("name").text(), settings, new TreeSet<>(node.get("departures").texts()));
    } catch (UnreadableProfileException e) {
      throw node.bad("cannot be used: " + e.getMessage());
    }
  }
}
