package dev.plugpull.faultinjection.crashfs;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/**
 * How the JDK moves on Linux. Without ATOMIC_MOVE it deletes what is in the place before it renames: two steps, not
 * one. When the rename then fails, what was deleted stays deleted.
 */
final class Moves {
  private Moves() {}

  static void move(CrashPath source, CrashPath target, Set<CopyOption> asked) throws IOException {
    CrashFileSystem fileSystem = source.getFileSystem();
    if (asked.contains(StandardCopyOption.ATOMIC_MOVE)) {
      rename(fileSystem, source, target, "ATOMIC_MOVE");
    } else if (makeRoom(fileSystem, fileSystem.existing(source, false), target, asked)) {
      rename(fileSystem, source, target, "");
    }
  }

  /** Deletes what stands at the target, if asked to; false if source and target are one file and nothing is to do. */
  static boolean makeRoom(CrashFileSystem fileSystem, String from, CrashPath target, Set<CopyOption> asked)
      throws IOException {
    String to = fileSystem.inDirectory(target, false);
    Storage.Node there = fileSystem.storage().stat(to);
    if (there == null) {
      return true;
    }
    if (same(fileSystem, from, to)) {
      return false;
    }
    if (!asked.contains(StandardCopyOption.REPLACE_EXISTING)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    CrashProvider.remove(fileSystem, to, target, "REPLACE_EXISTING deletes first");
    return true;
  }

  private static boolean same(CrashFileSystem fileSystem, String one, String other) throws IOException {
    Storage.Node first = fileSystem.storage().stat(one);
    Storage.Node second = fileSystem.storage().stat(other);
    return one.equals(other)
        || first != null && second != null && first.kind() == second.kind() && first.key().equals(second.key());
  }

  /** The system call. */
  private static void rename(CrashFileSystem fileSystem, CrashPath source, CrashPath target, String how)
      throws IOException {
    String from = fileSystem.existing(source, false);
    String to = fileSystem.inDirectory(target, false);
    requireRenamable(fileSystem, from, to, source, target);
    if (same(fileSystem, from, to)) {
      return;
    }
    Storage.Node replaced = fileSystem.storage().stat(to);
    if (replaced != null && replaced.kind() == Storage.Kind.FILE) {
      fileSystem.openFiles().unlinking(to);
    }
    fileSystem.storage().rename(from, to);
    fileSystem.openFiles().renamed(from, to);
    fileSystem.record(new Operation.Rename(from, to), how);
  }

  private static void requireRenamable(
      CrashFileSystem fileSystem, String from, String to, CrashPath source, CrashPath target) throws IOException {
    Storage.Node moved = fileSystem.storage().stat(from);
    Storage.Node there = fileSystem.storage().stat(to);
    String why = "";
    if (from.equals("/") || to.equals("/")) {
      why = "Device or resource busy";
    } else if (to.startsWith(from + "/")) {
      why = "Invalid argument";
    } else if (there != null && !same(fileSystem, from, to)) {
      boolean directory = there.kind() == Storage.Kind.DIRECTORY;
      if (directory && !fileSystem.storage().list(to).isEmpty()) {
        why = "Directory not empty";
      } else if (directory != (moved.kind() == Storage.Kind.DIRECTORY)) {
        why = directory ? "Is a directory" : "Not a directory";
      }
    }
    if (!why.isEmpty()) {
      throw new FileSystemException(source.toString(), target.toString(), why);
    }
  }
}
