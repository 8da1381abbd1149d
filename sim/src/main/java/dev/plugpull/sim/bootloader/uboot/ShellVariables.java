package dev.plugpull.sim.bootloader.uboot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What {@code $x} can mean: the environment first, then variables of the shell that nothing else sees. */
final class ShellVariables {

  /** The environment: what {@code printenv} shows, {@code saveenv} stores and {@code run} runs. */
  final NavigableMap<String, String> environment = new TreeMap<>();

  private final Map<String, String> locals = new LinkedHashMap<>();
  private final boolean emptyAssignmentUnsets;

  /** Exit status of the last command. */
  int status;

  ShellVariables(boolean emptyAssignmentUnsets) {
    this.emptyAssignmentUnsets = emptyAssignmentUnsets;
  }

  /** The value of a name, null if it is not set. */
  String get(String name) {
    String value = environment.get(name);
    if (value != null) {
      return value;
    }
    return name.equals("$?") ? Integer.toUnsignedString(status) : locals.get(name);
  }

  /** Executes {@code name=value} of the shell; a name that does not begin with a letter is refused silently. */
  void assign(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals <= 0 || !HushWord.isLetter(assignment.charAt(0))) {
      return;
    }
    setLocal(assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  void setLocal(String name, String value) {
    if (!value.isEmpty()) {
      locals.put(name, value);
    } else if (emptyAssignmentUnsets) {
      locals.remove(name);
    }
  }

  Map<String, String> locals() {
    return locals;
  }

  /** Expands what stood in {@code ${...}} under the old parser: with {@code :-}, {@code :=} and {@code :+}. */
  String expand(String reference) {
    int colon = reference.indexOf(':');
    if (colon < 0) {
      return get(reference);
    }
    String name = reference.substring(0, colon);
    char operator = colon + 1 < reference.length() ? reference.charAt(colon + 1) : 0;
    String word = operator == '-' || operator == '=' || operator == '+' ? reference.substring(colon + 2) : null;
    String value = get(name);
    if (value == null || value.isEmpty()) {
      if (operator == '=') {
        assign(name + "=" + word);
      }
      return word;
    }
    return operator == '+' ? "" : value;
  }
}
