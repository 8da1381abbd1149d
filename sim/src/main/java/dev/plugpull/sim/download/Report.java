package dev.plugpull.sim.download;

import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;

/**
 * What the client says of itself, on the disk: written atomically and synced when it changes. Absence means: nothing
 * ever happened. Canonical form: its text.
 *
 * @param current revision that it says is current
 * @param state {@code done}, {@code failed}, {@code waiting} or {@code none}
 */
record Report(int current, String state, String why) {

  static Report read(Content content) {
    if (content == null) {
      return new Report(1, "none", "");
    }
    String[] parts = text(content).split("\n", -1);
    return new Report(Integer.parseInt(parts[0]), parts[1], parts[2]);
  }

  static String text(Content content) {
    return new String(content.bytes().orElseThrow(), StandardCharsets.UTF_8);
  }

  Content content() {
    return Content.text(current + "\n" + state + "\n" + why);
  }

  /** The revision in a name such as {@code snaps/app_3.snap}; 0 for none. */
  static int revision(String name) {
    if (name == null) {
      return 0;
    }
    int from = name.indexOf("app_");
    int to = name.indexOf(".snap");
    return from < 0 || to < from ? 0 : Integer.parseInt(name.substring(from + 4, to));
  }
}
