package dev.plugpull.sim.bootloader.uboot;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** {@code env import [-d] [-t [-r] | -b | -c] address [size] [names]}. */
final class EnvironmentImport {

  private static final int MAX_SIZE = 1 << 20;
  private static final int CHUNK = 4096;

  private final Session session;
  private char separator = '\n';
  private boolean checked;
  private boolean crlfIsLf;
  private boolean deleteOthers;
  private int formats;

  private EnvironmentImport(Session session) {
    this.session = session;
  }

  static int run(Session session, String[] words) {
    return new EnvironmentImport(session).run(words);
  }

  private int run(String[] words) {
    int at = 1;
    for (; at < words.length && words[at].startsWith("-"); at++) {
      for (char option : words[at].substring(1).toCharArray()) {
        if (!option(option)) {
          return Command.USAGE;
        }
      }
    }
    if (formats > 1) {
      session.print("## import: only one of \"-b\", \"-c\" or \"-t\" allowed\n");
      return 1;
    }
    if (at >= words.length) {
      return Command.USAGE;
    }
    if (formats == 0) {
      session.print("## Warning: defaulting to text format\n");
    }
    return load(words, at);
  }

  private boolean option(char option) {
    switch (option) {
      case 'b' -> format('\0', false);
      case 'c' -> format('\0', true);
      case 't' -> format('\n', false);
      case 'r' -> crlfIsLf = true;
      case 'd' -> deleteOthers = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  private void format(char chosen, boolean withCrc) {
    formats++;
    separator = chosen;
    checked = withCrc;
  }

  private int load(String[] words, int at) {
    long address = Numbers.hex(words[at]);
    int size;
    if (at + 1 < words.length && !words[at + 1].equals("-")) {
      size = (int) Math.min(Numbers.hex(words[at + 1]), MAX_SIZE * 16L);
    } else if (checked) {
      session.print("## Error: external checksum format must pass size\n");
      return 1;
    } else {
      size = measure(address);
    }
    Set<String> only = at + 2 < words.length
        ? new LinkedHashSet<>(Arrays.asList(words).subList(at + 2, words.length)) : Set.of();
    // behind everything that was ever written there are only zeros, which end the text anyway
    int needed = checked ? size : (int) Math.min(size, Math.max(0, session.memory.end() - address) + 2);
    byte[] data = session.memory.read(address, needed);
    if (checked) {
      int header = session.board.header().length();
      if (size <= header) {
        session.print("## Error: Invalid size 0x" + Long.toHexString(size).toUpperCase(java.util.Locale.ROOT) + "\n");
        return 1;
      }
      if (!UbootEnvironment.crcIsGood(data, session.board.header())) {
        session.print("## Error: bad CRC, import failed\n");
        session.find(UbootFinding.Kind.BAD_ENVIRONMENT, "\"env import -c\" finds a bad CRC and imports nothing",
            "make the script cope with an import that fails");
        return 1;
      }
      data = Arrays.copyOfRange(data, header, size);
    }
    return importData(data, only);
  }

  private int importData(byte[] data, Set<String> only) {
    if (deleteOthers && only.isEmpty()) {
      session.variables.environment.clear();
    }
    boolean named = !only.isEmpty();
    boolean crlf = crlfIsLf && separator == '\n';
    if (!EnvironmentText.read(data, separator, crlf, only, session.variables.environment)) {
      session.print("## Error: Environment import failed: errno = 22\n");
      return 1;
    }
    if (deleteOthers && named) {
      deleteMissing(only);
    }
    return 0;
  }

  private void deleteMissing(Set<String> missing) {
    for (String name : missing) {
      boolean existed = session.variables.environment.remove(name) != null;
      session.print("WARNING: '" + name + "' " + (existed ? "not in imported env, deleting it!\n"
          : "neither in running nor in imported env!\n"));
    }
  }

  /** Without a size the text ends where a separator is followed by a zero byte. */
  private int measure(long address) {
    byte previous = (byte) 1;
    boolean first = true;
    for (int size = 0; size < MAX_SIZE; size += CHUNK) {
      byte[] chunk = session.memory.read(address + size, CHUNK);
      for (int i = 0; i < CHUNK; i++) {
        if (!first && previous == separator && chunk[i] == 0) {
          return announce(size + i - 1 + 2);
        }
        previous = chunk[i];
        first = false;
      }
      if (session.memory.end() <= address + size + CHUNK && separator != 0) {
        break;
      }
    }
    session.print("## Warning: Input data exceeds " + MAX_SIZE + " bytes - truncated\n");
    return announce(MAX_SIZE + 2);
  }

  private int announce(int size) {
    session.print("## Info: input data size = " + size + " = 0x"
        + Integer.toHexString(size).toUpperCase(java.util.Locale.ROOT) + "\n");
    return size;
  }
}
