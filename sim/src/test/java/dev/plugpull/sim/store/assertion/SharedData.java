package dev.plugpull.sim.store.assertion;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder of real public data beside the repository; a test without it is skipped and says so. */
final class SharedData {

  private SharedData() {}

  static Path folder(String below) {
    String named = System.getProperty("plugpull.shared");
    if (named != null && Files.isDirectory(Path.of(named, below))) {
      return Path.of(named, below);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path shared = at.resolveSibling("shared").resolve(below);
      if (Files.isDirectory(shared)) {
        return shared;
      }
    }
    System.err.println("SKIPPED: no shared/" + below + " beside the repository; set -Dplugpull.shared");
    return abort("no shared/" + below + " beside the repository");
  }
}
