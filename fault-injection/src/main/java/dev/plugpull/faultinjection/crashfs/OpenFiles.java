package dev.plugpull.faultinjection.crashfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The open files of one file system and the names that each has, followed through renames, links and deletions. */
final class OpenFiles {
  private final Storage storage;
  private final TreeMap<String, StoredFile> byName = new TreeMap<>();
  /** A file may have a name that was not seen when it was opened. */
  private boolean linked;

  OpenFiles(Storage storage, boolean linked) {
    this.storage = storage;
    this.linked = linked;
  }

  StoredFile open(String path) throws IOException {
    StoredFile file = byName.get(path);
    if (file == null) {
      file = linked ? sameFile(path) : null;
    }
    if (file == null) {
      file = storage.open(path);
    }
    file.names.add(path);
    file.users++;
    byName.put(path, file);
    return file;
  }

  private StoredFile sameFile(String path) throws IOException {
    Object key = storage.stat(path).key();
    for (var known : byName.entrySet()) {
      if (storage.stat(known.getKey()).key().equals(key)) {
        return known.getValue();
      }
    }
    return null;
  }

  void close(StoredFile file) throws IOException {
    if (--file.users == 0) {
      file.names.forEach(byName::remove);
      file.release();
    }
  }

  /** The names below {@code from} are now below {@code to}. */
  void renamed(String from, String to) {
    forget(to);
    List<String> moved = new ArrayList<>();
    for (String name : byName.tailMap(from).keySet()) {
      if (!name.startsWith(from)) {
        break;
      }
      if (name.length() == from.length() || name.charAt(from.length()) == '/') {
        moved.add(name);
      }
    }
    for (String name : moved) {
      StoredFile file = byName.remove(name);
      String now = to + name.substring(from.length());
      file.names.remove(name);
      file.names.add(now);
      byName.put(now, file);
    }
  }

  void linked(String existing, String path) {
    linked = true;
    StoredFile file = byName.get(existing);
    if (file != null) {
      file.names.add(path);
      byName.put(path, file);
    }
  }

  /** Called before the name goes: another name of an open file takes over. */
  void unlinking(String path) throws IOException {
    StoredFile file = byName.get(path);
    if (file != null && linked && file.names.size() == 1) {
      findNames("/", storage.stat(path).key(), path, file);
    }
    forget(path);
  }

  private void forget(String path) {
    StoredFile file = byName.remove(path);
    if (file != null) {
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
        byName.put(path, file);
      }
    }
  }
}
