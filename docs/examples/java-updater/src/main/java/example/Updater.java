package example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Keeps the installed version in a file. Looks careful: writes beside the file, then moves. */
public final class Updater {
  private final Path root;

  public Updater(Path root) {
    this.root = root;
  }

  public void install(String version) throws IOException {
    Path part = root.resolve("version.part");
    Files.writeString(part, version);
    Files.move(part, root.resolve("version"), StandardCopyOption.REPLACE_EXISTING);
  }

  public String installed() throws IOException {
    return Files.readString(root.resolve("version"));
  }
}
