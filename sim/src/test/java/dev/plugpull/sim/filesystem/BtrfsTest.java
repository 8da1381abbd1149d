package dev.plugpull.sim.filesystem;

import static dev.plugpull.sim.filesystem.CrashStates.file;
import static dev.plugpull.sim.filesystem.CrashStates.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.media.Content;
import org.junit.jupiter.api.Test;

final class BtrfsTest {
  private static final Content OLD = Content.text("old");
  private static final Content NEW = Content.text("new");

  private static LiveVolume mounted() {
    LiveVolume volume = Btrfs.format("root").with("/A", OLD).with("/d/x", OLD).state().open();
    volume.mount();
    return volume;
  }

  @Test
  void aLoaderDoesNotSeeTheLog() {
    LiveVolume volume = mounted();
    volume.create("/B");
    volume.write("/B", NEW);
    volume.fsync("/B");
    VolumeState cut = volume.pending().base();
    assertThat(cut.recovered().content("/B")).isEqualTo(NEW);
    assertThat(cut.homeIsCurrent()).isFalse();
    assertThat(cut.open().boot().read("/B")).isEmpty();
    assertThat(cut.open().boot().overwrite("/A", 0, new byte[3])).isFalse();
    LiveVolume next = cut.open();
    next.mount();
    assertThat(next.pending().base().homeIsCurrent()).isTrue();
    volume.sync();
    assertThat(volume.boot().read("/B")).contains(NEW);
  }

  @Test
  void aTransactionTakesEverythingUpToSomePoint() {
    LiveVolume volume = mounted();
    volume.unlink("/A");
    volume.create("/B");
    volume.write("/B", NEW);
    assertThat(seen(volume, tree -> file("/A").apply(tree) + " " + file("/B").apply(tree)))
        .containsExactlyInAnyOrder("old absent", "absent absent", "absent empty", "absent new");
    volume.fsync("/B");
    assertThat(seen(volume, tree -> file("/A").apply(tree) + " " + file("/B").apply(tree)))
        .containsExactlyInAnyOrder("old new", "absent new");
  }

  @Test
  void movingOutOfAFsyncedDirectoryCommitsEverything() {
    LiveVolume volume = mounted();
    volume.rename("/d/x", "/x");
    volume.fsyncDirectory("/d");
    assertThat(CrashStates.of(volume)).hasSize(1);
    assertThat(volume.pending().base().recovered().exists("/x")).isTrue();
  }

  @Test
  void theLoadersBlockIsRawAndUnflushed() {
    VolumeState start = mounted().settled();
    LiveVolume volume = start.open();
    byte[] block = new byte[512];
    block[0] = '#';
    volume.boot().writeRaw(256 << 10, block);
    assertThat(CrashStates.of(volume)).hasSize(2);
    volume.mount();
    volume.create("/B");
    volume.fsync("/B");
    assertThat(volume.pending().base().open().boot().readRaw(256 << 10, 1)).containsExactly('#');
  }
}
