package dev.plugpull.faultinjection.crashfs;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;

/**
 * Names and bytes below a {@link CrashFileSystem}. Paths are absolute and go through no symbolic link; whether a call
 * is allowed was checked before.
 */
interface Storage {

  enum Kind {
    FILE,
    DIRECTORY,
    LINK
  }

  /**
   * What stands at a path.
   *
   * @param size bytes of a file, 0 otherwise
   * @param key equal for two names of one file
   * @param target of a symbolic link, else empty
   */
  record Node(Kind kind, long size, Object key, String target, FileTime modified) {}

  /** What stands there, links not followed; null for nothing. */
  Node stat(String path) throws IOException;

  /** Sorted names in a directory. */
  List<String> list(String path) throws IOException;

  /** The file, with all its names filled in. */
  StoredFile open(String path) throws IOException;

  void makeDirectory(String path) throws IOException;

  void create(String path) throws IOException;

  /** Takes away a file, a link or an empty directory. */
  void remove(String path) throws IOException;

  /** Renames; a file in the place goes. */
  void rename(String from, String to) throws IOException;

  void symbolicLink(String target, String path) throws IOException;

  void hardLink(String existing, String path) throws IOException;

  /** Sets the time of last change where times are kept. */
  default void touch(String path, FileTime time) throws IOException {}

  /** The POSIX permissions, where they are kept. */
  default Set<java.nio.file.attribute.PosixFilePermission> permissions(String path) throws IOException {
    return java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x");
  }

  default void close() throws IOException {}
}
