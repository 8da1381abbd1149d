package dev.plugpull.faultinjection.crashfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The open files of one file system and the names that each has, followed through renames, links and deletions. A file
 * may find out about more names of its own while it is open; there are few open files, so they are looked through.
 */
final class OpenFiles {
  private final Storage storage;
  private final List<StoredFile> files = new ArrayList<>();
  /** A file may have a name that was not seen when it was opened. */
  private boolean linked;

  OpenFiles(Storage storage, boolean linked) {
    this.storage = storage;
    this.linked = linked;
  }

  StoredFile open(String path) throws IOException {
    StoredFile file = named(path);
    if (file == null) {
      file = linked ? sameFile(path) : null;
    }
    if (file == null) {
      file = storage.open(path);
      files.add(file);
    }
    file.names.add(path);
    file.users++;
    return file;
  }

  private StoredFile named(String path) {
    for (StoredFile file : files) {
      if (file.names.contains(path)) {
        return file;
      }
    }
    return null;
  }

  private StoredFile sameFile(String path) throws IOException {
    Object key = storage.stat(path).key();
    for (StoredFile file : files) {
      if (!file.names.isEmpty() && storage.stat(file.names.first()).key().equals(key)) {
        return file;
      }
    }
    return null;
  }

  void close(StoredFile file) throws IOException {
    if (--file.users == 0) {
      files.remove(file);
      file.release();
    }
  }

  /** The names below {@code from} are now below {@code to}. */
  void renamed(String from, String to) {
    for (StoredFile file : files) {
      for (String name : List.copyOf(file.names)) {
        if (name.equals(from) || name.startsWith(from + "/")) {
          file.names.remove(name);
          file.names.add(to + name.substring(from.length()));
        }
      }
    }
  }

  void linked(String existing, String path) {
    linked = true;
    StoredFile file = named(existing);
    if (file != null) {
      file.names.add(path);
    }
  }

  /** Called before the name goes: another name of an open file takes over. */
  void unlinking(String path) throws IOException {
    StoredFile file = named(path);
    if (file != null && linked && file.names.size() == 1) {
      findNames("/", storage.stat(path).key(), path, file);
    }
    forget(path);
  }

  private void forget(String path) {
    for (StoredFile file : files) {
      file.names.remove(path);
    }
  }

  private void findNames(String directory, Object key, String except, StoredFile file) throws IOException {
    for (String name : storage.list(directory)) {
      String path = directory.length() == 1 ? "/" + name : directory + "/" + name;
      Storage.Node node = storage.stat(path);
      if (node.kind() == Storage.Kind.DIRECTORY) {
        findNames(path, key, except, file);
      } else if (node.kind() == Storage.Kind.FILE && node.key().equals(key) && !path.equals(except)) {
        file.names.add(path);
      }
    }
  }
}
