package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.BootVolume;
import java.util.Map;

/**
 * {@code test}: read from left to right without precedence. Words that fit no operator make the whole test true, which
 * is why an unquoted empty variable in a comparison is true.
 */
final class TestCommand {

  /** Where an operator stands, counted from the current word, and how many words its expression takes. */
  private record Operator(int position, int words) {}

  private static final Operator BINARY = new Operator(1, 3);
  private static final Operator JOIN = new Operator(0, 1);
  private static final Operator UNARY = new Operator(0, 2);

  private static final Map<String, Operator> BINARIES = Map.ofEntries(
      Map.entry("=", BINARY), Map.entry("!=", BINARY), Map.entry("<", BINARY), Map.entry(">", BINARY),
      Map.entry("-eq", BINARY), Map.entry("-ne", BINARY), Map.entry("-lt", BINARY), Map.entry("-le", BINARY),
      Map.entry("-gt", BINARY), Map.entry("-ge", BINARY));
  private static final Map<String, Operator> OTHERS = Map.of(
      "!", JOIN, "-o", JOIN, "-a", JOIN, "-z", UNARY, "-n", UNARY, "-e", new Operator(0, 4));

  private final Session session;
  private final String[] words;

  private TestCommand(Session session, String[] words) {
    this.session = session;
    this.words = words;
  }

  static int run(Session session, String[] words) {
    return words.length < 3 ? 1 : new TestCommand(session, words).evaluate() ? 0 : 1;
  }

  private boolean evaluate() {
    boolean value = false;
    boolean left = false;
    boolean negate = false;
    String join = "";
    int at = 1;
    while (at < words.length) {
      Operator operator = operatorAt(at);
      if (operator == null || words.length - at < operator.words()) {
        return true;
      }
      String name = words[at + operator.position()];
      if (operator != JOIN) {
        value = single(name, at) != negate;
        negate = false;
        value = switch (join) {
          case "-o" -> left || value;
          case "-a" -> left && value;
          default -> value;
        };
        join = "";
      } else if (name.equals("!")) {
        negate = !negate;
      } else {
        left = value;
        join = name;
      }
      at += operator.words();
    }
    return value;
  }

  private Operator operatorAt(int at) {
    if (at + 1 < words.length) {
      Operator binary = BINARIES.get(words[at + 1]);
      if (binary != null) {
        return binary;
      }
    }
    return OTHERS.get(words[at]);
  }

  private boolean single(String name, int at) {
    String left = words[at];
    return switch (name) {
      case "-z" -> words[at + 1].isEmpty();
      case "-n" -> !words[at + 1].isEmpty();
      case "-e" -> exists(words[at + 1], words[at + 2], words[at + 3]);
      case "=" -> left.equals(words[at + 2]);
      case "!=" -> !left.equals(words[at + 2]);
      case "<" -> left.compareTo(words[at + 2]) < 0;
      case ">" -> left.compareTo(words[at + 2]) > 0;
      default -> numbers(name, Numbers.signed(left), Numbers.signed(words[at + 2]));
    };
  }

  private static boolean numbers(String name, long left, long right) {
    return switch (name) {
      case "-eq" -> left == right;
      case "-ne" -> left != right;
      case "-lt" -> left < right;
      case "-le" -> left <= right;
      case "-gt" -> left > right;
      default -> left >= right;
    };
  }

  private boolean exists(String type, String device, String path) {
    BootVolume volume = session.devices.volume(type, device);
    if (volume == null) {
      return false;
    }
    return !(volume.lookup(FileCommands.path(path)) instanceof BootVolume.Lookup.Missing);
  }
}
