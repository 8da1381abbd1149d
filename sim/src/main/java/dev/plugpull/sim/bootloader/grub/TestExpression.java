package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootVolume;
import java.util.List;

/**
 * The expression of {@code test} and {@code [}.
 *
 * <p>GRUB reads it from left to right without a grammar: whatever fits first is taken, {@code -a} is noise, {@code -o}
 * closes a conjunction, a lone word is true unless it is empty. An expression that breaks off is no error.
 */
final class TestExpression {

  private final Interpreter in;
  private final List<String> words;
  private final int end;
  private int at;

  private TestExpression(Interpreter in, List<String> words, int end) {
    this.in = in;
    this.words = words;
    this.end = end;
  }

  static int run(Interpreter in, List<String> words) {
    int end = words.size();
    if (end > 0 && words.get(end - 1).equals("]")) {
      end--;
    }
    return new TestExpression(in, words, end).group() ? 0 : in.error(GrubError.TEST_FAILURE, "false");
  }

  private boolean group() {
    boolean or = false;
    boolean and = true;
    boolean invert = false;
    while (at < end) {
      String word = words.get(at);
      Boolean value = at + 2 < end ? binary(word, words.get(at + 1), words.get(at + 2)) : null;
      if (value != null) {
        at += 3;
      } else {
        value = at + 1 < end ? unary(word, words.get(at + 1)) : null;
        if (value != null) {
          at += 2;
        }
      }
      if (value == null) {
        at++;
        switch (word) {
          case ")" -> {
            return or || and;
          }
          case "(" -> value = group();
          case "!" -> invert = !invert;
          case "-a" -> {}
          case "-o" -> {
            or |= and;
            and = true;
          }
          default -> value = !word.isEmpty();
        }
      }
      if (value != null) {
        and &= invert != value;
        invert = false;
      }
    }
    return or || and;
  }

  private Boolean binary(String left, String operator, String right) {
    return switch (operator) {
      case "=", "==" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "<" -> left.compareTo(right) < 0;
      case "<=" -> left.compareTo(right) <= 0;
      case ">" -> left.compareTo(right) > 0;
      case ">=" -> left.compareTo(right) >= 0;
      case "-eq" -> number(left) == number(right);
      case "-ne" -> number(left) != number(right);
      case "-lt" -> number(left) < number(right);
      case "-le" -> number(left) <= number(right);
      case "-gt" -> number(left) > number(right);
      case "-ge" -> number(left) >= number(right);
      case "-pgt" -> afterPrefix(left, right) > 0;
      case "-plt" -> afterPrefix(left, right) < 0;
      default -> operator.startsWith("-nt") || operator.startsWith("-ot") ? age(left, operator, right) : null;
    };
  }

  /** A 32-bit value, as GRUB's helper returns an int; an unreadable number is 0 and leaves an error to print. */
  private int number(String text) {
    boolean negative = text.startsWith("-");
    int value = (int) unsigned(text, negative ? 1 : 0);
    return negative ? -value : value;
  }

  private long unsigned(String text, int from) {
    GrubNumber number = GrubNumber.parse(text, from, 0);
    switch (number.trouble()) {
      case NONE -> {}
      case NOT_A_NUMBER -> in.error(GrubError.BAD_NUMBER, "unrecognized number");
      case TOO_LARGE -> in.error(GrubError.OUT_OF_RANGE, "overflow is detected");
    }
    return number.value();
  }

  private int afterPrefix(String left, String right) {
    int i = 0;
    while (i < left.length() && i < right.length() && left.charAt(i) == right.charAt(i)) {
      i++;
    }
    i--;
    while (i > 0 && i < left.length() && Lexer.isDigit(left.charAt(i))) {
      i--;
    }
    i++;
    return Long.compareUnsigned(unsigned(left, i), unsigned(right, i));
  }

  private Boolean age(String left, String operator, String right) {
    // the model has no file times: only "exists and the other does not" can be told
    boolean leftThere = lookup(left) != null;
    boolean rightThere = lookup(right) != null;
    return operator.startsWith("-nt") ? leftThere && !rightThere : !leftThere && rightThere;
  }

  private Boolean unary(String operator, String operand) {
    return switch (operator) {
      case "-n" -> !operand.isEmpty();
      case "-z" -> operand.isEmpty();
      case "-e" -> lookup(operand) != null;
      case "-d" -> lookup(operand) instanceof BootVolume.Lookup.Directory;
      case "-f" -> {
        BootVolume.Lookup found = lookup(operand);
        yield found != null && !(found instanceof BootVolume.Lookup.Directory);
      }
      case "-s" -> {
        var content = in.open(operand);
        in.clearError();
        yield content != null && content.length() > 0;
      }
      default -> null;
    };
  }

  /** What stands at a path; null if nothing does. A device that is not there leaves its error to print. */
  private BootVolume.Lookup lookup(String text) {
    FilePath parsed = FilePath.parse(text);
    // an unclosed device is taken for a name on the root device, and a parenthesis anywhere ends a device
    FilePath path = parsed == null ? new FilePath(null, text) : parsed;
    if (path.device() == null && text.indexOf(')') >= 0) {
      path = new FilePath(null, text.substring(text.indexOf(')') + 1));
    }
    BootVolume volume = in.volumeOf(path);
    if (volume == null) {
      return null;
    }
    in.clearError(); // finding a file system forgets an older error, such as that of a bad number
    String name = path.path();
    while (name.endsWith("/")) {
      name = withoutSlash(name);
    }
    if (name.isEmpty()) {
      return new BootVolume.Lookup.Directory();
    }
    BootVolume.Lookup found = volume.lookup(name.startsWith("/") ? name : "/" + name);
    if (found instanceof BootVolume.Lookup.Missing) {
      String folder = name.substring(0, name.lastIndexOf('/') + 1);
      if (folder.length() > 1 && !(volume.lookup(withoutSlash(folder)) instanceof BootVolume.Lookup.Directory)) {
        in.notFound(volume, folder);
      }
      return null;
    }
    return found;
  }

  private static String withoutSlash(String name) {
    return name.substring(0, name.length() - 1);
  }
}
