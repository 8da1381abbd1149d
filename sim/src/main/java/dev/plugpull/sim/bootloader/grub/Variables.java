package dev.plugpull.sim.bootloader.grub;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * GRUB's variables: global strings, in a stack of contexts that {@code configfile} and submenus open.
 *
 * <p>RAM only; nothing here survives a reset.
 */
final class Variables {

  private Map<String, String> values;
  private TreeSet<String> exported;
  private final Variables outer;

  Variables() {
    this(new HashMap<>(), new TreeSet<>(), null);
  }

  private Variables(Map<String, String> values, TreeSet<String> exported, Variables outer) {
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
    TreeSet<String> names = new TreeSet<>(exported);
    if (all) {
      names.addAll(values.keySet());
    }
    return new Variables(copy, names, this);
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
