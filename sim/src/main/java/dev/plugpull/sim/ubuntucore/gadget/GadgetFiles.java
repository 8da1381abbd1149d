package dev.plugpull.sim.ubuntucore.gadget;

import java.util.List;
import java.util.Optional;

/**
 * The files of a gadget, whether they lie in a folder or in a {@code .snap}.
 *
 * <p>Paths are relative and use slashes. Nothing outside the gadget is ever reached: a symbolic link that leads out of
 * it is refused.
 */
public interface GadgetFiles extends AutoCloseable {

  /** The path that the caller named. */
  String origin();

  /** True if this is a {@code .snap}. */
  boolean isSnap();

  /** Every entry, sorted by path; links are listed and not followed. */
  List<Entry> entries();

  /** What a path leads to after following links inside the gadget; empty if nothing is there. */
  Optional<Entry> find(String path);

  /**
   * Reads a whole file.
   *
   * @param limit most bytes to accept; nothing is read of a larger file
   * @throws UnreadableGadgetException if it is missing, larger, damaged or leads out of the gadget
   */
  byte[] read(String path, int limit);

  /** How messages name a file of this gadget. */
  default String where(String path) {
    return isSnap() ? origin() + ":" + path : origin() + "/" + path;
  }

  @Override
  void close();

  /** Kind of an entry. */
  enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    SPECIAL
  }

  /** @param size of a file in bytes */
  record Entry(String path, Kind kind, long size) {
    /** The last part of the path. */
    public String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    public boolean isFile() {
      return kind == Kind.FILE;
    }
  }
}
