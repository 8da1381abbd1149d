package dev.plugpull.sim.filesystem.squashfs;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A squashfs 4.0 image opened for reading.
 *
 * <p>Paths have no leading slash; the root is the empty path. Symbolic links are followed inside the image only: a link
 * that is absolute or climbs above the root is refused. Not safe for use by several threads.
 */
public final class SquashfsImage implements AutoCloseable {

  private static final int MOST_LINKS = 40;

  private final ImageBytes image;
  private final SortedMap<String, Inode> inodes;
  private final FileReader reader;

  /** What stands at a path, links not followed. */
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    SPECIAL
  }

  /**
   * @param path without a leading slash
   * @param size of a file in bytes, 0 for everything else
   * @param linkTarget target of a symbolic link, empty for everything else
   */
  public record Entry(String path, Kind kind, long size, String linkTarget) {}

  private SquashfsImage(ImageBytes image) throws IOException {
    this.image = image;
    Superblock superblock = Superblock.read(image);
    MetadataReader metadata = new MetadataReader(image, superblock.compression());
    this.inodes = new DirectoryWalk(metadata, superblock).run();
    this.reader = new FileReader(image, superblock, metadata);
  }

  /**
   * Opens an image and reads its directories.
   *
   * @throws SquashfsException if it is not a squashfs image or is damaged
   */
  public static SquashfsImage open(Path path) throws IOException {
    return open(Files.newByteChannel(path));
  }

  /** As {@link #open(Path)}; the channel is closed with the image, and also if opening fails. */
  public static SquashfsImage open(SeekableByteChannel channel) throws IOException {
    ImageBytes image = new ImageBytes(channel);
    try {
      return new SquashfsImage(image);
    } catch (IOException | RuntimeException e) {
      image.close();
      throw e;
    }
  }

  /** Everything in the image but the root, sorted by path. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    inodes.forEach(
        (path, inode) -> {
          if (!path.isEmpty()) {
            entries.add(entry(path, inode));
          }
        });
    return entries;
  }

  /**
   * What a path leads to after following links; empty if nothing is there.
   *
   * @throws SquashfsException if a link leaves the image or links form a loop
   */
  public Optional<Entry> find(String path) throws SquashfsException {
    String resolved = resolve(path);
    return Optional.ofNullable(inodes.get(resolved)).map(inode -> entry(resolved, inode));
  }

  /**
   * Reads a whole file, following links.
   *
   * @param limit most bytes to accept
   * @throws SquashfsException if there is no such file, or it is larger than {@code limit}, or damaged
   */
  public byte[] read(String path, int limit) throws IOException {
    Inode.File file = file(path);
    if (file.size() > limit) {
      throw new SquashfsException("/" + path + " has " + file.size() + " bytes, more than the " + limit + " looked at");
    }
    return reader.read(file, (int) file.size());
  }

  /** Reads at most the first {@code length} bytes of a file, following links. */
  public byte[] readStart(String path, int length) throws IOException {
    Inode.File file = file(path);
    return reader.read(file, (int) Math.min(length, file.size()));
  }

  private Inode.File file(String path) throws SquashfsException {
    if (inodes.get(resolve(path)) instanceof Inode.File file) {
      return file;
    }
    throw new SquashfsException("/" + path + " is not a file in it");
  }

  private String resolve(String path) throws SquashfsException {
    Deque<String> parts = new ArrayDeque<>(List.of(path.split("/", -1)));
    String at = "";
    int links = 0;
    while (!parts.isEmpty()) {
      String part = parts.pop();
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        at = parent(path, at);
        continue;
      }
      String next = at.isEmpty() ? part : at + "/" + part;
      if (!(inodes.get(next) instanceof Inode.Link link)) {
        at = next;
        continue;
      }
      if (++links > MOST_LINKS) {
        throw new SquashfsException("/" + path + " goes through more than " + MOST_LINKS + " symbolic links");
      }
      if (link.target().startsWith("/")) {
        throw new SquashfsException("/" + next + " is a symbolic link to the absolute path "
            + DirectoryWalk.printable(link.target()) + ", outside the image");
      }
      String[] targets = link.target().split("/", -1);
      for (int i = targets.length - 1; i >= 0; i--) {
        parts.push(targets[i]);
      }
    }
    return at;
  }

  private static String parent(String path, String at) throws SquashfsException {
    if (at.isEmpty()) {
      throw new SquashfsException("/" + DirectoryWalk.printable(path) + " leads out of the image");
    }
    int slash = at.lastIndexOf('/');
    return slash < 0 ? "" : at.substring(0, slash);
  }

  private static Entry entry(String path, Inode inode) {
    return switch (inode) {
      case Inode.File file -> new Entry(path, Kind.FILE, file.size(), "");
      case Inode.Directory _ -> new Entry(path, Kind.DIRECTORY, 0, "");
      case Inode.Link link -> new Entry(path, Kind.LINK, 0, link.target());
      case Inode.Special _ -> new Entry(path, Kind.SPECIAL, 0, "");
    };
  }

  @Override
  public void close() throws IOException {
    image.close();
  }
}
