package dev.plugpull.sim.ostree;

import dev.plugpull.sim.media.Content;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code /etc} of a deployment: file names to contents.
 *
 * <p>Every release ships {@code os.conf} with its own default; people add and change the others.
 */
record Etc(SortedMap<String, String> files) {

  /** What a release ships in {@code /usr/etc}. */
  static Etc of(int release) {
    return new Etc(new TreeMap<>(Map.of("os.conf", "of " + release)));
  }

  /** Reads it; null if the file is missing, empty or damaged. */
  static Etc read(Content content) {
    if (content == null || content.length() == 0) {
      return null;
    }
    if (content.value() instanceof Etc etc) {
      return etc;
    }
    SortedMap<String, String> files = new TreeMap<>();
    for (String line : content.text().orElse("").split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        files.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return files.isEmpty() ? null : new Etc(files);
  }

  Etc edited(String file, String value) {
    SortedMap<String, String> changed = new TreeMap<>(files);
    changed.put(file, value);
    return new Etc(changed);
  }

  Etc without(String file) {
    SortedMap<String, String> changed = new TreeMap<>(files);
    changed.remove(file);
    return new Etc(changed);
  }

  /** Three-way merge: what was changed here against its own defaults wins over the new defaults. */
  Etc mergedOnto(Etc ownDefaults, Etc newDefaults) {
    SortedMap<String, String> merged = new TreeMap<>(newDefaults.files);
    files.forEach((file, value) -> {
      if (!value.equals(ownDefaults.files.get(file))) {
        merged.put(file, value);
      }
    });
    ownDefaults.files.keySet().stream().filter(file -> !files.containsKey(file)).forEach(merged::remove);
    return new Etc(merged);
  }

  Content content() {
    StringBuilder text = new StringBuilder();
    files.forEach((file, value) -> text.append(file).append('=').append(value).append('\n'));
    return Content.parsed(text.toString(), this);
  }
}
