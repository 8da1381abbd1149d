package dev.plugpull.sim.store.gvariant;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes values in normal form. */
final class GVariantWriter {

  private GVariantWriter() {}

  static byte[] write(GVariant value) {
    return switch (value) {
      case GVariant.Bool(boolean set) -> new byte[] {(byte) (set ? 1 : 0)};
      case GVariant.Number number -> littleEndian(number.value(), number.size());
      case GVariant.Text(String text) -> terminated(text);
      case GVariant.Bytes(byte[] bytes) -> bytes.clone();
      case GVariant.Items items -> array(items);
      case GVariant.Tuple tuple -> struct(tuple.type(), tuple.values());
      case GVariant.Entry entry -> struct(entry.type(), List.of(entry.key(), entry.value()));
      case GVariant.Variant(GVariant inner) -> variant(inner);
    };
  }

  private static byte[] terminated(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return java.util.Arrays.copyOf(utf8, utf8.length + 1);
  }

  private static byte[] variant(GVariant inner) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(write(inner));
    out.write(0);
    out.writeBytes(inner.type().getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static byte[] array(GVariant.Items items) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int alignment = GVariantLayout.alignment(items.elementType());
    boolean framed = GVariantLayout.fixedSize(items.elementType()) == 0;
    List<Integer> ends = new ArrayList<>();
    for (GVariant value : items.values()) {
      pad(out, alignment);
      out.writeBytes(write(value));
      if (framed) {
        ends.add(out.size());
      }
    }
    offsets(out, ends);
    return out.toByteArray();
  }

  private static byte[] struct(String type, List<GVariant> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      GVariant value = values.get(i);
      pad(out, GVariantLayout.alignment(value.type()));
      out.writeBytes(write(value));
      if (i < values.size() - 1 && GVariantLayout.fixedSize(value.type()) == 0) {
        ends.addFirst(out.size());
      }
    }
    int fixed = GVariantLayout.fixedSize(type);
    while (out.size() < fixed) {
      out.write(0);
    }
    offsets(out, ends);
    return out.toByteArray();
  }

  private static void pad(ByteArrayOutputStream out, int alignment) {
    while (out.size() % alignment != 0) {
      out.write(0);
    }
  }

  private static void offsets(ByteArrayOutputStream out, List<Integer> ends) {
    int size = GVariantLayout.offsetSizeFor(out.size(), ends.size());
    ends.forEach(end -> out.writeBytes(littleEndian(end, size)));
  }

  private static byte[] littleEndian(long value, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >>> 8 * i);
    }
    return bytes;
  }
}
