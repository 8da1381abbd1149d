package dev.plugpull.sim.device;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;

/**
 * The idioms by which programs write files, each as the system calls that it consists of. Every call that could leave
 * something on the disk is a crash point: {@code POINT.step}, the last one with the bare name.
 */
public final class FileCalls {

  /** Suffix of temporary names. Real ones are random: reduction <em>rename</em>, one name stands for all. */
  public static final String TEMPORARY = ".tmp~";

  private final PoweredOn<?, ?> machine;
  private final LiveVolume volume;

  public FileCalls(PoweredOn<?, ?> machine, LiveVolume volume) {
    this.machine = machine;
    this.volume = volume;
  }

  /** A crash point; the words are made only where somebody reads them. */
  public void point(String name, String what, String path) {
    machine.point(name, machine.tracing() ? what + " " + path : "");
  }

  /** Temporary file, write, fsync, rename; {@code folder}: with fsync of the folder. */
  public void atomic(String point, String path, Content content, boolean folder) {
    String temporary = temporary(point, path, content);
    volume.fsync(temporary);
    point(point + ".synced", "syncs the temporary file for", path);
    renamed(folder ? point + ".renamed" : point, temporary, path);
    if (folder) {
      volume.fsyncDirectory(parent(path));
      point(point, "syncs the folder of", path);
    }
  }

  /** Temporary file, write, rename, without any sync. */
  public void renamedUnsynced(String point, String path, Content content) {
    renamed(point, temporary(point, path, content), path);
  }

  private String temporary(String point, String path, Content content) {
    String temporary = path + TEMPORARY;
    if (volume.tree().exists(temporary)) {
      volume.unlink(temporary);
    }
    volume.create(temporary);
    volume.write(temporary, content);
    volume.close(temporary);
    point(point + ".written", "writes a temporary file for", path);
    return temporary;
  }

  private void renamed(String point, String temporary, String path) {
    volume.rename(temporary, path);
    point(point, "renames it to", path);
  }

  /** A link under a temporary name, renamed over the old one; nothing is synced. */
  public void link(String point, String target, String path) {
    String temporary = path + TEMPORARY;
    if (volume.tree().exists(temporary)) {
      volume.unlink(temporary);
    }
    volume.symlink(target, temporary);
    point(point + ".made", "makes a link beside", path);
    renamed(point, temporary, path);
  }

  /** open with O_TRUNC or O_CREAT, write, close; nothing is synced. */
  public void plain(String point, String path, Content content) {
    if (volume.tree().exists(path)) {
      volume.truncate(path);
      point(point + ".truncated", "truncates", path);
    } else {
      volume.create(path);
    }
    volume.write(path, content);
    volume.close(path);
    point(point, "writes without sync", path);
  }

  /** As {@link #plain}, with an fsync. */
  public void synced(String point, String path, Content content) {
    plain(point + ".written", path, content);
    volume.fsync(path);
    point(point, "syncs", path);
  }

  /** unlink; nothing if it is not there. */
  public void remove(String point, String path) {
    if (volume.tree().exists(path)) {
      volume.unlink(path);
      point(point, "removes", path);
    }
  }

  /** rm -rf, deepest first; one crash point a name. */
  public void removeTree(String point, String path) {
    if (!volume.tree().exists(path)) {
      return;
    }
    for (String name : volume.tree().names(path)) {
      removeTree(point, path + "/" + name);
    }
    if (volume.tree().get(path) instanceof Tree.Directory) {
      volume.rmdir(path);
      point(point, "removes folder", path);
    } else {
      remove(point, path);
    }
  }

  /** mkdir -p, without a crash point of its own: the first file in it has one. */
  public void folders(String path) {
    if (path.length() > 1 && !volume.tree().exists(path)) {
      folders(parent(path));
      volume.mkdir(path);
    }
  }

  public static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
