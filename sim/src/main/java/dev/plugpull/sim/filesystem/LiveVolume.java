package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;

/**
 * A volume during one boot: what programs see, and the writes that a power cut may still take away. Mutable, used
 * by one
 * thread, thrown away at the end of the boot.
 *
 * <p>Operations carry the names of the system calls. Each throws {@link NoSpaceException} when space runs out and
 * {@link IllegalStateException} on a modelling error (a path that the program could not have used). Paths are absolute
 * within the volume. No operation makes anything durable unless it says so.
 */
public interface LiveVolume {

  /** What the kernel's programs see now. */
  Tree tree();

  /** The kernel mounts the volume: journal or log is replayed and, where the rules say so, written home. */
  void mount();

  /** mkdir(2); the parent must exist, the directory must not. */
  void mkdir(String path);

  /** open(2) with O_CREAT|O_EXCL: an empty file. */
  void create(String path);

  /**
   * open(2) with O_TMPFILE: an empty file without a name, gone at the next boot unless {@link #link} names it.
   *
   * @return what stands for a path in {@link #write}, {@link #fsync} and {@link #link}
   */
  default String temporary(String directory) {
    throw new IllegalStateException("cannot make a nameless file in " + directory + ": not supported here");
  }

  /** open(2) with O_TRUNC of an existing file: length 0, its blocks are freed. */
  void truncate(String path);

  /** Gives an empty or shorter file this content by appending write(2)s; delayed allocation applies. */
  void write(String path, Content content);

  /** Overwrites an existing file in place with a content of the same length (no truncation). */
  void overwrite(String path, Content content);

  /** close(2) of a file that was written: matters after a truncation on ext4 with auto_da_alloc. */
  void close(String path);

  /** rename(2), replacing the target. */
  void rename(String from, String to);

  void unlink(String path);

  /** rmdir(2) of an empty directory. */
  void rmdir(String path);

  void symlink(String target, String path);

  /** link(2). */
  void link(String existing, String path);

  /** fsync(2) of a file: durable on return, with whatever else this file system forces. Flushes the device. */
  void fsync(String path);

  /** fsync(2) of a directory. Flushes the device. */
  void fsyncDirectory(String path);

  /** syncfs(2). Flushes the device. */
  void sync();

  /** FIFREEZE and FITHAW, or an orderly unmount: synced, and home = recovered. */
  void freeze();

  /** Reads raw bytes of a raw volume. */
  byte[] readRaw(long offset, int length);

  /** Writes raw bytes of a raw volume (through the page cache when a kernel runs, to the device when a loader does). */
  void writeRaw(long offset, byte[] data);

  /** fsync(2) of the block device of a raw volume. */
  void fsyncRaw();

  /** sync(2) of a block device's page cache: the device is handed the writes, and no flush is sent. */
  default void writeBack() {
    sync();
  }

  /** Another volume on the same device was flushed: writes that the device had accepted are durable now. */
  void deviceFlushed();

  /** Calls {@code told} after each flush that this volume sends to its device; see {@link SharedDisk}. */
  default void onFlush(Runnable told) {}

  /** The loader's face of this volume; its writes bypass the page cache and are not flushed. */
  BootVolume boot();

  /** Changes whenever {@link #pending()} may have changed. */
  long version();

  /** The pending writes at this moment. */
  PendingWindow pending();

  /**
   * A fingerprint of everything that the rest of the boot can find out about this volume, pending writes included: two
   * volumes with equal ones go the same way for equal calls, and have equal crash states on it. Null: not known.
   */
  default Hash128 fingerprint() {
    return null;
  }

  /** The state if every pending write persists and the volume is cleanly unmounted. */
  VolumeState settled();

  /** Free blocks of 4096 bytes and free inodes or directory slots. */
  Space space();

  /** Free space as a program sees it. */
  record Space(long freeBlocks, long freeInodes) {}
}
