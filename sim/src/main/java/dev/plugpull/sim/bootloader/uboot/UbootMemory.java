package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.media.Content;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The memory of the board while U-Boot runs: sparse runs of bytes, or of opaque content that nobody reads byte by byte.
 *
 * <p>What was never written reads as zero. A byte of opaque content reads as 0xA5: no command may depend on it, and a
 * program that prints or tests it sees something that is neither zero nor text.
 */
final class UbootMemory {

  private static final byte OPAQUE_BYTE = (byte) 0xa5;

  /** A run that begins at its key in {@link #runs}; runs never overlap. */
  private record Run(Content content, String origin) {}

  private final NavigableMap<Long, Run> runs = new TreeMap<>();

  /** Puts content at an address; {@code origin} says where it came from, for traces. */
  void put(long address, Content content, String origin) {
    if (content.length() == 0) {
      return;
    }
    cut(address, content.length());
    runs.put(address, new Run(content, origin));
  }

  void write(long address, byte[] bytes) {
    put(address, Content.of(bytes), "");
  }

  /** The content that begins exactly at an address and is at least one byte long, or null. */
  Content at(long address) {
    Run run = runs.get(address);
    return run == null ? null : run.content();
  }

  /** Where the content at an address came from; empty if unknown. */
  String originAt(long address) {
    Run run = runs.get(address);
    return run == null ? "" : run.origin();
  }

  /** A stretch of memory as content; opaque content stays opaque if the stretch lies at its beginning. */
  Content content(long address, long length) {
    Run run = runs.get(address);
    if (run != null && run.content().length() >= length) {
      return run.content().prefix(length);
    }
    if (run != null && run.content().isOpaque()) {
      return Content.opaque(run.content().name() + "+padding", length);
    }
    return Content.of(read(address, Math.toIntExact(Math.min(length, 1 << 28))));
  }

  byte[] read(long address, int length) {
    byte[] result = new byte[length];
    long end = address + length;
    Map.Entry<Long, Run> entry = runs.floorEntry(address);
    if (entry == null) {
      entry = runs.higherEntry(address);
    }
    while (entry != null && entry.getKey() < end) {
      copy(entry.getKey(), entry.getValue().content(), address, result);
      entry = runs.higherEntry(entry.getKey());
    }
    return result;
  }

  /** The address behind everything that was ever written, 0 if nothing was. */
  long end() {
    Map.Entry<Long, Run> last = runs.lastEntry();
    return last == null ? 0 : last.getKey() + last.getValue().content().length();
  }

  int readByte(long address) {
    Map.Entry<Long, Run> entry = runs.floorEntry(address);
    if (entry == null || entry.getKey() + entry.getValue().content().length() <= address) {
      return 0;
    }
    return read(address, 1)[0] & 0xff;
  }

  /** A little-endian number of 1, 2, 4 or 8 bytes. */
  long readNumber(long address, int width) {
    byte[] bytes = read(address, width);
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }

  void writeNumber(long address, long value, int width) {
    byte[] bytes = new byte[width];
    for (int i = 0; i < width; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    write(address, bytes);
  }

  private static void copy(long start, Content content, long address, byte[] result) {
    long from = Math.max(start, address);
    long to = Math.min(start + content.length(), address + result.length);
    if (from >= to) {
      return;
    }
    int target = (int) (from - address);
    int count = (int) (to - from);
    byte[] bytes = content.bytes().orElse(null);
    if (bytes == null) {
      Arrays.fill(result, target, target + count, OPAQUE_BYTE);
    } else {
      System.arraycopy(bytes, (int) (from - start), result, target, count);
    }
  }

  /** Makes room: what overlaps is kept on both sides. */
  private void cut(long address, long length) {
    long end = address + length;
    Map.Entry<Long, Run> before = runs.lowerEntry(address);
    if (before != null) {
      keepSides(before.getKey(), before.getValue(), address, end);
    }
    Map.Entry<Long, Run> inside = runs.ceilingEntry(address);
    while (inside != null && inside.getKey() < end) {
      keepSides(inside.getKey(), inside.getValue(), address, end);
      inside = runs.higherEntry(inside.getKey());
    }
  }

  private void keepSides(long start, Run run, long address, long end) {
    long runEnd = start + run.content().length();
    if (runEnd <= address) {
      return;
    }
    runs.remove(start);
    if (start < address) {
      runs.put(start, new Run(run.content().prefix(address - start), run.origin()));
    }
    if (runEnd > end) {
      runs.put(end, new Run(tail(run.content(), end - start), run.origin()));
    }
  }

  private static Content tail(Content content, long from) {
    byte[] bytes = content.bytes().orElse(null);
    return bytes == null
        ? Content.opaque(content.name() + "[" + from + "..", content.length() - from)
        : Content.of(Arrays.copyOfRange(bytes, (int) from, bytes.length));
  }
}
