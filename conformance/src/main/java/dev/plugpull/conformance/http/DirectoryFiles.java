package dev.plugpull.conformance.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The regular files below a folder by their paths; nothing outside it, not through links either. */
public final class DirectoryFiles implements Function<String, Optional<byte[]>> {

  private static final long LARGEST = 1L << 30;

  private final Path root;

  /**
   * Files below a folder.
   *
   * @throws IOException if it is not there
   */
  public DirectoryFiles(Path folder) throws IOException {
    this.root = folder.toRealPath();
  }

  @Override
  public Optional<byte[]> apply(String path) {
    try {
      Path file = root.resolve(path).normalize();
      if (!file.startsWith(root) || !Files.isRegularFile(file) || !file.toRealPath().startsWith(root)
          || Files.size(file) > LARGEST) {
        return Optional.empty();
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
