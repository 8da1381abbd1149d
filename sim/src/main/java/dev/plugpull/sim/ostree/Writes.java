package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.function.Predicate;

/**
 * How OSTree's helpers write. Each is the body of one numbered write; the crash point that carries its number comes
 * after it, and before each sync one more, since a sync decides what a cut can still take.
 */
final class Writes {
  /** Suffix of temporary names. Real names are random: reduction <em>rename</em>, one name stands for all. */
  static final String TEMPORARY = ".tmp~";

  private Writes() {}

  /** Temporary file, write, rename; nothing is synced (GLNX_FILE_REPLACE_NODATASYNC). */
  static void replace(LiveVolume volume, String path, Content content) {
    String temporary = path + TEMPORARY;
    forget(volume, temporary);
    volume.create(temporary);
    volume.write(temporary, content);
    volume.close(temporary);
    volume.rename(temporary, path);
  }

  /** Temporary file, write, fdatasync, rename; the folder is not synced. */
  static void replaceSynced(Machine machine, String point, LiveVolume volume, String path, Content content) {
    String temporary = path + TEMPORARY;
    forget(volume, temporary);
    volume.create(temporary);
    volume.write(temporary, content);
    machine.point(point + ".written", says(machine, "writes a temporary file for ", path));
    volume.fsync(temporary);
    volume.close(temporary);
    volume.rename(temporary, path);
    machine.point(point, says(machine, "syncs it and renames it to ", path));
  }

  /** Nameless file, write, fdatasync, link: a name that exists is complete. */
  static void copySynced(Machine machine, String point, LiveVolume volume, String path, Content content) {
    String nameless = volume.temporary(parent(path));
    volume.write(nameless, content);
    // No crash point before the sync: a nameless file is gone after any cut.
    volume.fsync(nameless);
    volume.link(nameless, path);
    machine.point(point, says(machine, "syncs it and links it as ", path));
  }

  /** grub2-editenv: truncation, write, fsync. */
  static void truncating(Machine machine, String point, LiveVolume volume, String path, Content content) {
    volume.truncate(path);
    machine.point(point + ".truncated", says(machine, "truncates ", path));
    volume.write(path, content);
    machine.point(point + ".written", says(machine, "writes ", path));
    volume.fsync(path);
    volume.close(path);
    machine.point(point, says(machine, "syncs ", path));
  }

  /** A new file, not synced. */
  static void plain(LiveVolume volume, String path, Content content) {
    forget(volume, path);
    volume.create(path);
    if (content.length() > 0) {
      volume.write(path, content);
    }
    volume.close(path);
  }

  /** A symbolic link, made beside and renamed over. */
  static void link(LiveVolume volume, String target, String path) {
    String temporary = path + TEMPORARY;
    forget(volume, temporary);
    volume.symlink(target, temporary);
    volume.rename(temporary, path);
  }

  /** mkdir -p. */
  static void folders(LiveVolume volume, String path) {
    if (path.length() > 1 && !volume.tree().exists(path)) {
      folders(volume, parent(path));
      volume.mkdir(path);
    }
  }

  /** rm -rf, deepest first. Nothing happens when the name is missing. */
  static void removeTree(LiveVolume volume, String path) {
    removeTree(volume, path, name -> true);
  }

  /** rm -rf that stops at what may not be removed. */
  static void removeTree(LiveVolume volume, String path, Predicate<String> removable) {
    if (!removable.test(path)) {
      throw new SysrootError("cannot remove " + path + ": operation not permitted");
    }
    for (String name : volume.tree().names(path)) {
      removeTree(volume, path + "/" + name, removable);
    }
    Tree.Node node = volume.tree().get(path);
    if (node instanceof Tree.Directory) {
      volume.rmdir(path);
    } else if (node != null) {
      volume.unlink(path);
    }
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static void forget(LiveVolume volume, String path) {
    if (volume.tree().exists(path)) {
      volume.unlink(path);
    }
  }

  private static String says(Machine machine, String what, String path) {
    return machine.tracing() ? what + path : "";
  }
}
