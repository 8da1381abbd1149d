package dev.plugpull.sim.ubuntucore.gadget;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** A gadget in a folder. */
final class FolderGadgetFiles implements GadgetFiles {

  private static final int MOST_ENTRIES = 100_000;
  private static final int DEEPEST = 40;

  private final String origin;
  private final Path root;
  private final List<Entry> entries;

  private FolderGadgetFiles(String origin, Path root) throws IOException {
    this.origin = origin;
    this.root = root;
    this.entries = list();
  }

  static GadgetFiles open(Path folder) {
    try {
      return new FolderGadgetFiles(folder.toString(), folder.toRealPath());
    } catch (IOException e) {
      throw new UnreadableGadgetException(
          folder.toString(), "the folder cannot be listed (" + reason(e) + ")", "check its permissions");
    }
  }

  private List<Entry> list() throws IOException {
    List<Entry> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        EnumSet.noneOf(FileVisitOption.class),
        DEEPEST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (directory.equals(root)) {
              return FileVisitResult.CONTINUE;
            }
            add(directory, attributes);
            boolean history = directory.getFileName().toString().equals(".git");
            return history ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            add(file, attributes);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          private void add(Path path, BasicFileAttributes attributes) {
            if (found.size() >= MOST_ENTRIES) {
              throw new UnreadableGadgetException(
                  origin, "it has more than " + MOST_ENTRIES + " entries", "name the folder of the gadget itself");
            }
            found.add(entry(root.relativize(path).toString(), attributes));
          }
        });
    found.sort(Comparator.comparing(Entry::path));
    return List.copyOf(found);
  }

  private static Entry entry(String path, BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return new Entry(path, Kind.FILE, attributes.size());
    }
    Kind kind =
        attributes.isDirectory() ? Kind.DIRECTORY : attributes.isSymbolicLink() ? Kind.LINK : Kind.SPECIAL;
    return new Entry(path, kind, 0);
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public boolean isSnap() {
    return false;
  }

  @Override
  public List<Entry> entries() {
    return entries;
  }

  @Override
  public Optional<Entry> find(String path) {
    try {
      Path real = inside(path);
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      return Optional.of(entry(root.relativize(real).toString(), attributes));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public byte[] read(String path, int limit) {
    try {
      Path real = inside(path);
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        throw new UnreadableGadgetException(where(path), "it is not a file", "put the file there");
      }
      try (InputStream in = Files.newInputStream(real)) {
        byte[] bytes = Files.size(real) > limit ? new byte[0] : in.readNBytes(limit);
        if (Files.size(real) > limit || in.read() >= 0) {
          throw new UnreadableGadgetException(
              where(path), "it is larger than the " + limit + " bytes that are looked at", "give the right file");
        }
        return bytes;
      }
    } catch (IOException e) {
      throw new UnreadableGadgetException(where(path), reason(e), "check that the file is there and readable");
    }
  }

  /** The real path, which lies inside the folder; a leading slash means the folder, as it does for snapd. */
  private Path inside(String path) throws IOException {
    try {
      Path real = root.resolve(path.replaceFirst("^/+", "")).toRealPath();
      if (real.startsWith(root)) {
        return real;
      }
    } catch (InvalidPathException e) {
      throw new NoSuchFileException(path, null, e.getReason());
    }
    throw new UnreadableGadgetException(
        where(path), "it leads out of the gadget", "name a file inside the gadget, without links that leave it");
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemLoopException _ -> "symbolic links form a loop";
      default -> String.valueOf(e.getMessage());
    };
  }

  @Override
  public void close() {
    // a folder holds nothing open
  }
}
