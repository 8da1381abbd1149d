package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootOutcome;
import java.util.List;

/**
 * Chooses and runs menu entries with nobody at the keyboard: the default after the timeout, then the fallbacks.
 *
 * <p>An entry that returns has failed. Without a timeout, and after every failure (which unsets it), GRUB waits for a
 * person for ever.
 */
final class MenuRunner {

  private final Interpreter in;

  MenuRunner(Interpreter in) {
    this.in = in;
  }

  /**
   * @param nested true in a submenu or below {@code configfile}
   * @param automatic true if this menu was reached by a default and not by a person: then its failure returns
   */
  void show(boolean nested, boolean automatic) {
    while (true) {
      List<Menu.Entry> entries = in.menu().entries;
      int chosen = number("default");
      if (chosen < 0 || chosen >= entries.size()) {
        chosen = 0;
      }
      long timeout = timeout();
      if (timeout < 0) {
        throw new BootEnded(new BootOutcome.Prompt("a menu without timeout" + (nested ? " below another" : "")));
      }
      in.charge(timeout);
      in.variables().unset("timeout");
      withFallback(entries, chosen);
      if (automatic) {
        return;
      }
    }
  }

  private void withFallback(List<Menu.Entry> entries, int first) {
    run(entries.get(first));
    for (int next = takeFallback(); next >= 0; next = takeFallback()) {
      in.clearError();
      if (next >= entries.size()) {
        throw new BootEnded(
            new BootOutcome.Hang("fallback names entry " + next + " of " + entries.size() + ": GRUB crashes"));
      }
      in.note("falling back to '" + entries.get(next).title() + "'");
      in.charge(3);
      run(entries.get(next));
    }
    in.note("no entry and no fallback could be booted");
  }

  private void run(Menu.Entry entry) {
    in.note("booting '" + entry.title() + "'");
    in.charge(1);
    Variables variables = in.variables();
    String chosen = variables.get("chosen");
    String fallbackDefault = variables.get("default");
    if (entry.submenu()) {
      in.openContext(in.config.variant() == GrubConfig.Variant.FEDORA);
      in.variables().set("timeout", "0");
    }
    String id = entry.id().replace(">", ">>");
    in.variables().set("chosen", chosen == null ? id : chosen + ">" + id);
    in.variables().export("chosen");
    String rest = restOfPath(fallbackDefault);
    if (rest != null) {
      in.variables().set("default", rest);
    }
    in.runBody(entry.body(), entry.arguments());
    if (in.pendingError() == 0 && in.kernel.isLoaded()) {
      BootCommands.boot(in);
    }
    if (entry.submenu()) {
      if (!in.menu().entries.isEmpty()) {
        new MenuRunner(in).show(true, true);
      }
      in.closeContext();
    }
    in.restore("chosen", chosen);
    in.restore("default", fallbackDefault);
    in.variables().unset("timeout");
  }

  /** What stands behind the first {@code >} that is not doubled; null if nothing does. */
  private static String restOfPath(String path) {
    if (path == null) {
      return null;
    }
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '>') {
        if (i + 1 < path.length() && path.charAt(i + 1) == '>') {
          i++;
        } else {
          return i + 1 < path.length() ? path.substring(i + 1) : null;
        }
      }
    }
    return null;
  }

  private long timeout() {
    String value = in.variables().get("timeout");
    if (value == null) {
      return -1;
    }
    GrubNumber number = GrubNumber.parse(value, 0, 0);
    if (number.trouble() != GrubNumber.Trouble.NONE) {
      in.variables().unset("timeout");
      return -1;
    }
    return (int) number.value();
  }

  /** The entry that a variable names; -1 if none. */
  private int number(String variable) {
    String value = in.variables().get(variable);
    if (value == null) {
      return -1;
    }
    return in.config.variant() == GrubConfig.Variant.FEDORA ? named(value, true) : stockNumber(value);
  }

  /** The released GRUB reads a number first, so a title that begins with a digit is taken for one. */
  private int stockNumber(String value) {
    GrubNumber number = GrubNumber.parse(value, 0, 0);
    return switch (number.trouble()) {
      case NONE -> (int) number.value();
      case TOO_LARGE -> -1;
      case NOT_A_NUMBER -> named(value, false);
    };
  }

  private int named(String value, boolean orNumber) {
    List<Menu.Entry> entries = in.menu().entries;
    for (int i = 0; i < entries.size(); i++) {
      if (isNamed(entries.get(i).id(), value) || (!orNumber && isNamed(entries.get(i).title(), value))) {
        return i;
      }
    }
    if (!orNumber) {
      return -1;
    }
    for (int i = 0; i < entries.size(); i++) {
      if (isNamed(entries.get(i).title(), value)) {
        return i;
      }
    }
    GrubNumber number = GrubNumber.parse(value, 0, 0);
    boolean whole = number.end() == value.length() || value.charAt(number.end()) == '>';
    return number.trouble() == GrubNumber.Trouble.NONE && whole ? (int) number.value() : -1;
  }

  /** True if the first component of a path, with {@code >>} for {@code >}, is the name. */
  private static boolean isNamed(String name, String path) {
    int i = 0;
    int k = 0;
    while (k < path.length()) {
      char c = path.charAt(k);
      if (c == '>') {
        if (k + 1 == path.length() || path.charAt(k + 1) != '>') {
          return i == name.length();
        }
        k++;
      }
      if (i == name.length() || name.charAt(i) != c) {
        return false;
      }
      i++;
      k++;
    }
    return i == name.length();
  }

  /** Takes the first number out of the list in {@code fallback}; -1 and no list if there is none. */
  private int takeFallback() {
    String value = in.variables().get("fallback");
    if (value == null) {
      return -1;
    }
    GrubNumber number = GrubNumber.parse(value, 0, 0);
    boolean ended = number.end() == value.length() || GrubNumber.isSpace(value.charAt(number.end()));
    int entry = number.trouble() == GrubNumber.Trouble.NONE && ended ? (int) number.value() : -1;
    String rest = entry < 0 ? "" : value.substring(number.end()).stripLeading();
    if (entry < 0 && in.config.variant() == GrubConfig.Variant.FEDORA) {
      // Fedora's list may hold ids too, which have no blanks
      int blank = value.indexOf(' ');
      entry = named(blank < 0 ? value : value.substring(0, blank), true);
      rest = entry < 0 || blank < 0 ? "" : value.substring(blank).stripLeading();
    }
    in.restore("fallback", rest.isEmpty() ? null : rest);
    return entry;
  }
}
