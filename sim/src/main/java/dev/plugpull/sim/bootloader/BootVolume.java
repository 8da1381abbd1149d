package dev.plugpull.sim.bootloader;

import dev.plugpull.sim.media.Content;
import java.util.List;
import java.util.Optional;

/**
 * One partition (or a whole raw disk) as a boot loader sees it: home locations only, no journal is replayed.
 *
 * <p>Paths begin with {@code /}. Symbolic links are followed where the file system has them.
 */
public interface BootVolume {

  /** Number of the disk, from 0 ({@code hd0}, {@code mmc 0}). */
  int disk();

  /** Number of the partition, from 1; 0 stands for the whole disk. */
  int partition();

  /** File-system label, empty if none. */
  String label();

  /** File-system UUID, empty if none. */
  String uuid();

  /** GPT partition name, empty if none. */
  String partitionName();

  /** {@code ext4}, {@code vfat}, {@code btrfs}, {@code xfs}, {@code squashfs} or {@code none}. */
  String type();

  /** What stands at a path. */
  Lookup lookup(String path);

  /**
   * What a symbolic link at a path leads to, as it stands in the link; empty if no link stands there. Loaders follow
   * links with {@link #lookup}; this is for who writes the volume out.
   */
  default Optional<String> link(String path) {
    return Optional.empty();
  }

  /** The names in a directory, sorted; empty when it is missing. */
  List<String> list(String directory);

  /** The content of a file; empty if it is missing, a directory or cannot be read. */
  default Optional<Content> read(String path) {
    return lookup(path) instanceof Lookup.File file ? Optional.of(file.content()) : Optional.empty();
  }

  /**
   * Overwrites sectors of an existing file in place, without touching any metadata (GRUB's {@code save_env}).
   *
   * @return false if this file system cannot do that
   */
  boolean overwrite(String path, long offset, byte[] data);

  /**
   * Replaces a file through the boot loader's own file-system writer (U-Boot's {@code fatwrite}, {@code ext4write}).
   */
  boolean rewrite(String path, Content content);

  /** Reads raw bytes of the partition. */
  byte[] readRaw(long offset, int length);

  /** Writes raw bytes of the partition, in one request. */
  void writeRaw(long offset, byte[] data);

  /** The answer to {@link #lookup}. */
  sealed interface Lookup {
    /** A regular file, links followed. */
    record File(Content content) implements Lookup {}

    record Directory() implements Lookup {}

    record Missing() implements Lookup {}

    /** The name exists but its data or metadata cannot be read; {@code why} in words. */
    record Unreadable(String why) implements Lookup {}
  }
}
