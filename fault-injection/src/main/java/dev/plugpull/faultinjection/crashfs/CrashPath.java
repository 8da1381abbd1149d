package dev.plugpull.faultinjection.crashfs;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;

/** A path in the Unix syntax: names between slashes, absolute when it begins with one. */
final class CrashPath implements Path {
  private final CrashFileSystem fileSystem;
  private final String text;

  /** {@code text} has neither repeated nor trailing slashes. */
  CrashPath(CrashFileSystem fileSystem, String text) {
    this.fileSystem = fileSystem;
    this.text = text;
  }

  /** Takes repeated and trailing slashes out. */
  static String tidy(String raw) {
    if (raw.indexOf('\0') >= 0) {
      throw new java.nio.file.InvalidPathException(raw.replace('\0', '?'), "nul character");
    }
    if (!raw.contains("//") && !(raw.length() > 1 && raw.endsWith("/"))) {
      return raw;
    }
    String single = raw.replaceAll("/+", "/");
    return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
  }

  static CrashPath of(Path path) {
    if (path instanceof CrashPath own) {
      return own;
    }
    throw new ProviderMismatchException("cannot use " + path + ": a path of another file system");
  }

  private CrashPath with(String other) {
    return new CrashPath(fileSystem, other);
  }

  @Override
  public CrashFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return text.startsWith("/");
  }

  @Override
  public Path getRoot() {
    return isAbsolute() ? with("/") : null;
  }

  @Override
  public Path getFileName() {
    if (text.equals("/")) {
      return null;
    }
    int slash = text.lastIndexOf('/');
    return slash < 0 ? this : with(text.substring(slash + 1));
  }

  @Override
  public CrashPath getParent() {
    int slash = text.lastIndexOf('/');
    if (slash < 0 || text.length() == 1) {
      return null;
    }
    return with(slash == 0 ? "/" : text.substring(0, slash));
  }

  private List<String> names() {
    String names = isAbsolute() ? text.substring(1) : text;
    return names.isEmpty() && isAbsolute() ? List.of() : List.of(names.split("/", -1));
  }

  @Override
  public int getNameCount() {
    return names().size();
  }

  @Override
  public Path getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public Path subpath(int from, int to) {
    List<String> names = names();
    if (from < 0 || to > names.size() || from >= to) {
      throw new IllegalArgumentException("cannot take names " + from + " to " + to + " of " + text + ": out of range");
    }
    return with(String.join("/", names.subList(from, to)));
  }

  private boolean isForeign(Path other) {
    return !(other instanceof CrashPath path) || path.fileSystem != fileSystem;
  }

  @Override
  public boolean startsWith(Path other) {
    if (isForeign(other) || other.isAbsolute() != isAbsolute()) {
      return false;
    }
    List<String> theirs = CrashPath.of(other).names();
    List<String> ours = names();
    return theirs.size() <= ours.size() && ours.subList(0, theirs.size()).equals(theirs);
  }

  @Override
  public boolean endsWith(Path other) {
    if (isForeign(other)) {
      return false;
    }
    List<String> theirs = CrashPath.of(other).names();
    List<String> ours = names();
    if (other.isAbsolute()) {
      return isAbsolute() && ours.equals(theirs);
    }
    return theirs.size() <= ours.size() && ours.subList(ours.size() - theirs.size(), ours.size()).equals(theirs);
  }

  @Override
  public CrashPath normalize() {
    if (!text.contains(".")) {
      return this;
    }
    List<String> kept = new ArrayList<>();
    for (String name : names()) {
      boolean up = name.equals("..");
      if (up && !kept.isEmpty() && !kept.getLast().equals("..")) {
        kept.removeLast();
      } else if (!name.equals(".") && !(up && isAbsolute())) {
        kept.add(name);
      }
    }
    return with((isAbsolute() ? "/" : "") + String.join("/", kept));
  }

  @Override
  public CrashPath resolve(Path other) {
    CrashPath path = CrashPath.of(other);
    return path.isAbsolute() ? path : resolve(path.text);
  }

  @Override
  public CrashPath resolve(String other) {
    String tidy = tidy(other);
    if (tidy.isEmpty()) {
      return this;
    }
    if (tidy.startsWith("/") || text.isEmpty()) {
      return with(tidy);
    }
    return with(text.endsWith("/") ? text + tidy : text + "/" + tidy);
  }

  @Override
  public Path relativize(Path other) {
    CrashPath path = CrashPath.of(other);
    if (path.isAbsolute() != isAbsolute()) {
      throw new IllegalArgumentException("cannot relativize " + other + " against " + this + ": one is absolute");
    }
    List<String> ours = text.isEmpty() ? List.of() : names();
    List<String> theirs = path.text.isEmpty() ? List.of() : path.names();
    int same = 0;
    while (same < ours.size() && same < theirs.size() && ours.get(same).equals(theirs.get(same))) {
      same++;
    }
    List<String> result = new ArrayList<>();
    for (int i = same; i < ours.size(); i++) {
      result.add("..");
    }
    result.addAll(theirs.subList(same, theirs.size()));
    return with(String.join("/", result));
  }

  @Override
  public URI toUri() {
    try {
      return new URI(CrashProvider.SCHEME, null, toAbsolutePath().toString(), null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("cannot make a URI of " + text + ": " + e.getMessage(), e);
    }
  }

  @Override
  public CrashPath toAbsolutePath() {
    return isAbsolute() ? this : with("/" + text);
  }

  @Override
  public CrashPath toRealPath(LinkOption... options) throws IOException {
    return with(fileSystem.existing(this, CrashFileSystem.follows(options)));
  }

  @Override
  public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("cannot watch " + text + ": a crash file system has no watch service");
  }

  @Override
  public int compareTo(Path other) {
    return text.compareTo(CrashPath.of(other).text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CrashPath path && path.fileSystem == fileSystem && path.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
