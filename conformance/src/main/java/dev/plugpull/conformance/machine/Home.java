package dev.plugpull.conformance.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where Plugpull stands: its target descriptions and its cache.
 *
 * @param folder the top of the checkout
 * @param recordings what was recorded, and what became of the crash states. Git-ignored
 */
public record Home(Path folder, Path recordings) {

  /** The checkout at this place, with recordings in its cache. */
  public static Home at(Path folder) {
    return new Home(folder, folder.resolve(".cache/recordings"));
  }

  /** From the launch script's property {@code plugpull.home}, or the nearest folder upwards that has targets. */
  public static Home find() throws IOException {
    String told = System.getProperty("plugpull.home");
    if (told != null) {
      return at(Path.of(told));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("targets"))) {
        return at(at);
      }
    }
    throw new IOException("cannot find Plugpull's folder: start ./plugpull, or set -Dplugpull.home");
  }

  /** Images by the content of their recipes. Git-ignored; may be deleted at any time. */
  public Path images() {
    return folder.resolve(".cache/images");
  }

  /** The descriptions that come with Plugpull, by name. */
  public List<Path> targets() throws IOException {
    try (Stream<Path> found = Files.list(folder.resolve("targets"))) {
      return found.map(f -> f.resolve("target.yaml")).filter(Files::isRegularFile).sorted().toList();
    }
  }

  /**
   * The target of this name, or in this file.
   *
   * @throws IOException {@code cannot find target ...}, or the description cannot be read
   */
  public Target target(String nameOrFile) throws IOException {
    if (nameOrFile.contains("/") || nameOrFile.endsWith(".yaml")) {
      Path file = Path.of(nameOrFile);
      return TargetFile.read(Files.isDirectory(file) ? file.resolve("target.yaml") : file);
    }
    List<String> names = new ArrayList<>();
    for (Path file : targets()) {
      names.add(file.getParent().getFileName().toString());
      if (names.getLast().equals(nameOrFile)) {
        return TargetFile.read(file);
      }
    }
    throw new IOException("cannot find target '" + nameOrFile + "': known are " + String.join(", ", names)
        + "; or give the path of a target.yaml");
  }
}
