package dev.plugpull.scenarios.trial;

import dev.plugpull.scenarios.family.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A profile in the words of a profile file. */
final class Yaml {
  private Yaml() {}

  static String of(Profile profile, String scenario) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("family", profile.family());
    root.put("name", profile.name());
    root.put("settings", profile.settings());
    root.put("variants", List.copyOf(profile.variants()));
    root.put("scenario", scenario);
    return YAMLMapper.builder().build().writeValueAsString(root);
  }
}
