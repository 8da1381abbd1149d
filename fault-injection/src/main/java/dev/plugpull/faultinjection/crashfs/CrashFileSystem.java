package dev.plugpull.faultinjection.crashfs;

import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;

/**
 * A file system that keeps account of what a power cut could take. Two kinds: the live one, over Jimfs, that a workload
 * runs on, and the view over a crash state that a recovery check works on. Both record what is written to them.
 *
 * <p>Safe for use by several threads; operations take effect one at a time.
 */
public final class CrashFileSystem extends FileSystem {
  private static final int MOST_LINKS = 40;

  private final CrashProvider provider = CrashProvider.INSTANCE;
  private final Storage storage;
  private final OpenFiles openFiles;
  private final Recording recording;
  private final boolean foldsCase;
  private volatile boolean open = true;

  CrashFileSystem(Storage storage, Recording recording, boolean foldsCase) {
    this.storage = storage;
    this.recording = recording;
    this.foldsCase = foldsCase;
    this.openFiles = new OpenFiles(storage, storage instanceof TreeStorage && !foldsCase);
  }

  Storage storage() {
    if (!open) {
      throw new ClosedFileSystemException();
    }
    return storage;
  }

  OpenFiles openFiles() {
    return openFiles;
  }

  /** Notes an operation that took effect. */
  void record(Operation operation, String how) {
    recording.add(operation, how);
  }

  static boolean follows(LinkOption... options) {
    for (LinkOption option : options) {
      if (option == LinkOption.NOFOLLOW_LINKS) {
        return false;
      }
    }
    return true;
  }

  /** Absolute, without links and dots; the last name need not exist. */
  String canonical(CrashPath path, boolean followLast) throws IOException {
    String text = path.toAbsolutePath().toString();
    if (text.length() == 1) {
      return text;
    }
    boolean plain = storage instanceof TreeStorage && !foldsCase && !text.contains("/.");
    if (plain) {
      Storage.Node node = storage().stat(text);
      if (node != null && (!followLast || node.kind() != Storage.Kind.LINK)) {
        return text;
      }
    }
    return walk(text, followLast);
  }

  private String walk(String text, boolean followLast) throws IOException {
    ArrayDeque<String> names = new ArrayDeque<>(List.of(text.substring(1).split("/")));
    String at = "";
    int links = 0;
    while (!names.isEmpty()) {
      String name = foldsCase ? spelled(at, names.removeFirst()) : names.removeFirst();
      if (name.equals("..")) {
        at = at.isEmpty() ? "" : at.substring(0, at.lastIndexOf('/'));
      } else if (!name.isEmpty() && !name.equals(".")) {
        String here = at + "/" + name;
        Storage.Node node = storage().stat(here);
        if (node == null) {
          requireLast(names, text);
          return here;
        }
        if (node.kind() == Storage.Kind.LINK && (followLast || !names.isEmpty())) {
          if (++links > MOST_LINKS) {
            throw new FileSystemLoopException(text);
          }
          List<String> target = List.of(node.target().split("/"));
          target.reversed().forEach(names::addFirst);
          at = node.target().startsWith("/") ? "" : at;
        } else {
          requireDirectory(node, names, text);
          at = here;
        }
      }
    }
    return at.isEmpty() ? "/" : at;
  }

  /** The name as the directory has it. */
  private String spelled(String directory, String name) throws IOException {
    if (!directory.isEmpty() && storage().stat(directory).kind() != Storage.Kind.DIRECTORY) {
      return name;
    }
    for (String known : storage().list(directory.isEmpty() ? "/" : directory)) {
      if (known.equalsIgnoreCase(name)) {
        return known;
      }
    }
    return name;
  }

  private static void requireLast(ArrayDeque<String> names, String text) throws NoSuchFileException {
    if (!names.isEmpty()) {
      throw new NoSuchFileException(text);
    }
  }

  private static void requireDirectory(Storage.Node node, ArrayDeque<String> names, String text)
      throws FileSystemException {
    if (!names.isEmpty() && node.kind() == Storage.Kind.FILE) {
      throw new FileSystemException(text, null, "Not a directory");
    }
  }

  /** The canonical path of something that exists. */
  String existing(CrashPath path, boolean followLast) throws IOException {
    String at = canonical(path, followLast);
    if (storage().stat(at) == null) {
      throw new NoSuchFileException(path.toString());
    }
    return at;
  }

  /** The canonical path of something whose directory exists. */
  String inDirectory(CrashPath path, boolean followLast) throws IOException {
    String at = canonical(path, followLast);
    String parent = parent(at);
    Storage.Node node = storage().stat(parent);
    if (node == null) {
      throw new NoSuchFileException(path.toString());
    }
    if (node.kind() != Storage.Kind.DIRECTORY) {
      throw new NotDirectoryException(parent);
    }
    return at;
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  boolean hasLinks() {
    return !foldsCase;
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      storage.close();
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(getPath("/"));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of(new CrashStore());
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic", "posix");
  }

  @Override
  public Path getPath(String first, String... more) {
    StringBuilder joined = new StringBuilder(first);
    for (String part : more) {
      if (!part.isEmpty()) {
        joined.append(joined.isEmpty() ? "" : "/").append(part);
      }
    }
    return new CrashPath(this, CrashPath.tidy(joined.toString()));
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher(syntaxAndPattern);
    return path -> matcher.matches(Path.of(path.toString()));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("cannot look up users: a crash file system knows none");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("cannot watch files: a crash file system has no watch service");
  }
}
