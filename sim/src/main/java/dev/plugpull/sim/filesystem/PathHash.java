package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Hash128;

/**
 * Two independent 64-bit weights of a path.
 *
 * <p>A volume's fingerprint is the sum over all names of {@code weight(path) * fingerprint(content)} in both lanes.
 * Being linear in the content, it follows a change of one file with one multiplication, however deep the file lies.
 */
final class PathHash {
  private static final long DIRECTORY = 0xD1B54A32D192ED03L;

  private PathHash() {}

  static long high(String path) {
    long sum = 0x9E3779B97F4A7C15L ^ path.length();
    for (int i = 0; i < path.length(); i += 4) {
      sum = (sum ^ word(path, i)) * 0x9FB21C651E98DF25L;
      sum ^= sum >>> 31;
    }
    return Hash128.mix(sum);
  }

  static long low(String path) {
    long sum = 0xC2B2AE3D27D4EB4FL + path.length();
    for (int i = 0; i < path.length(); i += 4) {
      sum = (sum + word(path, i)) * 0x165667B19E3779F9L;
      sum ^= sum >>> 29;
    }
    return Hash128.mix(sum);
  }

  /** Four characters from here on, or as many as there are. */
  private static long word(String path, int from) {
    if (from + 4 <= path.length()) {
      return path.charAt(from) | (long) path.charAt(from + 1) << 16 | (long) path.charAt(from + 2) << 32
          | (long) path.charAt(from + 3) << 48;
    }
    long word = 0;
    for (int i = from; i < path.length(); i++) {
      word = word << 16 | path.charAt(i);
    }
    return word;
  }

  /** The fingerprint lane of a name that has no content: a directory. */
  static long ofDirectory(long weight) {
    return weight * DIRECTORY;
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String child(String directory, String name) {
    return directory.length() == 1 ? "/" + name : directory + "/" + name;
  }
}
