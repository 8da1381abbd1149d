package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;

/**
 * What a boot loader may read of a volume: nothing, everything, or what lies in one folder.
 *
 * <p>Home blocks that lag behind the journal count only as far as they change what is read. Twin test: {@code
 * BootReadsTwinTest}.
 */
final class BootReads {
  private static final Hash128 DAMAGED = Hash128.of("damaged");
  static final BootReads NOTHING = new BootReads("");
  static final BootReads EVERYTHING = new BootReads("/");

  private final String folder;
  /** The names on the way to the folder, and its own. */
  private final String[] steps;

  /** A loader that reads what lies in a folder; {@code /} stands for everything, the empty path for nothing. */
  BootReads(String folder) {
    this.folder = folder;
    this.steps = folder.length() > 1 ? folder.substring(1).split("/") : new String[0];
  }

  String folder() {
    return folder;
  }

  boolean nothing() {
    return folder.isEmpty();
  }

  boolean onlyFolder() {
    return folder.length() > 1;
  }

  /** True if whoever reads in the folder looks at this path: it leads to the folder, or lies in it. */
  boolean reaches(String path) {
    return !onlyFolder() || isAbove(path, folder) || isAbove(folder, path);
  }

  /** The one name that is read in the directory at this depth on the way to the folder; null where all are. */
  String step(int depth) {
    return depth < steps.length ? steps[depth] : null;
  }

  /** Home blocks of directories elsewhere are not kept, so no directory can come where it would be read. */
  void requireMovable(Tree.Node node, String from, String to) {
    if (node instanceof Tree.Directory && onlyFolder() && (reaches(from) || reaches(to))) {
      throw new IllegalStateException(
          "cannot rename " + from + " to " + to + ": no directory may move where a boot loader reads " + folder);
    }
  }

  /** What tells a content apart: whoever reads one folder opens images, and finds them whole or not. */
  Hash128 fingerprint(Content content) {
    return onlyFolder() && content.isPart() ? DAMAGED : content.hash();
  }

  private static boolean isAbove(String directory, String path) {
    return directory.equals("/")
        || path.startsWith(directory)
            && (path.length() == directory.length() || path.charAt(directory.length()) == '/');
  }
}
