package dev.plugpull.sim.store.gvariant;

import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads values of a given type from untrusted bytes. */
public final class GVariantReader {

  private static final int MAX_BYTES = 64 << 20;
  private static final int MAX_DEPTH = 64;
  /** Empty tuples and the like take no room: their number must be bounded by itself. */
  private static final int MAX_VALUES = 4 << 20;

  private int values;

  private GVariantReader() {}

  /** Reads a value; refuses everything that is not in normal form. */
  public static GVariant read(String type, byte[] bytes) throws TrustException {
    if (bytes.length > MAX_BYTES) {
      throw defect("longer than " + MAX_BYTES + " bytes");
    }
    GVariant value = new GVariantReader().value(type, bytes, 0);
    if (!Arrays.equals(value.encode(), bytes)) {
      throw defect("not in normal form");
    }
    return value;
  }

  private GVariant value(String type, byte[] bytes, int depth) throws TrustException {
    if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
      throw defect("nested too deeply or too many values");
    }
    int fixed = GVariantLayout.fixedSize(type);
    if (fixed > 0 && bytes.length != fixed) {
      throw defect(type + " needs " + fixed + " bytes, not " + bytes.length);
    }
    return switch (type.charAt(0)) {
      case 'b' -> bool(bytes[0]);
      case 'y', 'n', 'q', 'i', 'u', 'x', 't' -> new GVariant.Number(type.charAt(0), number(bytes, 0, bytes.length));
      case 's' -> text(bytes);
      case 'v' -> variant(bytes, depth);
      case 'a' -> type.equals("ay") ? new GVariant.Bytes(bytes) : array(type.substring(1), bytes, depth);
      case '(' -> new GVariant.Tuple(struct(type, bytes, depth));
      case '{' -> {
        List<GVariant> both = struct(type, bytes, depth);
        yield new GVariant.Entry(both.get(0), both.get(1));
      }
      default -> throw defect("type " + type + " is not known");
    };
  }

  private static GVariant bool(byte value) throws TrustException {
    if (value != 0 && value != 1) {
      throw defect("a boolean of " + value);
    }
    return new GVariant.Bool(value == 1);
  }

  private static GVariant text(byte[] bytes) throws TrustException {
    if (bytes.length == 0 || bytes[bytes.length - 1] != 0) {
      throw defect("a string without its end");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, bytes.length - 1)).toString();
      if (text.indexOf('\0') >= 0) {
        throw defect("a string with a NUL in it");
      }
      return new GVariant.Text(text);
    } catch (CharacterCodingException e) {
      throw new TrustException(Defect.FORMAT, "cannot read GVariant: a string that is not UTF-8", e);
    }
  }

  private GVariant variant(byte[] bytes, int depth) throws TrustException {
    int zero = bytes.length - 1;
    while (zero >= 0 && bytes[zero] != 0) {
      zero--;
    }
    if (zero < 0) {
      throw defect("a variant without a type");
    }
    String type = new String(bytes, zero + 1, bytes.length - zero - 1, StandardCharsets.ISO_8859_1);
    if (!GVariantLayout.valid(type)) {
      throw defect("a variant of an unknown type");
    }
    return new GVariant.Variant(value(type, Arrays.copyOf(bytes, zero), depth + 1));
  }

  private GVariant array(String elementType, byte[] bytes, int depth) throws TrustException {
    List<GVariant> items = new ArrayList<>();
    int fixed = GVariantLayout.fixedSize(elementType);
    if (fixed > 0) {
      if (bytes.length % fixed != 0) {
        throw defect("an array of " + bytes.length + " bytes with elements of " + fixed);
      }
      for (int at = 0; at < bytes.length; at += fixed) {
        items.add(value(elementType, Arrays.copyOfRange(bytes, at, at + fixed), depth + 1));
      }
      return new GVariant.Items(elementType, items);
    }
    if (bytes.length == 0) {
      return new GVariant.Items(elementType, items);
    }
    int size = GVariantLayout.offsetSize(bytes.length);
    long table = number(bytes, bytes.length - size, size);
    if (table < 0 || table >= bytes.length || (bytes.length - table) % size != 0) {
      throw defect("an array with a wrong table of offsets");
    }
    int from = 0;
    int alignment = GVariantLayout.alignment(elementType);
    for (int at = (int) table; at < bytes.length; at += size) {
      int begin = GVariantLayout.aligned(from, alignment);
      int end = end(number(bytes, at, size), begin, (int) table);
      items.add(value(elementType, Arrays.copyOfRange(bytes, begin, end), depth + 1));
      from = end;
    }
    return new GVariant.Items(elementType, items);
  }

  private List<GVariant> struct(String type, byte[] bytes, int depth) throws TrustException {
    List<GVariant> members = new ArrayList<>();
    List<String> types = GVariantLayout.members(type);
    int size = GVariantLayout.offsetSize(bytes.length);
    long framed = types.stream().limit(Math.max(0, types.size() - 1))
        .filter(member -> GVariantLayout.fixedSize(member) == 0).count();
    long table = bytes.length - framed * size;
    if (table < 0) {
      throw defect("a tuple without room for its offsets");
    }
    int from = 0;
    int next = bytes.length - size;
    for (int i = 0; i < types.size(); i++) {
      String member = types.get(i);
      int begin = GVariantLayout.aligned(from, GVariantLayout.alignment(member));
      int fixed = GVariantLayout.fixedSize(member);
      long end;
      if (fixed > 0) {
        end = begin + (long) fixed;
      } else if (i == types.size() - 1) {
        end = table;
      } else {
        end = number(bytes, next, size);
        next -= size;
      }
      int checked = end(end, begin, (int) table);
      members.add(value(member, Arrays.copyOfRange(bytes, begin, checked), depth + 1));
      from = checked;
    }
    return members;
  }

  private static int end(long end, int begin, int most) throws TrustException {
    if (end < begin || end > most) {
      throw defect("an offset of " + end + " outside " + begin + " to " + most);
    }
    return (int) end;
  }

  private static long number(byte[] bytes, int at, int size) {
    long number = 0;
    for (int i = 0; i < size; i++) {
      number |= (bytes[at + i] & 0xffL) << 8 * i;
    }
    return number;
  }

  private static TrustException defect(String why) {
    return new TrustException(Defect.FORMAT, "cannot read GVariant: " + why);
  }
}
