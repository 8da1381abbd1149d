package dev.plugpull.sim.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The immutable content of a file or of a run of sectors.
 *
 * <p>Two kinds. <em>Interpreted</em> content has bytes that some program of the model reads (an environment, a script,
 * modeenv). <em>Opaque</em> content is something that no program looks into (a kernel image, a snap): it has a name and
 * a length, and its identity is the name, so that a 300 MB snap costs nothing.
 */
public final class Content {

  public static final Content EMPTY = new Content("", 0, new byte[0], null, Hash128.of("empty"));

  private static final String DAMAGED = "damaged: ";

  private final String name;
  private final long length;
  private final byte[] bytes;
  private final Object value;
  private final Hash128 hash;

  private Content(String name, long length, byte[] bytes, Object value, Hash128 hash) {
    this.name = name;
    this.length = length;
    this.bytes = bytes;
    this.value = value;
    this.hash = hash;
  }

  /** Interpreted content; the array is copied. */
  public static Content of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Content("", bytes.length, bytes.clone(), null, Hash128.of(bytes));
  }

  /** Interpreted content: the UTF-8 bytes of a text. */
  public static Content text(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Interpreted content together with its parsed form, so that a reader need not parse again.
   *
   * @param text the text form; equal values must give equal texts
   * @param value an immutable value
   */
  public static Content parsed(String text, Object value) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Content("", bytes.length, bytes, value, Hash128.of(bytes));
  }

  /**
   * Content that no program interprets.
   *
   * @param name its identity, such as {@code pc-kernel_2.snap}
   * @param length in bytes
   */
  public static Content opaque(String name, long length) {
    if (length < 0) {
      throw new IllegalArgumentException("cannot make content of " + length + " bytes: negative length");
    }
    return new Content(name, length, null, null, Hash128.of("opaque:" + name + ":" + length));
  }

  /**
   * Content of a program's record that only this program reads, known by its value instead of by bytes.
   *
   * @param value an immutable value whose {@code toString} tells it to people
   * @param hash fingerprint of the value: equal values, equal fingerprints
   * @param length about how many bytes the record takes on disk
   */
  public static Content record(Object value, Hash128 hash, long length) {
    return new Content("record", length, null, value, hash);
  }

  /**
   * Opaque content that is not what anybody wrote: stale clusters, the begin of one file with the end of another.
   *
   * @param why what it is made of; part of its identity
   */
  public static Content damaged(String why, long length) {
    return opaque(DAMAGED + why, length);
  }

  /**
   * True if some opaque content is not whole: cut off, or damaged. A kernel in that state is refused by whoever loads
   * it (magic number, checksum), a snap by whoever mounts it.
   */
  public boolean isPart() {
    return bytes == null && (name.endsWith(")") || name.startsWith(DAMAGED));
  }

  /** Length in bytes. */
  public long length() {
    return length;
  }

  /** Identity of opaque content, empty for interpreted content. */
  public String name() {
    return name;
  }

  public boolean isOpaque() {
    return bytes == null;
  }

  /** A copy of the bytes; empty when opaque. */
  public Optional<byte[]> bytes() {
    return bytes == null ? Optional.empty() : Optional.of(bytes.clone());
  }

  /** The bytes as UTF-8 text; empty when opaque. */
  public Optional<String> text() {
    return bytes == null ? Optional.empty() : Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  /** The parsed form that {@link #parsed} was given, or null: then parse {@link #text()}. */
  public Object value() {
    return value;
  }

  /** The first {@code count} bytes; of opaque content a different opaque content, named as a part. */
  public Content prefix(long count) {
    if (count >= length) {
      return this;
    }
    if (count == 0) {
      return EMPTY;
    }
    return bytes == null
        ? opaque(name + "[0.." + count + ")", count)
        : of(Arrays.copyOf(bytes, Math.toIntExact(count)));
  }

  /** This content with some bytes overwritten in place; grows if {@code offset + data.length} lies behind the end. */
  public Content overwritten(long offset, byte[] data) {
    if (bytes == null) {
      return opaque(name + "+" + Hash128.of(data) + "@" + offset, Math.max(length, offset + data.length));
    }
    byte[] result = Arrays.copyOf(bytes, Math.toIntExact(Math.max(length, offset + data.length)));
    System.arraycopy(data, 0, result, Math.toIntExact(offset), data.length);
    return of(result);
  }

  /** This content and behind it, up to a length, bytes that nobody wrote. Of opaque content, damaged content. */
  public Content padded(long newLength) {
    if (bytes == null) {
      return damaged("clusters behind the data of " + hash, newLength);
    }
    byte[] result = Arrays.copyOf(bytes, Math.toIntExact(newLength));
    for (int i = bytes.length; i < result.length; i++) {
      result[i] = (byte) (Hash128.mix(hash.lo() + i) | 0x80);
    }
    return of(result);
  }

  /**
   * This content with an append to it, which was issued when the file held other bytes further in front.
   *
   * @param from first byte that the append brings along; what stands before it here stays
   * @param before what the program that appended saw
   * @param after what it saw afterwards, longer than {@code before}
   * @return of opaque content damaged content, unless it is {@code before}
   */
  public Content appended(long from, Content before, Content after) {
    if (from == 0 || equals(before)) {
      return after;
    }
    if (isOpaque() || after.isOpaque()) {
      return damaged("append of " + after.hash + " to " + hash, after.length);
    }
    byte[] result = after.bytes.clone();
    System.arraycopy(bytes, 0, result, 0, (int) Math.min(from, length));
    return of(result);
  }

  public Hash128 hash() {
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Content content && content.hash.equals(hash) && content.length == length;
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return bytes == null ? name + " (" + length + " bytes)" : length + " bytes #" + hash.toString().substring(0, 8);
  }
}
