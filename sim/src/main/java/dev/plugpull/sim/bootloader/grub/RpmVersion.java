package dev.plugpull.sim.bootloader.grub;

/** The order of versions that RPM defines: runs of digits as numbers, runs of letters as text, tilde before all. */
final class RpmVersion {

  private RpmVersion() {}

  /** Compares file names of boot entries as name, version and release, split at the last two dashes. */
  static int compareNames(String left, String right) {
    String[] a = split(left);
    String[] b = split(right);
    for (int i = 0; i < 3; i++) {
      int order = compare(a[i], b[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static String[] split(String text) {
    int release = text.lastIndexOf('-');
    if (release < 0) {
      return new String[] {text, "", ""};
    }
    int version = text.lastIndexOf('-', release - 1);
    if (version < 0) {
      return new String[] {text.substring(0, release), text.substring(release + 1), ""};
    }
    return new String[] {
      text.substring(0, version), text.substring(version + 1, release), text.substring(release + 1)
    };
  }

  /** Negative, zero or positive as the left is older, the same or newer. */
  static int compare(String left, String right) {
    int i = 0;
    int k = 0;
    while (i < left.length() || k < right.length()) {
      i = skipSeparators(left, i);
      k = skipSeparators(right, k);
      char a = at(left, i);
      char b = at(right, k);
      if (a == '~' || b == '~') {
        if (a != b) {
          return a == '~' ? -1 : 1;
        }
        i++;
        k++;
        continue;
      }
      if (a == '+' || b == '+') {
        if (a != b) {
          return afterPlus(a, b);
        }
        i++;
        k++;
        continue;
      }
      if (a == 0 || b == 0) {
        break;
      }
      boolean digits = Lexer.isDigit(a);
      int endLeft = endOfRun(left, i, digits);
      int endRight = endOfRun(right, k, digits);
      if (endRight == k) {
        return digits ? 1 : -1;
      }
      int order =
          digits
              ? compareNumbers(left.substring(i, endLeft), right.substring(k, endRight))
              : left.substring(i, endLeft).compareTo(right.substring(k, endRight));
      if (order != 0) {
        return order;
      }
      i = endLeft;
      k = endRight;
    }
    return Integer.signum(left.length() - i) - Integer.signum(right.length() - k);
  }

  /** A version with a suffix behind {@code +} is newer than its base and older than one with another segment. */
  private static int afterPlus(char left, char right) {
    if (left == 0) {
      return -1;
    }
    if (right == 0) {
      return 1;
    }
    return left == '+' ? -1 : 1;
  }

  private static char at(String text, int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }

  private static int skipSeparators(String text, int from) {
    int i = from;
    while (i < text.length() && !isAlphanumeric(text.charAt(i)) && text.charAt(i) != '~' && text.charAt(i) != '+') {
      i++;
    }
    return i;
  }

  private static int endOfRun(String text, int from, boolean digits) {
    int i = from;
    while (i < text.length() && isAlphanumeric(text.charAt(i)) && Lexer.isDigit(text.charAt(i)) == digits) {
      i++;
    }
    return i;
  }

  private static int compareNumbers(String left, String right) {
    String a = stripZeros(left);
    String b = stripZeros(right);
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  private static String stripZeros(String digits) {
    int i = 0;
    while (i < digits.length() && digits.charAt(i) == '0') {
      i++;
    }
    return digits.substring(i);
  }

  private static boolean isAlphanumeric(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }
}
