package dev.plugpull.sim.store.gvariant;

import java.util.Arrays;
import java.util.List;

/** A typed value. Immutable, if nobody changes the bytes of {@link Bytes}. */
public sealed interface GVariant {

  /** The type string, such as {@code a{sv}}. */
  String type();

  /** {@code b}. */
  record Bool(boolean value) implements GVariant {
    @Override
    public String type() {
      return "b";
    }
  }

  /** {@code y}, {@code q}, {@code u}, {@code i}, {@code t} or {@code x}, by its size in bytes and its sign. */
  record Number(char kind, long value) implements GVariant {
    @Override
    public String type() {
      return String.valueOf(kind);
    }

    int size() {
      return GVariantLayout.fixedSize(type());
    }

    /** The number with its bytes turned around. */
    public Number swapped() {
      long swapped = Long.reverseBytes(value) >>> (64 - 8 * size());
      return new Number(kind, swapped);
    }
  }

  /** {@code s}. */
  record Text(String value) implements GVariant {
    @Override
    public String type() {
      return "s";
    }
  }

  /** {@code ay}. */
  record Bytes(byte[] value) implements GVariant {
    @Override
    public String type() {
      return "ay";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && Arrays.equals(bytes.value, value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }
  }

  /** An array of one element type. */
  record Items(String elementType, List<GVariant> values) implements GVariant {
    @Override
    public String type() {
      return "a" + elementType;
    }
  }

  /** A tuple. */
  record Tuple(List<GVariant> values) implements GVariant {
    @Override
    public String type() {
      StringBuilder type = new StringBuilder("(");
      values.forEach(value -> type.append(value.type()));
      return type.append(')').toString();
    }
  }

  /** One entry of a dictionary; only inside arrays. */
  record Entry(GVariant key, GVariant value) implements GVariant {
    @Override
    public String type() {
      return "{" + key.type() + value.type() + "}";
    }
  }

  /** {@code v}: a value that carries its type. */
  record Variant(GVariant value) implements GVariant {
    @Override
    public String type() {
      return "v";
    }
  }

  static GVariant text(String value) {
    return new Text(value);
  }

  static GVariant bytes(byte[] value) {
    return new Bytes(value);
  }

  static GVariant uint32(long value) {
    return new Number('u', value & 0xffffffffL);
  }

  static GVariant uint64(long value) {
    return new Number('t', value);
  }

  /** A number as OSTree stores it: most significant byte first. */
  static GVariant bigEndian32(long value) {
    return new Number('u', value & 0xffffffffL).swapped();
  }

  /** A number as OSTree stores it: most significant byte first. */
  static GVariant bigEndian64(long value) {
    return new Number('t', value).swapped();
  }

  static GVariant tuple(GVariant... values) {
    return new Tuple(List.of(values));
  }

  /** An entry of {@code a{sv}}. */
  static GVariant entry(String key, GVariant value) {
    return new Entry(new Text(key), new Variant(value));
  }

  /** The bytes, in normal form. */
  default byte[] encode() {
    return GVariantWriter.write(this);
  }

  /** Looks a key up in a dictionary of type {@code a{sv}}; null if it is absent or this is no such dictionary. */
  default GVariant lookup(String key) {
    if (this instanceof Items items) {
      for (GVariant value : items.values()) {
        if (value instanceof Entry(Text(String name), Variant(GVariant inner)) && name.equals(key)) {
          return inner;
        }
      }
    }
    return null;
  }

}
