package dev.plugpull.sim.filesystem;

/**
 * The weakest file system that POSIX allows (the default model of ALICE): every micro-operation stands alone, none is
 * ordered, file data goes out block by block, and fsync of a file says nothing about its name. A protocol that is safe
 * here is safe everywhere.
 */
public final class WeakestPosix extends Formatter<WeakestPosix> {
  private WeakestPosix(String label) {
    super("none", label);
  }

  public static WeakestPosix format(String label) {
    return new WeakestPosix(label);
  }

  @Override
  WeakestPosix self() {
    return this;
  }

  @Override
  public VolumeState state() {
    return WeakState.of(identity(), bytes() / JournalVolume.BLOCK_BYTES, tree());
  }
}
