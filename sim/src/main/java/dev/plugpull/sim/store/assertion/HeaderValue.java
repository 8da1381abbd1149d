package dev.plugpull.sim.store.assertion;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The value of a header: text, a list or a map; all scalars are text (spec 1.2). */
public sealed interface HeaderValue {

  /** One scalar; a line break inside makes the writer use the multi-line form. */
  record Text(String text) implements HeaderValue {}

  /** A list; items may be lists or maps themselves. */
  record Items(List<HeaderValue> items) implements HeaderValue {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** A map; keys follow the grammar of header names and are kept in bytewise order. */
  record Entries(SortedMap<String, HeaderValue> entries) implements HeaderValue {
    public Entries {
      entries = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }
  }

  static HeaderValue of(String text) {
    return new Text(text);
  }

  static HeaderValue listOf(String... texts) {
    List<HeaderValue> items = new ArrayList<>();
    for (String text : texts) {
      items.add(new Text(text));
    }
    return new Items(items);
  }
}
