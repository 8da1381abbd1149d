package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;
import java.util.BitSet;
import java.util.Random;

/** Random sequences of system calls that a program could make, and random crash states of what they leave pending. */
final class RandomCalls {
  private static final String[] FILES = {"/a", "/b", "/d/a", "/d/b", "/e/c"};
  private static final String[] DIRECTORIES = {"/d", "/e", "/d/f"};

  private final Random random;
  private final boolean links;
  private int serial;

  RandomCalls(long seed, boolean links) {
    random = new Random(seed);
    this.links = links;
  }

  void run(LiveVolume volume, int calls) {
    for (int i = 0; i < calls; i++) {
      call(volume);
    }
  }

  private String pick(String[] names) {
    return names[random.nextInt(names.length)];
  }

  private Content content(int length) {
    byte[] bytes = new byte[length];
    bytes[0] = (byte) ++serial;
    bytes[length - 1] = (byte) serial;
    return Content.of(bytes);
  }

  private void append(LiveVolume volume, String path) {
    Content old = volume.tree().content(path);
    volume.write(path, old.overwritten(old.length(), content(600).bytes().orElseThrow()));
  }

  private static void folder(LiveVolume volume, Tree tree, String path) {
    if (!tree.exists(path) && tree.get(PathHash.parent(path)) instanceof Tree.Directory) {
      volume.mkdir(path);
    } else if (tree.get(path) instanceof Tree.Directory known && known.size() == 0) {
      volume.rmdir(path);
    }
  }

  private void call(LiveVolume volume) {
    String path = pick(FILES);
    String other = pick(FILES);
    Tree tree = volume.tree();
    boolean file = tree.get(path) instanceof Tree.File;
    boolean free = !tree.exists(path) && tree.get(PathHash.parent(path)) instanceof Tree.Directory;
    switch (random.nextInt(15)) {
      case 0, 1 -> {
        if (free) {
          volume.create(path);
          volume.write(path, content(700));
        }
      }
      case 2 -> {
        if (file) {
          volume.truncate(path);
          volume.write(path, content(900));
          volume.close(path);
        }
      }
      case 3 -> {
        if (file && tree.content(path).length() > 0) {
          volume.overwrite(path, content((int) tree.content(path).length()));
        }
        if (file && random.nextBoolean()) {
          append(volume, path);
        }
      }
      case 4, 5 -> {
        boolean target = tree.get(PathHash.parent(other)) instanceof Tree.Directory
            && !(tree.get(other) instanceof Tree.Directory);
        if (tree.exists(path) && !(tree.get(path) instanceof Tree.Directory) && target) {
          volume.rename(path, other);
        }
      }
      case 6 -> {
        if (tree.exists(path) && !(tree.get(path) instanceof Tree.Directory)) {
          volume.unlink(path);
        }
      }
      case 7 -> folder(volume, tree, pick(DIRECTORIES));
      case 8 -> {
        if (links && free) {
          volume.symlink(PathHash.name(other), path);
        }
      }
      case 9 -> {
        if (links && free && tree.get(other) instanceof Tree.File) {
          volume.link(other, path);
        }
      }
      case 10, 11 -> {
        if (file) {
          volume.fsync(path);
        }
      }
      case 12 -> volume.fsyncDirectory("/");
      case 13 -> volume.deviceFlushed();
      default -> {
        if (random.nextInt(4) == 0) {
          volume.freeze();
        }
      }
    }
  }

  /** A random subset that holds what its members need. */
  BitSet subset(PendingWindow window) {
    BitSet kept = new BitSet();
    int share = 1 + random.nextInt(9);
    for (int i = 0; i < window.size(); i++) {
      BitSet missing = window.needs(i);
      missing.andNot(kept);
      if (missing.isEmpty() && random.nextInt(10) < share) {
        kept.set(i);
      }
    }
    return kept;
  }

  static VolumeState crash(PendingWindow window, BitSet kept) {
    VolumeState state = window.base();
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      state = window.apply(state, i);
    }
    return state;
  }
}
