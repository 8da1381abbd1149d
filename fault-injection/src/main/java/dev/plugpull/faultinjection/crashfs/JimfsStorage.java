package dev.plugpull.faultinjection.crashfs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.FileTimeSource;
import com.google.common.jimfs.Jimfs;
import dev.plugpull.sim.filesystem.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The live run: names and bytes in a Jimfs file system, with a clock that counts calls. */
final class JimfsStorage implements Storage {
  private final FileSystem jimfs;
  private long ticks;

  JimfsStorage() {
    FileTimeSource clock = () -> FileTime.from(Instant.ofEpochSecond(1_700_000_000L + ticks++));
    jimfs =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .setFileTimeSource(clock)
                .build());
  }

  /** A live run that starts with what a volume holds. */
  static JimfsStorage holding(Tree tree) throws IOException {
    JimfsStorage storage = new JimfsStorage();
    for (Path standard : List.of(storage.at("/work"))) {
      Files.deleteIfExists(standard);
    }
    storage.fill(tree.root(), "");
    return storage;
  }

  private void fill(Tree.Directory directory, String path) throws IOException {
    for (String name : directory.names()) {
      Path here = at(path + "/" + name);
      switch (directory.get(name)) {
        case Tree.Directory below -> {
          Files.createDirectory(here);
          fill(below, path + "/" + name);
        }
        case Tree.File file -> Files.write(here, file.content().bytes().orElse(new byte[0]));
        case Tree.Symlink link -> Files.createSymbolicLink(here, at(link.target()));
      }
    }
  }

  private Path at(String path) {
    return jimfs.getPath(path);
  }

  @Override
  public Node stat(String path) throws IOException {
    Path here = at(path);
    if (!Files.exists(here, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    PosixFileAttributes read = Files.readAttributes(here, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (read.isSymbolicLink()) {
      String target = Files.readSymbolicLink(here).toString();
      return new Node(Kind.LINK, target.length(), read.fileKey(), target, read.lastModifiedTime());
    }
    Kind kind = read.isDirectory() ? Kind.DIRECTORY : Kind.FILE;
    return new Node(kind, read.isDirectory() ? 0 : read.size(), key(here), "", read.lastModifiedTime());
  }

  private static Object key(Path path) throws IOException {
    return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public List<String> list(String path) throws IOException {
    try (Stream<Path> entries = Files.list(at(path))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public StoredFile open(String path) throws IOException {
    Opened opened = new Opened(
        FileChannel.open(at(path), StandardOpenOption.READ, StandardOpenOption.WRITE));
    opened.names.add(path);
    return opened;
  }

  private static final class Opened extends StoredFile {
    private final FileChannel channel;

    Opened(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    long size() throws IOException {
      return channel.size();
    }

    @Override
    int read(long offset, ByteBuffer into) throws IOException {
      return channel.read(into, offset);
    }

    @Override
    void write(long offset, byte[] bytes) throws IOException {
      channel.write(ByteBuffer.wrap(bytes), offset);
    }

    @Override
    void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    void release() throws IOException {
      channel.close();
    }
  }

  @Override
  public void makeDirectory(String path) throws IOException {
    Files.createDirectory(at(path));
  }

  @Override
  public void create(String path) throws IOException {
    Files.createFile(at(path));
  }

  @Override
  public void remove(String path) throws IOException {
    Files.delete(at(path));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(at(from), at(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void symbolicLink(String target, String path) throws IOException {
    Files.createSymbolicLink(at(path), at(target));
  }

  @Override
  public void hardLink(String existing, String path) throws IOException {
    Files.createLink(at(path), at(existing));
  }

  @Override
  public void touch(String path, FileTime time) throws IOException {
    Files.getFileAttributeView(at(path), BasicFileAttributeView.class).setTimes(time, null, null);
  }

  @Override
  public Set<PosixFilePermission> permissions(String path) throws IOException {
    return Files.getPosixFilePermissions(at(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void close() throws IOException {
    jimfs.close();
  }
}
