package dev.plugpull.sim.bootloader.uboot;

import static dev.plugpull.sim.bootloader.uboot.UbootCommands.add;

import dev.plugpull.sim.bootloader.uboot.CommandTable.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.LZMAInputStream;

/** Commands that look at memory and change it. */
final class MemoryCommands {

  static final int STRING = -2;
  static final int BAD_WIDTH = -1;

  /** No command of a boot script works on more; larger counts are cut. */
  private static final int MOST = 1 << 24;

  private MemoryCommands() {}

  static void addTo(Map<String, Entry> all) {
    add(all, "md", 3, MemoryCommands::display);
    add(all, "mw", 4, MemoryCommands::write);
    add(all, "cp", 4, MemoryCommands::copy);
    add(all, "cmp", 4, MemoryCommands::compare);
    add(all, "crc32", 5, MemoryCommands::crc32);
    add(all, "base", 2, (session, words) -> 0);
    add(all, "unzip", 4, (session, words) -> unpack(session, words, true));
    add(all, "lzmadec", 4, (session, words) -> unpack(session, words, false));
  }

  /** The width after the dot of a command's name, in bytes; {@link #STRING} for {@code .s}. */
  static int width(String name, int standard) {
    int length = name.length();
    if (length > 2 && name.charAt(length - 2) == '.') {
      return switch (name.charAt(length - 1)) {
        case 'b' -> 1;
        case 'w' -> 2;
        case 'l' -> 4;
        case 'q' -> 8;
        case 's' -> STRING;
        default -> BAD_WIDTH;
      };
    }
    return standard;
  }

  /** The zero-terminated string at an address, at most 64 KiB. */
  static String string(Session session, long address) {
    String text = new String(session.memory.read(address, 1 << 16), StandardCharsets.ISO_8859_1);
    int end = text.indexOf(0);
    return end < 0 ? text : text.substring(0, end);
  }

  private static int bytes(String count, int width) {
    return (int) Math.min(Numbers.hex(count) * width, MOST);
  }

  private static int display(Session session, String[] words) {
    int width = width(words[0], 4);
    if (words.length < 2 || width < 0) {
      return words.length < 2 ? Command.USAGE : 1;
    }
    long address = Numbers.hex(words[1]);
    int length = words.length > 2 ? bytes(words[2], width) : 0x40 * width;
    byte[] data = session.memory.read(address, length);
    for (int row = 0; row < length; row += 16) {
      session.print(row(address + row, data, row, Math.min(16, length - row), width));
    }
    return 0;
  }

  private static String row(long address, byte[] data, int from, int count, int width) {
    StringBuilder numbers = new StringBuilder(String.format("%08x:", address));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 16; i += width) {
      StringBuilder number = new StringBuilder();
      for (int b = width - 1; b >= 0; b--) {
        number.append(i < count ? String.format("%02x", data[from + i + b]) : "  ");
      }
      numbers.append(' ').append(number);
    }
    for (int i = 0; i < count; i++) {
      int c = data[from + i] & 0xff;
      text.append(c >= 32 && c < 127 ? (char) c : '.');
    }
    return numbers + "  " + text + "\n";
  }

  private static int write(Session session, String[] words) {
    int width = width(words[0], 4);
    if (words.length < 3) {
      return Command.USAGE;
    }
    if (width < 0) {
      return 1;
    }
    long value = Numbers.hex(words[2]);
    int count = words.length > 3 ? bytes(words[3], width) / width : 1;
    byte[] data = new byte[count * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (value >>> (8 * (i % width)));
    }
    session.memory.write(Numbers.hex(words[1]), data);
    return 0;
  }

  private static int copy(Session session, String[] words) {
    int width = width(words[0], 4);
    if (words.length != 4) {
      return Command.USAGE;
    }
    if (width < 0) {
      return 1;
    }
    long count = Numbers.hex(words[3]) * width;
    if (count == 0) {
      session.print("Zero length ???\n");
      return 1;
    }
    long source = Numbers.hex(words[1]);
    session.memory.put(
        Numbers.hex(words[2]), session.memory.content(source, count), session.memory.originAt(source));
    return 0;
  }

  private static int compare(Session session, String[] words) {
    int width = width(words[0], 4);
    if (words.length != 4) {
      return Command.USAGE;
    }
    if (width < 0) {
      return 1;
    }
    int count = bytes(words[3], width);
    long first = Numbers.hex(words[1]);
    long second = Numbers.hex(words[2]);
    String unit = switch (width) {
      case 1 -> "byte";
      case 2 -> "halfword";
      case 4 -> "word";
      default -> "double word";
    };
    int same = 0;
    for (; same < count; same += width) {
      long a = session.memory.readNumber(first + same, width);
      long b = session.memory.readNumber(second + same, width);
      if (a != b) {
        String format = "%s at 0x%08x (0x%02x) != %s at 0x%08x (0x%02x)\n";
        session.print(String.format(format, unit, first + same, a, unit, second + same, b));
        break;
      }
    }
    int equal = same / width;
    session.print("Total of " + equal + " " + unit + "(s) were the same\n");
    return same < count ? 1 : 0;
  }

  private static int crc32(Session session, String[] words) {
    boolean verify = words.length > 1 && words[1].equals("-v");
    int at = verify ? 2 : 1;
    if (words.length < at + 2) {
      return Command.USAGE;
    }
    long address = Numbers.hex(words[at]);
    int length = bytes(words[at + 1], 1);
    int crc = UbootEnvironment.crcOf(session.memory.read(address, length), 0, length);
    session.print(String.format("crc32 for %08x ... %08x ==> %08x", address, address + length - 1, crc));
    if (verify && words.length > at + 2) {
      boolean same = (int) Numbers.hex(words[at + 2]) == crc;
      session.print(same ? "\n" : " != " + words[at + 2] + " ** ERROR **\n");
      return same ? 0 : 1;
    }
    session.print("\n");
    if (words.length > at + 2) {
      long target = Numbers.hex(words[at + 2].replaceFirst("^\\*", ""));
      session.memory.writeNumber(target, Integer.toUnsignedLong(Integer.reverseBytes(crc)), 4);
    }
    return 0;
  }

  private static int unpack(Session session, String[] words, boolean gzip) {
    if (words.length < 3) {
      return Command.USAGE;
    }
    long source = Numbers.hex(words[1]);
    dev.plugpull.sim.media.Content packed = session.memory.at(source);
    byte[] bytes = packed == null ? null : packed.bytes().orElse(null);
    if (bytes == null) {
      session.find(UbootFinding.Kind.NOT_MODELLED, "\"" + words[0] + "\" of content that the model does not look into",
          "");
      return 1;
    }
    try (var in = gzip
        ? new GZIPInputStream(new ByteArrayInputStream(bytes)) : new LZMAInputStream(new ByteArrayInputStream(bytes))) {
      byte[] unpacked = in.readNBytes(MOST);
      session.memory.write(Numbers.hex(words[2]), unpacked);
      session.print("Uncompressed size: " + unpacked.length + " = 0x"
          + Integer.toHexString(unpacked.length).toUpperCase(java.util.Locale.ROOT) + "\n");
      session.setHex("filesize", unpacked.length);
      return 0;
    } catch (IOException e) {
      session.print("Error: inflate() returned -3\n");
      return 1;
    }
  }
}
