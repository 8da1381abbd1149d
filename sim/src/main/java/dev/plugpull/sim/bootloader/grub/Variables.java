package dev.plugpull.sim.bootloader.grub;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * GRUB's variables: global strings, in a stack of contexts that {@code configfile} and submenus open.
 *
 * <p>RAM only; nothing here survives a reset.
 */
final class Variables {

  private final Map<String, String> values;
  private final Set<String> exported;
  private final Variables outer;

  Variables() {
    this(new HashMap<>(), new HashSet<>(), null);
  }

  private Variables(Map<String, String> values, Set<String> exported, Variables outer) {
    this.values = values;
    this.exported = exported;
    this.outer = outer;
  }

  /** A new context that sees the exported variables, or all of them. */
  Variables inner(boolean all) {
    Map<String, String> copy = new HashMap<>();
    if (all) {
      copy.putAll(values);
    } else {
      for (String name : exported) {
        String value = values.get(name);
        if (value != null) {
          copy.put(name, value);
        }
      }
    }
    Set<String> names = new HashSet<>(exported);
    if (all) {
      names.addAll(values.keySet());
    }
    return new Variables(copy, names, this);
  }

  /** An independent copy without an outer context: every boot begins with the same variables. */
  Variables copy() {
    return new Variables(new HashMap<>(values), new HashSet<>(exported), null);
  }

  Variables outer() {
    return outer;
  }

  /** The value, null if unset. */
  String get(String name) {
    return values.get(name);
  }

  void set(String name, String value) {
    values.put(name, value);
  }

  void unset(String name) {
    values.remove(name);
    exported.remove(name);
  }

  void export(String name) {
    values.putIfAbsent(name, "");
    exported.add(name);
  }

  Map<String, String> sorted() {
    return new TreeMap<>(values);
  }
}
