package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.faultinjection.crash.CrashStateEnumerator;
import dev.plugpull.faultinjection.crash.CrashStates;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file system that keeps account of what a power cut could take. Two kinds: the live one, over Jimfs, that a workload
 * runs on, and the view over a crash state that a recovery check works on. Both record what is written to them.
 *
 * <p>{@link CrashTest} makes them for a test in three lines. Code that wants a {@link FileSystem} in its hands takes
 * one from {@link #on} and cuts the power when it likes:
 *
 * {@snippet :
 * try (CrashFileSystem disk = CrashFileSystem.on(ext4())) {
 *   new Updater(disk.getPath("/")).install("2");
 *   for (CrashFileSystem left : disk.cut().states()) {
 *     assertThat(new Updater(left.getPath("/")).version()).isIn("1", "2");
 *   }
 * }
 * }
 *
 * <p>Safe for use by several threads; operations take effect one at a time.
 */
public final class CrashFileSystem extends FileSystem {
  private static final int MOST_LINKS = 40;
  private static final StackWalker CALLER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private final CrashProvider provider = CrashProvider.INSTANCE;
  private final Storage storage;
  private final OpenFiles openFiles;
  private final Recording recording;
  private final boolean foldsCase;
  /** What was durable when the recording began; null in a view whose cuts {@link CrashTest} makes. */
  private Durable durable;
  private volatile boolean open = true;

  /** A state and the rules by which it came about. */
  private record Durable(FileSystemRules rules, VolumeState state) {}

  CrashFileSystem(Storage storage, Recording recording, boolean foldsCase) {
    this.storage = storage;
    this.recording = recording;
    this.foldsCase = foldsCase;
    this.openFiles = new OpenFiles(storage, storage instanceof TreeStorage && !foldsCase);
  }

  private CrashFileSystem(Storage storage, FileSystemRules rules, VolumeState state, String workloadClass) {
    this(storage, new Recording(workloadClass), foldsCase(state));
    this.durable = new Durable(rules, state);
  }

  /** FAT knows no case and has no inode numbers. */
  static boolean foldsCase(VolumeState state) {
    return state.recovered().root().inode() < 0;
  }

  /** An empty file system on which the power may be cut at any time. */
  public static CrashFileSystem on(FileSystemRules rules) {
    try {
      JimfsStorage storage = JimfsStorage.holding(rules.empty().recovered());
      return new CrashFileSystem(storage, rules, rules.empty(), CallSite.outer(CALLER.getCallerClass().getName()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a file system on " + rules.name() + ": " + e.getMessage(), e);
    }
  }

  /** Everything written so far becomes durable, as by an orderly unmount and mount; the recording begins anew. */
  public synchronized void settle() {
    settle(recording.workloadClass());
  }

  synchronized void settle(String workloadClass) {
    LiveVolume volume = replayed();
    volume.freeze();
    durable = new Durable(durable.rules(), volume.settled());
    recording.restart(workloadClass);
  }

  /** The power goes now: everything that may be left. This file system lives on as if nothing had happened. */
  public synchronized Cut cut() {
    LiveVolume volume = replayed();
    CrashStates found =
        new CrashStateEnumerator(Bounds.DEFAULT.limits(1)).enumerate(volume.pending(), null);
    Map<Hash128, VolumeState> states = new LinkedHashMap<>();
    for (int i = 0; i < found.size(); i++) {
      states.putIfAbsent(found.state(i).hash(), found.state(i));
    }
    String workloadClass = recording.workloadClass();
    FileSystemRules rules = durable.rules();
    return new Cut(
        List.copyOf(states.values()), found.bounded(),
        state -> new CrashFileSystem(new TreeStorage(state.recovered()), rules, state, workloadClass));
  }

  /** What was written since the beginning, or since {@link #settle}, ready to be cut after every operation. */
  public synchronized CrashRun recorded() {
    requireOwnCuts();
    return new CrashRun(
        durable.rules(), durable.state(), recording.steps(), recording.workloadClass(), Bounds.DEFAULT);
  }

  /** Notes that something was reported as done: {@link CrashRun#thenRecover(RecoveryCheck.Promised)} is told. */
  public synchronized void promise(String value) {
    record(new Operation.Promise(value), "");
  }

  private LiveVolume replayed() {
    requireOwnCuts();
    LiveVolume volume = durable.state().open();
    volume.mount();
    recording.steps().forEach(step -> Replay.apply(volume, step.operation()));
    return volume;
  }

  private void requireOwnCuts() {
    if (durable == null) {
      throw new IllegalStateException("cannot cut the power here: a crash test cuts its recovery check itself");
    }
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
