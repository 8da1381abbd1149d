package dev.plugpull.sim.filesystem;

/**
 * XFS: metadata in log order, sizes after their data with a possible tail of zeros, data forced out at close only
 * after a
 * truncation. A loader replays no log and sees inodes and directories as last written home.
 *
 * <p>Derived from XFS' design and literature; nothing of it was measured for this project.
 */
public final class Xfs extends Formatter<Xfs> {
  private BootReads reads = BootReads.NOTHING;

  private Xfs(String label) {
    super("xfs", label);
  }

  public static Xfs format(String label) {
    return new Xfs(label);
  }

  /** Whether a boot loader reads it. Then home blocks that lag behind the log are part of its crash states. */
  public Xfs bootReadable(boolean readable) {
    reads = readable ? BootReads.EVERYTHING : BootReads.NOTHING;
    return this;
  }

  @Override
  Xfs self() {
    return this;
  }

  /** The log takes a two-thousandth, at least 64 MiB or a quarter of a small volume; inodes at most a quarter. */
  @Override
  public VolumeState state() {
    long total = bytes() / JournalVolume.BLOCK_BYTES;
    long logBlocks = Math.min(total / 4, Math.max(16384, total / 2000));
    JournalVolume volume =
        new JournalVolume(
            identity(), JournalRules.XFS, total - logBlocks, bytes() / 4 / 512, reads);
    return JournalState.of(volume, tree());
  }
}
