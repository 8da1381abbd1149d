package dev.plugpull.sim.bootloader.grub;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A piece of a generated script and the productions, commands and quirks that went into it.
 *
 */
record Snippet(String text, Set<String> covers) {

  static Snippet of(String text, String... covers) {
    return new Snippet(text, new TreeSet<>(List.of(covers)));
  }

  /** This text with another tag. */
  Snippet tagged(String tag) {
    Set<String> all = new TreeSet<>(covers);
    all.add(tag);
    return new Snippet(text, all);
  }

  /** The texts with something between, tags united. */
  static Snippet join(String between, Collection<Snippet> parts) {
    Set<String> all = new TreeSet<>();
    StringBuilder text = new StringBuilder();
    for (Snippet part : parts) {
      text.append(text.isEmpty() && all.isEmpty() ? "" : between).append(part.text());
      all.addAll(part.covers());
    }
    return new Snippet(text.toString(), all);
  }

  static Snippet join(String between, Snippet... parts) {
    return join(between, List.of(parts));
  }
}
