package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.media.Content;

/**
 * The durability primitives P1 to P15 of the specification (section 0.3): each elementary step is a crash point of its
 * own, named {@code POINT.step}; the last one carries the bare name.
 */
final class Writes {

  /** Suffix of the temporary name. Real names are random: reduction <em>rename</em>, one name stands for all. */
  static final String TEMPORARY = ".tmp~";

  private Writes() {}

  /** P1: temporary file, write, fsync, rename, fsync of the folder. */
  static void atomic(Machine machine, String point, LiveVolume volume, String path, Content content) {
    String temporary = temporary(volume, path, content);
    machine.point(point + ".written", says(machine, "writes a temporary file for ", path));
    volume.fsync(temporary);
    machine.flushed(volume);
    volume.close(temporary);
    machine.point(point + ".synced", says(machine, "syncs the temporary file for ", path));
    volume.rename(temporary, path);
    machine.point(point + ".renamed", says(machine, "renames it to ", path));
    volume.fsyncDirectory(parent(path));
    machine.flushed(volume);
    machine.point(point, says(machine, "syncs the folder of ", path));
  }

  /** The temporary file of P1, written and not synced; without room nothing is left of it. */
  static String temporary(LiveVolume volume, String path, Content content) {
    String temporary = path + TEMPORARY;
    forget(volume, temporary);
    try {
      volume.create(temporary);
      volume.write(temporary, content);
    } catch (NoSpaceException e) {
      forget(volume, temporary);
      throw e;
    }
    return temporary;
  }

  /** P2: a link made in a temporary folder beside the target, renamed over it; both folders synced. */
  static void atomicLink(Machine machine, String point, LiveVolume volume, String target, String path) {
    String folder = path + TEMPORARY;
    String inner = folder + path.substring(path.lastIndexOf('/'));
    forget(volume, inner);
    if (!volume.tree().exists(folder)) {
      volume.mkdir(folder);
    }
    volume.symlink(target, inner);
    machine.point(point + ".made", says(machine, "makes the link beside ", path));
    volume.rename(inner, path);
    machine.point(point + ".renamed", says(machine, "renames the link to ", path));
    volume.fsyncDirectory(folder);
    volume.fsyncDirectory(parent(path));
    machine.flushed(volume);
    machine.point(point + ".synced", says(machine, "syncs the folder of ", path));
    volume.rmdir(folder);
    machine.point(point, says(machine, "removes the temporary folder of ", path));
  }

  /** P4: truncation, write, fsync; no temporary file, always written. A file that is not there is made. */
  static void truncating(Machine machine, String point, LiveVolume volume, String path, Content content) {
    if (volume.tree().exists(path)) {
      volume.truncate(path);
    } else {
      volume.create(path);
    }
    machine.point(point + ".truncated", says(machine, "truncates ", path));
    volume.write(path, content);
    machine.point(point + ".written", says(machine, "writes ", path));
    volume.fsync(path);
    machine.flushed(volume);
    volume.close(path);
    machine.point(point, says(machine, "syncs ", path));
  }

  /** P5: overwrite in place from offset 0, fsync of file and folder. */
  static void inPlace(Machine machine, String point, LiveVolume volume, String path, Content content) {
    volume.overwrite(path, content);
    machine.point(point + ".written", says(machine, "overwrites ", path));
    volume.fsync(path);
    machine.flushed(volume);
    volume.fsyncDirectory(parent(path));
    machine.flushed(volume);
    machine.point(point, says(machine, "syncs ", path));
  }

  /** P8: unlink without any sync. Nothing happens when the name is missing. */
  static void remove(Machine machine, String point, LiveVolume volume, String path) {
    if (volume.tree().exists(path)) {
      volume.unlink(path);
      machine.point(point, says(machine, "removes ", path));
    }
  }

  /** P12 without sync: a new file or, with force, a truncated old one. */
  static void plain(Machine machine, String point, LiveVolume volume, String path, Content content) {
    if (volume.tree().exists(path)) {
      volume.truncate(path);
    } else {
      volume.create(path);
    }
    volume.write(path, content);
    volume.close(path);
    machine.point(point, says(machine, "writes without sync ", path));
  }

  /** mkdir -p. */
  static void folders(LiveVolume volume, String path) {
    if (path.length() <= 1 || volume.tree().exists(path)) {
      return;
    }
    folders(volume, parent(path));
    volume.mkdir(path);
  }

  /** rm -rf, deepest first; one crash point a name. */
  static void removeTree(Machine machine, String point, LiveVolume volume, String path) {
    for (String name : volume.tree().names(path)) {
      removeTree(machine, point, volume, path + "/" + name);
    }
    if (volume.tree().get(path) instanceof dev.plugpull.sim.filesystem.Tree.Directory) {
      volume.rmdir(path);
      machine.point(point, says(machine, "removes folder ", path));
    } else {
      remove(machine, point, volume, path);
    }
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static void forget(LiveVolume volume, String temporary) {
    if (volume.tree().exists(temporary)) {
      volume.unlink(temporary);
    }
  }

  private static String says(Machine machine, String what, String path) {
    return machine.tracing() ? what + path : "";
  }
}
