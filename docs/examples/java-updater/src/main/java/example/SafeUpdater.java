package example;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The updater with its fix: the bytes are forced before the move, the move is one step, and it is forced too. */
public final class SafeUpdater {
  private final Path root;

  public SafeUpdater(Path root) {
    this.root = root;
  }

  public void install(String version) throws IOException {
    Path part = root.resolve("version.part");
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(version.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(part, root.resolve("version"), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(root, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  public String installed() throws IOException {
    return Files.readString(root.resolve("version"));
  }
}
