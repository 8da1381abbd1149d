package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.faultinjection.crashfs.Storage.Kind;
import dev.plugpull.faultinjection.crashfs.Storage.Node;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calls of {@code java.nio.file}, each broken down into the system calls that the JDK makes for it on Linux. */
final class CrashProvider extends FileSystemProvider {
  static final String SCHEME = "crashfs";
  static final CrashProvider INSTANCE = new CrashProvider();

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("cannot make a file system for " + uri + ": use CrashTest");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException("cannot find " + uri + ": crash file systems have no URI");
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException("cannot find " + uri + ": crash file systems have no URI");
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    OpenMode mode = OpenMode.of(options);
    CrashPath own = CrashPath.of(path);
    CrashFileSystem fileSystem = own.getFileSystem();
    synchronized (fileSystem) {
      String at = fileSystem.inDirectory(own, mode.follow() && !mode.createNew());
      Node node = fileSystem.storage().stat(at);
      if (node != null && node.kind() == Kind.DIRECTORY && !mode.write()) {
        return new DirectoryChannel(fileSystem, at);
      }
      makeReady(fileSystem, own, at, node, mode);
      StoredFile file = fileSystem.openFiles().open(at);
      if (mode.truncate() && file.size() > 0) {
        file.truncate(0);
        fileSystem.record(new Operation.Truncate(at, 0), "TRUNCATE_EXISTING");
      }
      if (mode.deleteOnClose()) {
        unlink(fileSystem, at, "DELETE_ON_CLOSE");
      }
      return new CrashChannel(fileSystem, file, mode);
    }
  }

  private static void makeReady(CrashFileSystem fileSystem, CrashPath path, String at, Node node, OpenMode mode)
      throws IOException {
    if (node == null) {
      if (!mode.create() && !mode.createNew()) {
        throw new NoSuchFileException(path.toString());
      }
      fileSystem.storage().create(at);
      fileSystem.record(new Operation.Create(at), mode.createNew() ? "CREATE_NEW" : "");
    } else if (mode.createNew()) {
      throw new FileAlreadyExistsException(path.toString());
    } else if (node.kind() != Kind.FILE) {
      String why = node.kind() == Kind.DIRECTORY ? "Is a directory" : "Too many levels of symbolic links";
      throw new FileSystemException(path.toString(), null, why);
    }
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
      throws IOException {
    CrashPath own = CrashPath.of(directory);
    CrashFileSystem fileSystem = own.getFileSystem();
    synchronized (fileSystem) {
      String at = fileSystem.existing(own, true);
      if (fileSystem.storage().stat(at).kind() != Kind.DIRECTORY) {
        throw new NotDirectoryException(directory.toString());
      }
      List<Path> found = new java.util.ArrayList<>();
      for (String name : fileSystem.storage().list(at)) {
        Path entry = own.resolve(name);
        if (filter.accept(entry)) {
          found.add(entry);
        }
      }
      return new Listing(found);
    }
  }

  private static final class Listing implements DirectoryStream<Path> {
    private final List<Path> found;
    private boolean given;

    Listing(List<Path> found) {
      this.found = found;
    }

    @Override
    public java.util.Iterator<Path> iterator() {
      if (given) {
        throw new IllegalStateException("cannot iterate again: the directory stream was used");
      }
      given = true;
      return List.copyOf(found).iterator();
    }

    @Override
    public void close() {
      given = true;
    }
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    CrashPath own = CrashPath.of(directory);
    CrashFileSystem fileSystem = own.getFileSystem();
    synchronized (fileSystem) {
      String at = free(fileSystem, own);
      fileSystem.storage().makeDirectory(at);
      fileSystem.record(new Operation.MakeDirectory(at), "");
    }
  }

  private static String free(CrashFileSystem fileSystem, CrashPath path) throws IOException {
    String at = fileSystem.inDirectory(path, false);
    if (fileSystem.storage().stat(at) != null) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return at;
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
    CrashPath own = CrashPath.of(link);
    CrashFileSystem fileSystem = own.getFileSystem();
    synchronized (fileSystem) {
      requireLinks(fileSystem, link);
      String at = free(fileSystem, own);
      fileSystem.storage().symbolicLink(target.toString(), at);
      fileSystem.record(new Operation.SymbolicLink(target.toString(), at), "");
    }
  }

  private static void requireLinks(CrashFileSystem fileSystem, Path link) throws IOException {
    if (!fileSystem.hasLinks()) {
      throw new FileSystemException(link.toString(), null, "cannot make a link: FAT has none");
    }
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    CrashPath own = CrashPath.of(link);
    CrashFileSystem fileSystem = own.getFileSystem();
    synchronized (fileSystem) {
      requireLinks(fileSystem, link);
      String from = fileSystem.existing(CrashPath.of(existing), false);
      String at = free(fileSystem, own);
      if (fileSystem.storage().stat(from).kind() == Kind.DIRECTORY) {
        throw new FileSystemException(existing.toString(), link.toString(), "Operation not permitted");
      }
      if (fileSystem.storage().stat(from).kind() == Kind.LINK) {
        throw new FileSystemException(
            existing.toString(), link.toString(), "cannot link a symbolic link: only files get more names here");
      }
      fileSystem.storage().hardLink(from, at);
      fileSystem.openFiles().linked(from, at);
      fileSystem.record(new Operation.HardLink(from, at), "");
    }
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    CrashFileSystem fileSystem = CrashPath.of(link).getFileSystem();
    synchronized (fileSystem) {
      Node node = fileSystem.storage().stat(fileSystem.existing(CrashPath.of(link), false));
      if (node.kind() != Kind.LINK) {
        throw new NotLinkException(link.toString());
      }
      return fileSystem.getPath(node.target());
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    CrashFileSystem fileSystem = CrashPath.of(path).getFileSystem();
    synchronized (fileSystem) {
      remove(fileSystem, fileSystem.existing(CrashPath.of(path), false), path, "");
    }
  }

  static void remove(CrashFileSystem fileSystem, String at, Path told, String how) throws IOException {
    if (fileSystem.storage().stat(at).kind() != Kind.DIRECTORY) {
      unlink(fileSystem, at, how);
      return;
    }
    if (!fileSystem.storage().list(at).isEmpty()) {
      throw new DirectoryNotEmptyException(told.toString());
    }
    fileSystem.storage().remove(at);
    fileSystem.record(new Operation.RemoveDirectory(at), how);
  }

  private static void unlink(CrashFileSystem fileSystem, String at, String how) throws IOException {
    fileSystem.openFiles().unlinking(at);
    fileSystem.storage().remove(at);
    fileSystem.record(new Operation.Unlink(at), how);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    synchronized (CrashPath.of(source).getFileSystem()) {
      Moves.move(CrashPath.of(source), CrashPath.of(target), Set.copyOf(List.of(options)));
    }
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Set<CopyOption> asked = Set.copyOf(List.of(options));
    CrashFileSystem fileSystem = CrashPath.of(source).getFileSystem();
    synchronized (fileSystem) {
      boolean follow = !asked.contains(LinkOption.NOFOLLOW_LINKS);
      String from = fileSystem.existing(CrashPath.of(source), follow);
      if (!Moves.makeRoom(fileSystem, from, CrashPath.of(target), asked)) {
        return;
      }
      Node node = fileSystem.storage().stat(from);
      switch (node.kind()) {
        case DIRECTORY -> createDirectory(target);
        case LINK -> createSymbolicLink(target, fileSystem.getPath(node.target()));
        case FILE -> copyBytes(source, target);
      }
    }
  }

  private void copyBytes(Path source, Path target) throws IOException {
    try (FileChannel in = newFileChannel(source, Set.of(java.nio.file.StandardOpenOption.READ));
        FileChannel out = newFileChannel(
            target, Set.of(java.nio.file.StandardOpenOption.WRITE, java.nio.file.StandardOpenOption.CREATE_NEW))) {
      ByteBuffer bytes = ByteBuffer.allocate((int) in.size());
      in.read(bytes, 0);
      out.write(bytes.flip());
    }
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    if (one.equals(other)) {
      return true;
    }
    if (!(one instanceof CrashPath a) || !(other instanceof CrashPath b) || a.getFileSystem() != b.getFileSystem()) {
      return false;
    }
    CrashFileSystem fileSystem = a.getFileSystem();
    synchronized (fileSystem) {
      Storage storage = fileSystem.storage();
      return storage.stat(fileSystem.existing(a, true)).key().equals(storage.stat(fileSystem.existing(b, true)).key());
    }
  }

  @Override
  public boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) {
    return new CrashStore();
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    CrashFileSystem fileSystem = CrashPath.of(path).getFileSystem();
    synchronized (fileSystem) {
      fileSystem.existing(CrashPath.of(path), true);
    }
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
    AttributeView view = new AttributeView(CrashPath.of(path), CrashFileSystem.follows(options), type);
    return type.isInstance(view) ? type.cast(view) : null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
      throws IOException {
    if (!type.isAssignableFrom(java.nio.file.attribute.PosixFileAttributes.class)) {
      throw new UnsupportedOperationException(
          "cannot read " + type.getSimpleName() + ": only basic and posix are kept");
    }
    return type.cast(
        new AttributeView(CrashPath.of(path), CrashFileSystem.follows(options), type).readAttributes());
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) throws IOException {
    return new AttributeView(CrashPath.of(path), CrashFileSystem.follows(options), null).named(names);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) throws IOException {
    new AttributeView(CrashPath.of(path), CrashFileSystem.follows(options), null).set(name, value);
  }
}
