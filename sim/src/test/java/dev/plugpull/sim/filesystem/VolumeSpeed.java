package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;

/** Prints what operations cost; run by hand. Figures depend on the machine and are no test. */
final class VolumeSpeed {
  private static final int FILES = 50;

  private VolumeSpeed() {}

  public static void main(String[] arguments) {
    for (int round = 0; round < 3; round++) {
      measure("ext4", filled(Ext4.format("a")));
      measure("ext4 with loader", filled(Ext4.format("a").bootReadable(true)));
      measure("btrfs", filled(Btrfs.format("a")));
      measure("fat", filled(Fat.format("a")));
    }
  }

  private static <F extends Formatter<F>> VolumeState filled(F formatter) {
    for (int i = 0; i < FILES; i++) {
      formatter.with("/dir" + i % 7 + "/sub/file" + i, Content.text("content " + i));
    }
    return formatter.state();
  }

  private static void measure(String name, VolumeState state) {
    int rounds = 3000;
    Content content = Content.text("new content");
    long operations = 0;
    long began = System.nanoTime();
    long sink = 0;
    for (int i = 0; i < rounds; i++) {
      LiveVolume volume = state.open();
      volume.mount();
      for (int k = 0; k < 4; k++) {
        volume.create("/dir1/sub/tmp");
        sink += volume.pending().size();
        volume.write("/dir1/sub/tmp", content);
        sink += volume.pending().size();
        volume.fsync("/dir1/sub/tmp");
        sink += volume.pending().size();
        volume.close("/dir1/sub/tmp");
        volume.rename("/dir1/sub/tmp", "/dir2/sub/file2");
        sink += volume.pending().size();
        volume.fsyncDirectory("/dir2/sub");
        sink += volume.pending().size();
        operations += 6;
      }
    }
    long opened = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      LiveVolume volume = state.open();
      volume.mount();
      sink += volume.version();
    }
    long done = System.nanoTime();
    double perOpen = (done - opened) / (double) rounds;
    System.out.printf(
        "%-18s open %.0f ns, operation with snapshot %.0f ns", name, perOpen,
        (opened - began - perOpen * rounds) / operations);
    crashes(state, content, sink);
  }

  private static void crashes(VolumeState state, Content content, long sink) {
    LiveVolume volume = state.open();
    volume.mount();
    for (int k = 0; k < 2; k++) {
      volume.create("/dir1/sub/tmp");
      volume.write("/dir1/sub/tmp", content);
      volume.rename("/dir1/sub/tmp", "/dir2/sub/file2");
    }
    PendingWindow window = volume.pending();
    int rounds = 20000;
    long found = 0;
    long applied = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      VolumeState at = window.base();
      for (int k = 0; k < window.size(); k++) {
        at = window.apply(at, k);
      }
      found += at == null ? 0 : 1;
    }
    long hashed = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      VolumeState at = window.base();
      for (int k = 0; k < window.size(); k++) {
        at = window.apply(at, k);
        found += at.hash().lo() & 1;
      }
    }
    long end = System.nanoTime();
    double perApply = (hashed - applied) / (double) rounds / window.size();
    double perHash = (end - hashed) / (double) rounds / window.size() - perApply;
    System.out.printf(
        ", window of %d: apply %.0f ns, hash %.0f ns (%d)%n", window.size(), perApply, perHash, found + sink & 1);
  }
}
