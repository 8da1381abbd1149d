package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.faultinjection.crashfs.Storage.Kind;
import dev.plugpull.faultinjection.crashfs.Storage.Node;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Attributes of a path. Times and permissions are no durable state here: a crash state has none, no cut takes them. */
final class AttributeView implements PosixFileAttributeView {
  private final CrashPath path;
  private final boolean follow;
  private final Class<?> type;

  AttributeView(CrashPath path, boolean follow, Class<?> type) {
    this.path = path;
    this.follow = follow;
    this.type = type;
  }

  @Override
  public String name() {
    return type == BasicFileAttributeView.class ? "basic" : "posix";
  }

  @Override
  public PosixFileAttributes readAttributes() throws IOException {
    CrashFileSystem fileSystem = path.getFileSystem();
    synchronized (fileSystem) {
      String at = fileSystem.existing(path, follow);
      return new Attributes(fileSystem.storage().stat(at), fileSystem.storage().permissions(at));
    }
  }

  Map<String, Object> named(String names) throws IOException {
    PosixFileAttributes read = readAttributes();
    TreeMap<String, Object> all = new TreeMap<>();
    all.put("size", read.size());
    all.put("lastModifiedTime", read.lastModifiedTime());
    all.put("lastAccessTime", read.lastAccessTime());
    all.put("creationTime", read.creationTime());
    all.put("isDirectory", read.isDirectory());
    all.put("isRegularFile", read.isRegularFile());
    all.put("isSymbolicLink", read.isSymbolicLink());
    all.put("isOther", read.isOther());
    all.put("fileKey", read.fileKey());
    if (names.startsWith("posix:")) {
      all.put("permissions", read.permissions());
      all.put("owner", read.owner());
      all.put("group", read.group());
    }
    List<String> wanted = List.of(names.substring(names.indexOf(':') + 1).split(","));
    if (wanted.contains("*")) {
      return all;
    }
    if (!all.keySet().containsAll(wanted)) {
      throw new IllegalArgumentException("cannot read attributes " + names + ": known are " + all.keySet());
    }
    all.keySet().retainAll(wanted);
    return all;
  }

  void set(String name, Object value) throws IOException {
    switch (name.substring(name.indexOf(':') + 1)) {
      case "lastModifiedTime" -> setTimes((FileTime) value, null, null);
      case "lastAccessTime", "creationTime", "permissions" -> readAttributes();
      default -> throw new UnsupportedOperationException("cannot set attribute " + name + ": not kept");
    }
  }

  @Override
  public void setTimes(FileTime modified, FileTime accessed, FileTime created) throws IOException {
    CrashFileSystem fileSystem = path.getFileSystem();
    synchronized (fileSystem) {
      String at = fileSystem.existing(path, follow);
      if (modified != null) {
        fileSystem.storage().touch(at, modified);
      }
    }
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    readAttributes();
  }

  @Override
  public void setGroup(GroupPrincipal group) throws IOException {
    readAttributes();
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return readAttributes().owner();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    readAttributes();
  }

  private record Principal(String getName) implements GroupPrincipal {
    @Override
    public String toString() {
      return getName;
    }
  }

  private record Attributes(Node node, Set<PosixFilePermission> permissions) implements PosixFileAttributes {
    @Override
    public FileTime lastModifiedTime() {
      return node.modified();
    }

    @Override
    public FileTime lastAccessTime() {
      return node.modified();
    }

    @Override
    public FileTime creationTime() {
      return FileTime.fromMillis(0);
    }

    @Override
    public boolean isRegularFile() {
      return node.kind() == Kind.FILE;
    }

    @Override
    public boolean isDirectory() {
      return node.kind() == Kind.DIRECTORY;
    }

    @Override
    public boolean isSymbolicLink() {
      return node.kind() == Kind.LINK;
    }

    @Override
    public boolean isOther() {
      return false;
    }

    @Override
    public long size() {
      return node.size();
    }

    @Override
    public Object fileKey() {
      return node.key();
    }

    @Override
    public UserPrincipal owner() {
      return new Principal("root");
    }

    @Override
    public GroupPrincipal group() {
      return new Principal("root");
    }
  }
}
