package dev.plugpull.sim.ubuntucore.gadget;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the shared test data beside the checkout; tests without it are skipped aloud. */
final class SharedCorpus {

  private SharedCorpus() {}

  /** A folder below {@code shared}. */
  static Path folder(String name) {
    String told = System.getProperty("plugpull.shared");
    if (told != null) {
      return existing(Path.of(told).resolve(name));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared").resolve(name))) {
        return at.resolve("shared").resolve(name);
      }
    }
    return existing(Path.of("../shared").resolve(name));
  }

  private static Path existing(Path folder) {
    if (!Files.isDirectory(folder)) {
      abort("skipped: no test data at " + folder + "; set -Dplugpull.shared to the folder that holds it");
    }
    return folder;
  }
}
