package dev.plugpull.sim.bootloader.uboot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * {@code env export [-t | -b | -c] [-s size] address [names]}.
 *
 * <p>The binary forms always fill a whole environment of the build's size, and {@code filesize} says so, whatever was
 * there before: a {@code boot.sel} of 4096 bytes becomes as large as the build's environment.
 */
final class EnvironmentExport {

  private final Session session;
  private char separator = '\n';
  private boolean checked;
  private int formats;
  private int size;

  private EnvironmentExport(Session session) {
    this.session = session;
  }

  static int run(Session session, String[] words) {
    return new EnvironmentExport(session).run(words);
  }

  private int run(String[] words) {
    int at = 1;
    while (at < words.length && words[at].startsWith("-")) {
      String options = words[at++].substring(1);
      for (int i = 0; i < options.length(); i++) {
        char option = options.charAt(i);
        if (option == 's') {
          if (at >= words.length) {
            return Command.USAGE;
          }
          size = (int) Math.min(Numbers.hex(words[at++]), 1 << 24);
          break;
        }
        if (!format(option)) {
          return Command.USAGE;
        }
      }
    }
    if (formats > 1) {
      session.print("## Error: export: only one of \"-b\", \"-c\" or \"-t\" allowed\n");
      return 1;
    }
    if (at >= words.length) {
      return Command.USAGE;
    }
    return export(Numbers.hex(words[at]), Arrays.copyOfRange(words, at + 1, words.length));
  }

  private boolean format(char option) {
    if (option != 'b' && option != 'c' && option != 't') {
      return false;
    }
    formats++;
    separator = option == 't' ? '\n' : '\0';
    checked = option == 'c';
    return true;
  }

  private int export(long address, String[] names) {
    byte[] text = EnvironmentText.write(chosen(names), separator).getBytes(StandardCharsets.ISO_8859_1);
    int header = session.board.header().length();
    int room = session.board.environmentSize() - header;
    int limit = separator == '\n' ? size : room;
    if (size > 0) {
      session.memory.write(address, new byte[size]);
    }
    if (limit > 0 && text.length + 1 > limit) {
      session.print("Env export buffer too small: " + limit + ", but need " + (text.length + 1) + "\n");
      session.print("## Error: Cannot export environment: errno = 12\n");
      return 1;
    }
    if (separator == '\n') {
      int total = limit > 0 ? limit : text.length + 1;
      session.memory.write(address, Arrays.copyOf(text, total));
      session.variables.environment.put("filesize", Integer.toHexString(total).toUpperCase(Locale.ROOT));
      return 0;
    }
    byte[] data = Arrays.copyOf(text, room);
    if (checked) {
      writeChecked(address, data, header);
    } else {
      session.memory.write(address, data);
    }
    session.setHex("filesize", room + header);
    return 0;
  }

  private void writeChecked(long address, byte[] data, int header) {
    byte[] image = new byte[header + data.length];
    System.arraycopy(data, 0, image, header, data.length);
    session.memory.write(address, image);
    int covered = size > 0 ? Math.max(size - header, 0) : data.length;
    byte[] all = session.memory.read(address, header + covered);
    UbootEnvironment.seal(all, session.board.header(), 1);
    session.memory.write(address, Arrays.copyOf(all, header));
  }

  private NavigableMap<String, String> chosen(String[] names) {
    if (names.length == 0) {
      return session.variables.environment;
    }
    NavigableMap<String, String> chosen = new TreeMap<>();
    for (String name : names) {
      String value = session.environment(name);
      if (value != null) {
        chosen.put(name, value);
      }
    }
    return chosen;
  }
}
