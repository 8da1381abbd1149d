package dev.plugpull.sim.filesystem;

import static dev.plugpull.sim.filesystem.CrashStates.file;
import static dev.plugpull.sim.filesystem.CrashStates.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.media.Content;
import org.junit.jupiter.api.Test;

final class XfsAndWeakestTest {
  private static final Content OLD = Content.text("old");
  private static final Content NEW = Content.text("new");

  private static <F extends Formatter<F>> LiveVolume mounted(F formatter) {
    LiveVolume volume = formatter.with("/A", OLD).state().open();
    volume.mount();
    return volume;
  }

  @Test
  void xfsRenameWithoutFsyncMayLeaveAnEmptyFileOrZeros() {
    LiveVolume volume = mounted(Xfs.format("root"));
    volume.create("/tmp");
    volume.write("/tmp", NEW);
    volume.close("/tmp");
    volume.rename("/tmp", "/A");
    assertThat(seen(volume, file("/A"))).containsExactlyInAnyOrder("old", "new", "empty", "\0\0\0");
    volume.create("/other");
    volume.fsync("/other");
    assertThat(seen(volume, file("/A"))).containsExactlyInAnyOrder("new", "empty", "\0\0\0");
  }

  @Test
  void xfsCloseAfterTruncationFlushes() {
    LiveVolume volume = mounted(Xfs.format("root"));
    volume.truncate("/A");
    volume.write("/A", NEW);
    volume.close("/A");
    volume.create("/other");
    volume.fsync("/other");
    assertThat(seen(volume, file("/A"))).containsExactly("new");
  }

  @Test
  void xfsLoaderLagsUntilTheFreeze() {
    LiveVolume volume = mounted(Xfs.format("root").bootReadable(true));
    volume.create("/B");
    volume.write("/B", NEW);
    volume.fsync("/B");
    assertThat(volume.pending().base().open().boot().read("/B")).isEmpty();
    volume.freeze();
    assertThat(volume.pending().base().open().boot().read("/B")).contains(NEW);
  }

  @Test
  void weakestLosesNamesInAnyCombination() {
    LiveVolume volume = mounted(WeakestPosix.format("root"));
    volume.create("/tmp");
    volume.write("/tmp", NEW);
    volume.fsync("/tmp");
    volume.rename("/tmp", "/A");
    assertThat(seen(volume, tree -> file("/A").apply(tree) + " " + file("/tmp").apply(tree)))
        .containsExactlyInAnyOrder("old absent", "old new", "new absent", "new new");
    volume.fsyncDirectory("/");
    assertThat(seen(volume, tree -> file("/A").apply(tree) + " " + file("/tmp").apply(tree)))
        .containsExactly("new absent");
  }

  @Test
  void weakestKeepsSizesAndBlocksApart() {
    LiveVolume volume = mounted(WeakestPosix.format("root"));
    volume.create("/B");
    volume.write("/B", NEW);
    assertThat(seen(volume, file("/B"))).containsExactlyInAnyOrder("absent", "empty", "\0\0\0", "new");
  }
}
