package dev.plugpull.conformance.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of this repository, without what builds and runs leave behind. */
final class Sources {

  static final List<String> MODULES = List.of("sim", "fault-injection", "reports", "scenarios", "conformance");
  private static final Set<String> NOT_OURS =
      Set.of("target", "out", ".git", ".cache", "node_modules", ".idea", ".vscode");

  private Sources() {}

  /** The folder that holds the launch script and the modules. */
  static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("plugpull")) && Files.isDirectory(at.resolve("conformance"))) {
        return at;
      }
    }
    throw new IllegalStateException("cannot find the repository: start the test inside it");
  }

  /** Files below a folder that end in one of the given ways, sorted. */
  static List<Path> files(Path below, String... endings) {
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile).filter(Sources::isOurs)
          .filter(file -> Stream.of(endings).anyMatch(file.getFileName().toString()::endsWith)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of all packages with code outside tests. */
  static Set<String> packages() {
    Set<String> names = new TreeSet<>();
    for (String module : MODULES) {
      Path source = root().resolve(module).resolve("src/main/java");
      for (Path file : files(source, ".java")) {
        names.add(source.relativize(file.getParent()).toString().replace('/', '.'));
      }
    }
    return names;
  }

  static boolean isOurs(Path file) {
    for (Path part : root().relativize(file)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  static String name(Path file) {
    return root().relativize(file).toString();
  }
}
