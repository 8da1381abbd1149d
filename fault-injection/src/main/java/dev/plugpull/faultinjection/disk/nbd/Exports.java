package dev.plugpull.faultinjection.disk.nbd;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exports of a server in the order they were added; the first one answers to the empty name too. */
final class Exports {
  private final Map<String, Export> byName = new LinkedHashMap<>();

  void add(Export export) {
    if (byName.putIfAbsent(export.name(), export) != null) {
      throw new IllegalArgumentException("cannot export two disks as '" + export.name() + "'");
    }
  }

  /** The export, or null. */
  Export find(String name) {
    Export export = byName.get(name);
    return export == null && name.isEmpty() ? byName.values().iterator().next() : export;
  }

  Collection<Export> all() {
    return byName.values();
  }
}
