package dev.plugpull.sim.filesystem;

import static dev.plugpull.sim.filesystem.CrashStates.file;
import static dev.plugpull.sim.filesystem.CrashStates.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.bootloader.BootVolume.Lookup;
import dev.plugpull.sim.media.Content;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class Ext4Test {
  private static final Content OLD = Content.text("old");
  private static final Content NEW = Content.text("new");

  private static LiveVolume mounted(VolumeState state) {
    LiveVolume volume = state.open();
    volume.mount();
    return volume;
  }

  @Test
  void replaceByRenameIsOldOrNewAndNeverEmpty() {
    LiveVolume volume = mounted(Ext4.format("x").with("/A", OLD).state());
    volume.create("/tmp");
    volume.write("/tmp", NEW);
    volume.close("/tmp");
    volume.rename("/tmp", "/A");
    assertThat(seen(volume, file("/A"))).containsExactlyInAnyOrder("old", "new");
  }

  @Test
  void withoutTheFlushOfDelayedBlocksItMayBeEmpty() {
    LiveVolume volume = mounted(Ext4.format("x").noAutoDaAlloc().with("/A", OLD).state());
    volume.create("/tmp");
    volume.write("/tmp", NEW);
    volume.close("/tmp");
    volume.rename("/tmp", "/A");
    assertThat(seen(volume, file("/A"))).containsExactlyInAnyOrder("old", "new", "empty");
  }

  /** The journal is whole or not; nothing tells whether data that was sent before it has arrived: zeros. */
  @Test
  void onADiskThatIgnoresFlushesASyncedReplacementMayHoldStaleBlocks() {
    LiveVolume volume = mounted(Ext4.format("x").noBarrier().with("/A", OLD).state());
    volume.create("/tmp");
    volume.write("/tmp", NEW);
    volume.fsync("/tmp");
    volume.close("/tmp");
    volume.rename("/tmp", "/A");
    volume.fsyncDirectory("/");
    assertThat(seen(volume, file("/A"))).containsExactlyInAnyOrder("old", "new", "empty", "\0\0\0");
  }

  @Test
  void truncatingSaveIsOldEmptyOrNewUntilTheSync() {
    LiveVolume volume = mounted(Ext4.format("x").with("/A", OLD).state());
    volume.truncate("/A");
    volume.write("/A", NEW);
    assertThat(seen(volume, file("/A"))).containsExactlyInAnyOrder("old", "new", "empty");
    volume.fsync("/A");
    assertThat(seen(volume, file("/A"))).containsExactly("new");
  }

  @Test
  void opaqueFileIsAbsentEmptyShortOrWhole() {
    LiveVolume volume = mounted(Ext4.format("x").state());
    volume.create("/snap");
    volume.write("/snap", Content.opaque("snap_2", 300L << 20));
    TreeSet<String> seen = seen(volume, file("/snap"));
    assertThat(seen).containsExactlyInAnyOrder("absent", "empty", "snap_2", "snap_2[0..157286400)");
  }

  @Test
  void overwriteInPlaceKeepsAnySubsetOfSectors() {
    LiveVolume volume = mounted(Ext4.format("x").with("/env", Content.of(new byte[2048])).state());
    byte[] changed = new byte[2048];
    changed[3] = 1;
    changed[600] = 1;
    changed[2000] = 1;
    volume.overwrite("/env", Content.of(changed));
    assertThat(CrashStates.of(volume)).hasSize(8);
    volume.create("/other");
    volume.fsync("/other");
    assertThat(CrashStates.of(volume)).hasSize(8);
    volume.fsync("/env");
    assertThat(CrashStates.of(volume)).hasSize(1);
    assertThat(volume.pending().base().recovered().content("/env")).isEqualTo(Content.of(changed));
  }

  @Test
  void inWritebackModeASizeShowsZerosBlockByBlock() {
    LiveVolume volume = mounted(Ext4.format("x").dataWriteback().with("/log", Content.text("a".repeat(4000))).state());
    String appended = "a".repeat(4000) + "b".repeat(96) + "c".repeat(10);
    volume.write("/log", Content.text(appended));
    String zeros = "\0".repeat(96) + "\0".repeat(10);
    assertThat(seen(volume, file("/log"))).containsExactlyInAnyOrder("a".repeat(4000),
        "a".repeat(4000) + zeros,
        "a".repeat(4000) + "b".repeat(96) + "\0".repeat(10),
        "a".repeat(4000) + "\0".repeat(96) + "c".repeat(10),
        appended);
    volume.fsync("/log");
    assertThat(seen(volume, file("/log"))).containsExactly(appended);
  }

  @Test
  void inWritebackModeTheFirstSectorOfAnAppendComesWithWhatWasAppendedBefore() {
    LiveVolume volume = mounted(Ext4.format("x").dataWriteback().with("/log", OLD).state());
    volume.write("/log", Content.text("old1"));
    volume.write("/log", Content.text("old12"));
    assertThat(seen(volume, file("/log")))
        .containsExactlyInAnyOrder("old", "old\0", "old1", "old\0\0", "old1\0", "old12");
    volume.overwrite("/log", Content.text("old13"));
    assertThat(seen(volume, file("/log"))).contains("old13").doesNotContain("old\0003");
  }

  @Test
  void inWritebackModeAReplacingRenameDoesNotWaitForData() {
    LiveVolume volume = mounted(Ext4.format("x").dataWriteback().with("/A", OLD).state());
    volume.create("/tmp");
    volume.write("/tmp", NEW);
    volume.close("/tmp");
    volume.rename("/tmp", "/A");
    assertThat(seen(volume, file("/A"))).containsExactlyInAnyOrder("old", "new", "\0\0\0");
    volume.fsync("/A");
    assertThat(seen(volume, file("/A"))).containsExactly("new");
  }

  @Test
  void metadataKeepsItsOrder() {
    LiveVolume volume = mounted(Ext4.format("x").with("/a", OLD).with("/b", OLD).state());
    volume.rename("/a", "/c");
    volume.unlink("/b");
    assertThat(seen(volume, tree -> String.join(" ", tree.names("/")))).containsExactlyInAnyOrder("a b", "b c", "c");
  }

  @Test
  void stateHashIgnoresHistory() {
    LiveVolume volume = mounted(Ext4.format("x").with("/a", OLD).state());
    VolumeState before = volume.settled();
    volume.mkdir("/d");
    volume.rename("/a", "/d/a");
    volume.rename("/d", "/e");
    volume.rename("/e/a", "/a");
    volume.rmdir("/e");
    assertThat(volume.settled().hash()).isEqualTo(before.hash());
    assertThat(volume.settled().hash())
        .isEqualTo(JournalState.of(((JournalState) before).volume, volume.tree()).hash());
  }

  @Test
  void loaderSeesOldNamesUntilTheFreeze() {
    LiveVolume volume =
        mounted(
            Ext4.format("boot").bootReadable(true).with("/k1/kernel", OLD).withSymlink("k1/kernel", "/kernel").state());
    volume.mkdir("/k2");
    volume.create("/k2/kernel");
    volume.write("/k2/kernel", NEW);
    volume.fsync("/k2/kernel");
    volume.symlink("k2/kernel", "/tmp");
    volume.rename("/tmp", "/kernel");
    volume.fsyncDirectory("/");
    VolumeState cut = volume.pending().base();
    assertThat(cut.homeIsCurrent()).isFalse();
    assertThat(cut.recovered().target("/kernel")).isEqualTo("k2/kernel");
    assertThat(cut.open().boot().read("/kernel")).contains(OLD);
    TreeSet<String> boots = new TreeSet<>();
    CrashStates.of(volume).values().forEach(state -> boots.add(String.valueOf(state.open().boot().lookup("/kernel"))));
    assertThat(boots)
        .contains(new Lookup.File(NEW).toString(), new Lookup.File(OLD).toString(), new Lookup.Missing().toString());
    volume.freeze();
    assertThat(volume.pending().size()).isZero();
    assertThat(volume.pending().base().open().boot().read("/kernel")).contains(NEW);
    assertThat(volume.pending().base().hash()).isEqualTo(volume.settled().hash());
  }

  @Test
  void loaderOverwritesTheBlocksThatItSees() {
    VolumeState state =
        Ext4.format("boot").bootReadable(true).with("/grubenv", Content.of(new byte[1024])).state();
    LiveVolume volume = mounted(state);
    byte[] kernel = new byte[1024];
    kernel[0] = 'k';
    volume.truncate("/grubenv");
    volume.write("/grubenv", Content.of(kernel));
    volume.fsync("/grubenv");
    LiveVolume next = volume.pending().base().open();
    assertThat(next.boot().read("/grubenv")).contains(Content.of(new byte[1024]));
    byte[] loader = new byte[1024];
    loader[0] = 'l';
    assertThat(next.boot().overwrite("/grubenv", 0, loader)).isTrue();
    assertThat(next.boot().read("/grubenv")).contains(Content.of(loader));
    assertThat(CrashStates.of(next)).hasSize(2);
    next.mount();
    assertThat(next.tree().content("/grubenv")).isEqualTo(Content.of(kernel));
  }

  @Test
  void loaderOverwriteReachesTheKernelWhenHomeIsCurrent() {
    LiveVolume volume =
        Ext4.format("boot").bootReadable(true).with("/grubenv", Content.of(new byte[1024])).state().open();
    byte[] loader = new byte[1024];
    loader[0] = 'l';
    loader[1000] = 'l';
    assertThat(volume.boot().overwrite("/grubenv", 0, loader)).isTrue();
    assertThat(CrashStates.of(volume)).hasSize(4);
    volume.mount();
    assertThat(volume.tree().content("/grubenv")).isEqualTo(Content.of(loader));
    assertThat(volume.pending().size()).isEqualTo(2);
    volume.deviceFlushed();
    assertThat(volume.pending().size()).isZero();
  }

  @Test
  void spaceComesBackAndShortageIsExact() {
    LiveVolume volume = mounted(Ext4.format("x").size(40960).overheadBlocks(0).inodes(20).state());
    long free = volume.space().freeBlocks();
    assertThat(free).isEqualTo(9);
    volume.create("/a");
    volume.write("/a", Content.opaque("a", 9 * 4096));
    volume.create("/b");
    assertThatThrownBy(() -> volume.write("/b", NEW)).isInstanceOf(NoSpaceException.class);
    assertThat(volume.tree().content("/b").length()).isZero();
    volume.unlink("/a");
    assertThat(volume.space().freeBlocks()).isEqualTo(9);
    volume.write("/b", NEW);
    assertThat(volume.space().freeBlocks()).isEqualTo(8);
  }

  /** Two states of one volume whose names and contents are equal: here one file, there two. */
  @Test
  void aFileWithTwoNamesStaysOneFileAfterAReboot() {
    VolumeState installed = Ext4.format("x").with("/a", OLD).state();
    LiveVolume linking = mounted(installed);
    linking.link("/a", "/b");
    LiveVolume copying = mounted(installed);
    copying.create("/b");
    copying.write("/b", OLD);
    LiveVolume linked = mounted(linking.settled());
    LiveVolume copied = mounted(copying.settled());
    linked.overwrite("/a", NEW);
    copied.overwrite("/a", NEW);
    assertThat(linked.tree().content("/b")).isEqualTo(NEW);
    assertThat(copied.tree().content("/b")).isEqualTo(OLD);
  }
}
