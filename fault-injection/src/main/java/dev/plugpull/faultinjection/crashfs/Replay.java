package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import java.util.Arrays;

/**
 * Carries recorded operations out on a volume. A volume takes a file's content as a whole, so a write at an offset
 * becomes an overwrite in place of what was there and an append of what goes beyond; a gap is appended as zeros.
 */
final class Replay {
  private Replay() {}

  static void apply(LiveVolume volume, Operation operation) {
    switch (operation) {
      case Operation.MakeDirectory made -> volume.mkdir(made.path());
      case Operation.Create created -> volume.create(created.path());
      case Operation.Write write -> write(volume, write.path(), write.offset(), write.bytes());
      case Operation.Truncate truncated -> truncate(volume, truncated.path(), truncated.size());
      case Operation.Close closed -> volume.close(closed.path());
      case Operation.Force forced -> volume.fsync(forced.path());
      case Operation.ForceDirectory forced -> volume.fsyncDirectory(forced.path());
      case Operation.Rename renamed -> volume.rename(renamed.from(), renamed.to());
      case Operation.Unlink unlinked -> volume.unlink(unlinked.path());
      case Operation.RemoveDirectory removed -> volume.rmdir(removed.path());
      case Operation.SymbolicLink link -> volume.symlink(link.target(), link.path());
      case Operation.HardLink link -> volume.link(link.existing(), link.path());
      case Operation.Promise promise -> {}
    }
  }

  private static void write(LiveVolume volume, String path, long offset, byte[] bytes) {
    Content old = volume.tree().content(path);
    long length = old.length();
    Content now = old.overwritten(offset, bytes);
    if (offset < length) {
      long inside = Math.min(bytes.length, length - offset);
      Content changed = inside == bytes.length ? now : old.overwritten(offset, Arrays.copyOf(bytes, (int) inside));
      if (!changed.equals(old)) {
        volume.overwrite(path, changed);
      }
    }
    if (now.length() > length) {
      volume.write(path, now);
    }
  }

  /** Volumes cut to nothing only, so what stays is written again: more is at risk than on a real file system. */
  private static void truncate(LiveVolume volume, String path, long size) {
    Content kept = volume.tree().content(path).prefix(size);
    volume.truncate(path);
    if (size > 0) {
      volume.write(path, kept);
    }
  }
}
