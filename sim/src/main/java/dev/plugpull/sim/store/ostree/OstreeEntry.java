package dev.plugpull.sim.store.ostree;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a commit holds. Everything belongs to root and has no extended attributes. */
public sealed interface OstreeEntry {

  /** A regular file; {@code mode} holds the permission bits only. */
  record File(byte[] content, int mode) implements OstreeEntry {}

  /** A symbolic link. */
  record Link(String target) implements OstreeEntry {}

  /** A directory with mode 0755. */
  record Folder(SortedMap<String, OstreeEntry> entries) implements OstreeEntry {
    public Folder {
      entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    public static Folder empty() {
      return new Folder(new TreeMap<>());
    }

    /** This folder with a text file at a path of names separated by slashes. */
    public Folder with(String path, String text) {
      return with(path, new File(text.getBytes(StandardCharsets.UTF_8), 0644));
    }

    /** This folder with an entry at a path; folders above it are made. */
    public Folder with(String path, OstreeEntry entry) {
      int slash = path.indexOf('/');
      TreeMap<String, OstreeEntry> changed = new TreeMap<>(entries);
      if (slash < 0) {
        changed.put(path, entry);
      } else {
        String name = path.substring(0, slash);
        Folder below = entries.get(name) instanceof Folder folder ? folder : empty();
        changed.put(name, below.with(path.substring(slash + 1), entry));
      }
      return new Folder(changed);
    }
  }
}
