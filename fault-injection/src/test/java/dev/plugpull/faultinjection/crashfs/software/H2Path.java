package dev.plugpull.faultinjection.crashfs.software;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.store.fs.FilePath;

/** H2's file-system interface over a {@code java.nio.file} root that the calling thread has chosen. */
final class H2Path extends FilePath {
  static final String SCHEME = "crash";
  private static final InheritableThreadLocal<Path> ROOT = new InheritableThreadLocal<>();

  private final Path path;

  private H2Path(String fullName, Path path) {
    this.name = fullName;
    this.path = path;
  }

  /** Makes {@code crash:} names stand for files below a root, for this thread and those it starts. */
  static void use(Path root) {
    ROOT.set(root);
    FilePath.register(new H2Path(SCHEME + ":", root));
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public H2Path getPath(String fullName) {
    String rest = fullName.substring(SCHEME.length() + 1);
    return new H2Path(fullName, ROOT.get().resolve("/" + rest));
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  private static <T> T told(Call<T> call) {
    try {
      return call.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private H2Path other(Path other) {
    return new H2Path(SCHEME + ":" + other, other);
  }

  @Override
  public long size() {
    return told(() -> Files.size(path));
  }

  @Override
  public void moveTo(FilePath target, boolean atomicReplace) {
    StandardCopyOption how = atomicReplace ? StandardCopyOption.ATOMIC_MOVE : StandardCopyOption.REPLACE_EXISTING;
    told(() -> Files.move(path, ((H2Path) target).path, how));
  }

  @Override
  public boolean createFile() {
    return Files.exists(path) || told(() -> Files.createFile(path)) != null;
  }

  @Override
  public boolean exists() {
    return Files.exists(path);
  }

  @Override
  public void delete() {
    told(() -> Files.deleteIfExists(path));
  }

  @Override
  public List<FilePath> newDirectoryStream() {
    return told(
        () -> {
          try (Stream<Path> entries = Files.list(path)) {
            return entries.<FilePath>map(this::other).toList();
          }
        });
  }

  @Override
  public FilePath toRealPath() {
    return this;
  }

  @Override
  public FilePath getParent() {
    return path.getParent() == null ? null : other(path.getParent());
  }

  @Override
  public boolean isDirectory() {
    return Files.isDirectory(path);
  }

  @Override
  public boolean isRegularFile() {
    return Files.isRegularFile(path);
  }

  @Override
  public boolean isAbsolute() {
    return true;
  }

  @Override
  public long lastModified() {
    return told(() -> Files.getLastModifiedTime(path).toMillis());
  }

  @Override
  public boolean canWrite() {
    return true;
  }

  @Override
  public void createDirectory() {
    told(() -> Files.createDirectory(path));
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    Set<StandardOpenOption> options =
        mode.equals("r")
            ? Set.of(StandardOpenOption.READ)
            : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    return FileChannel.open(path, options);
  }

  @Override
  public boolean setReadOnly() {
    return false;
  }
}
