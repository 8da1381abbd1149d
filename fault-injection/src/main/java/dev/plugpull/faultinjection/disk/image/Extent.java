package dev.plugpull.faultinjection.disk.image;

/**
 * A run of bytes of one kind.
 *
 * @param length bytes, at least 1
 */
public record Extent(long length, Kind kind) {

  /** How the bytes are stored. */
  public enum Kind {
    /** Stored, any content. */
    DATA,
    /** Stored, and all zero. */
    ZERO,
    /** Not stored, reads as zero. */
    HOLE
  }
}
