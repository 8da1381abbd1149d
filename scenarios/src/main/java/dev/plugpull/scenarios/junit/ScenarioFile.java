package dev.plugpull.scenarios.junit;

import dev.plugpull.scenarios.family.ProfileFile;
import dev.plugpull.scenarios.family.UnreadableProfileException;
import dev.plugpull.scenarios.trial.Trial;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds what {@link UpdateScenario#value} names. */
final class ScenarioFile {
  private ScenarioFile() {}

  static Trial<?> trial(String name, Class<?> beside) {
    Path file = Path.of(name);
    try {
      if (Files.exists(file)) {
        return Trial.of(file);
      }
      URL resource = beside.getResource(name);
      resource = resource == null ? beside.getResource("/" + name) : resource;
      if (resource == null) {
        throw new UnreadableProfileException(name, "there is no such file or resource",
            "put it beside " + beside.getName() + ", at the root of the class path, or give a path from "
                + Path.of("").toAbsolutePath());
      }
      if (resource.getProtocol().equals("file")) {
        return Trial.of(Path.of(resource.toURI()));
      }
      try (InputStream stream = resource.openStream()) {
        ProfileFile read = ProfileFile.parse(stream.readAllBytes(), name);
        return Trial.of(read.profile(), read.scenario());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read scenario " + name, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a resource has a URI", e);
    }
  }
}
