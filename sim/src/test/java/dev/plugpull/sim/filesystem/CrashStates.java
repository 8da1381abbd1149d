package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Hash128;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** Naive enumeration of every crash state of a window: all subsets that hold what their members need. */
final class CrashStates {
  private CrashStates() {}

  static Map<Hash128, VolumeState> of(LiveVolume volume) {
    return of(volume.pending());
  }

  static Map<Hash128, VolumeState> of(PendingWindow window) {
    Map<Hash128, VolumeState> found = new LinkedHashMap<>();
    visit(window, 0, new BitSet(), window.base(), found);
    return found;
  }

  private static void visit(
      PendingWindow window, int index, BitSet kept, VolumeState state, Map<Hash128, VolumeState> found) {
    if (index == window.size()) {
      found.putIfAbsent(state.hash(), state);
      return;
    }
    visit(window, index + 1, kept, state, found);
    BitSet missing = window.needs(index);
    missing.andNot(kept);
    if (missing.isEmpty()) {
      BitSet more = (BitSet) kept.clone();
      more.set(index);
      visit(window, index + 1, more, window.apply(state, index), found);
    }
  }

  /** What the kernel may find after a cut, as seen by {@code look}. */
  static TreeSet<String> seen(LiveVolume volume, Function<Tree, String> look) {
    TreeSet<String> result = new TreeSet<>();
    of(volume).values().forEach(state -> result.add(look.apply(state.recovered())));
    return result;
  }

  /** {@code old}, {@code new}, {@code empty}, {@code absent}, or the text in quotes. */
  static Function<Tree, String> file(String path) {
    return tree -> {
      var node = tree.get(path);
      return switch (node) {
        case null -> "absent";
        case Tree.Symlink link -> link.target();
        case Tree.Directory directory -> "directory";
        case Tree.File file when file.content().length() == 0 -> "empty";
        case Tree.File file -> file.content().text().orElse(file.content().name());
      };
    };
  }
}
