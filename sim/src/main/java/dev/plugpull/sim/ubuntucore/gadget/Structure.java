package dev.plugpull.sim.ubuntucore.gadget;

import java.util.List;
import java.util.OptionalLong;

/**
 * One partition or raw area of a volume, as written. Sizes and offsets are bytes.
 *
 * @param index position in the file, from 0
 * @param label {@code filesystem-label}, empty if not written
 * @param offset where it starts, empty if it follows the one before
 * @param offsetWrite where its start is to be written, null if nowhere
 * @param minSize 0 if not written
 * @param size 0 if not written
 * @param type {@code bare}, {@code mbr}, two hex digits, a GUID or both
 * @param role empty if not written
 * @param filesystem empty or {@code none} for a raw structure
 * @param update edition and preserve list, {@link UpdateRules#NONE} if not written
 * @param lines where its keys stand in the file
 */
public record Structure(
    int index,
    String name,
    String label,
    OptionalLong offset,
    OffsetWrite offsetWrite,
    long minSize,
    long size,
    String type,
    String role,
    String id,
    String filesystem,
    List<VolumeContent> content,
    UpdateRules update,
    Lines lines) {

  public static final String BARE = "bare";

  /** True if it is made with a file system of its own. */
  public boolean hasFilesystem() {
    return !filesystem.isEmpty() && !filesystem.equals("none");
  }

  /** As {@link #hasFilesystem()}, or if the volume leaves the file system of its partitions open. */
  public boolean hasFilesystem(Volume volume) {
    return hasFilesystem() || (!type.equals(BARE) && !type.equals(Role.MBR) && volume.isPartial("filesystem"));
  }

  /** The file system as Linux calls it: {@code vfat-16} and {@code vfat-32} are {@code vfat}. */
  public String linuxFilesystem() {
    return filesystem.equals("vfat-16") || filesystem.equals("vfat-32") ? "vfat" : filesystem;
  }

  /** True if the size is left open. */
  public boolean hasOpenSize(Volume volume) {
    return size == 0 && volume.isPartial("size");
  }

  /** The smallest size it may have: {@code min-size}, or the size. */
  public long effectiveMinSize() {
    return minSize == 0 ? size : minSize;
  }

  /** How messages call it. */
  public String title() {
    return name.isEmpty() ? "structure #" + index : "structure \"" + name + "\"";
  }

  public int line() {
    return lines.start();
  }

  /**
   * Where the start of this structure is to be written, in sectors, as four bytes.
   *
   * @param relativeTo name of a structure, empty for an absolute place
   * @param offset bytes
   */
  public record OffsetWrite(String relativeTo, long offset) {}
}
