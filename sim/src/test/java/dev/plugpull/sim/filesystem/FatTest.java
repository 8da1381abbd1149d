package dev.plugpull.sim.filesystem;

import static dev.plugpull.sim.filesystem.CrashStates.file;
import static dev.plugpull.sim.filesystem.CrashStates.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.bootloader.BootVolume.Lookup;
import dev.plugpull.sim.media.Content;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The table of section 7 of the file-system facts, row by row. */
final class FatTest {
  private static final Content OLD = Content.text("old");
  private static final Content NEW = Content.text("new");
  private static final Content BIG = Content.opaque("kernel", 3 << 20);

  private static LiveVolume mounted(VolumeState state) {
    LiveVolume volume = state.open();
    volume.mount();
    return volume;
  }

  private static Function<Tree, String> names(String directory) {
    return tree -> String.join(" ", tree.names(directory));
  }

  private static Function<Tree, String> both(String one, String other) {
    return tree -> file(one).apply(tree) + "," + file(other).apply(tree);
  }

  /** A directory whose first sector is full, so that a new name lands in the second one. */
  private static Fat crowded() {
    Fat fat = Fat.format("seed").with("/A", OLD);
    for (int i = 0; i < 15; i++) {
      fat.with("/F" + (char) ('A' + i), Content.EMPTY);
    }
    return fat;
  }

  @Test
  void createMayLeaveAnEmptyEntryOldClustersOrLostClusters() {
    LiveVolume volume = mounted(Fat.format("seed").state());
    volume.create("/B");
    volume.write("/B", NEW);
    assertThat(seen(volume, file("/B"))).contains("absent", "empty", "new").hasSize(4);
    assertThat(CrashStates.of(volume).values()).anyMatch(state -> !((FatState) state).isTidy());
    volume.fsync("/B");
    assertThat(seen(volume, file("/B"))).containsExactly("new");
    assertThat(((FatState) volume.pending().base()).isTidy()).isTrue();
  }

  @Test
  void onADiskThatIgnoresFlushesASyncChangesNothing() {
    LiveVolume volume = mounted(Fat.format("seed").noBarrier().state());
    volume.create("/B");
    volume.write("/B", NEW);
    var before = CrashStates.of(volume).keySet();
    volume.fsync("/B");
    volume.sync();
    assertThat(CrashStates.of(volume).keySet()).isEqualTo(before).hasSizeGreaterThan(3);
  }

  @Test
  void aChainThatTheFatDoesNotHaveCannotBeReadBehindItsFirstCluster() {
    LiveVolume volume = mounted(Fat.format("seed").state());
    volume.create("/K");
    volume.write("/K", BIG);
    assertThat(seen(volume, file("/K"))).contains("absent", "empty", "kernel", FatState.UNREADABLE.name());
    boolean unreadable =
        CrashStates.of(volume).values().stream()
            .anyMatch(state -> state.open().boot().lookup("/K") instanceof Lookup.Unreadable);
    assertThat(unreadable).isTrue();
  }

  @Test
  void partOfALongNameLeavesTheShortOne() {
    Fat fat = Fat.format("seed");
    for (int i = 0; i < 15; i++) {
      fat.with("/F" + (char) ('A' + i), Content.EMPTY);
    }
    LiveVolume volume = mounted(fat.state());
    volume.create("/kernel image.efi");
    assertThat(seen(volume, tree -> tree.names("/").stream().filter(n -> n.length() > 2).toList().toString()))
        .containsExactlyInAnyOrder("[]", "[KERNEL~1.EFI]", "[kernel image.efi]");
    volume.fsync("/kernel image.efi");
    assertThat(seen(volume, tree -> tree.names("/").stream().filter(n -> n.length() > 2).toList().toString()))
        .containsExactlyInAnyOrder("[KERNEL~1.EFI]", "[kernel image.efi]");
    volume.fsyncDirectory("/");
    assertThat(seen(volume, names("/"))).hasSize(1);
  }

  @Test
  void overwriteMixesOldAndNewSectors() {
    LiveVolume volume = mounted(Fat.format("seed").with("/E", Content.of(new byte[1024])).state());
    byte[] changed = new byte[1024];
    changed[0] = 1;
    changed[600] = 1;
    volume.overwrite("/E", Content.of(changed));
    assertThat(CrashStates.of(volume)).hasSize(4);
  }

  /** The clusters behind a file are another's: it goes on elsewhere, and nobody loses anything. */
  @Test
  void filesThatGrowInTurnsKeepTheirData() {
    LiveVolume volume = mounted(Fat.format("seed").state());
    volume.create("/A");
    volume.create("/B");
    for (int i = 1; i <= 4; i++) {
      volume.write("/A", Content.text("a".repeat(5000 * i)));
      volume.write("/B", Content.text("b".repeat(7000 * i)));
    }
    volume.sync();
    VolumeState disk = CrashStates.of(volume).values().iterator().next();
    assertThat(disk.recovered().content("/A")).isEqualTo(Content.text("a".repeat(20_000)));
    assertThat(disk.recovered().content("/B")).isEqualTo(Content.text("b".repeat(28_000)));
  }

  @Test
  void truncateAndWriteMayLeaveTheOldSizeWithAFreedChain() {
    LiveVolume volume = mounted(Fat.format("seed").with("/E", BIG).state());
    volume.truncate("/E");
    volume.write("/E", NEW);
    assertThat(seen(volume, file("/E"))).contains("kernel", FatState.UNREADABLE.name(), "empty", "new");
  }

  @Test
  void renameInsideOneSectorIsAtomic() {
    LiveVolume volume = mounted(Fat.format("seed").with("/A", OLD).state());
    volume.rename("/A", "/B");
    assertThat(seen(volume, names("/"))).containsExactlyInAnyOrder("A", "B");
  }

  @Test
  void renameOverTwoSectorsLeavesOldNewBothOrNeither() {
    LiveVolume volume = mounted(crowded().state());
    volume.rename("/A", "/Z");
    assertThat(seen(volume, both("/A", "/Z")))
        .containsExactlyInAnyOrder("old,absent", "absent,old", "old,old", "absent,absent");
  }

  @Test
  void renameOverAnotherLeavesTargetOldNewOrBoth() {
    LiveVolume volume = mounted(crowded().state());
    volume.create("/TMP");
    volume.write("/TMP", NEW);
    volume.sync();
    volume.rename("/TMP", "/A");
    assertThat(seen(volume, both("/A", "/TMP")))
        .containsExactlyInAnyOrder("old,new", "new,absent", "new,new", "old,absent");
  }

  @Test
  void unlinkLeavesLostClustersOrAFreedChainStillReferenced() {
    LiveVolume volume = mounted(Fat.format("seed").with("/K", BIG).state());
    volume.unlink("/K");
    assertThat(seen(volume, file("/K"))).containsExactlyInAnyOrder("kernel", "absent", FatState.UNREADABLE.name());
    assertThat(CrashStates.of(volume)).hasSize(8);
  }

  @Test
  void secondFatIsTrackedOnRequest() {
    LiveVolume volume = mounted(Fat.format("seed").bothFats(true).with("/A", OLD).state());
    volume.unlink("/A");
    assertThat(CrashStates.of(volume)).hasSize(8);
    assertThat(((FatState) volume.settled()).isTidy()).isTrue();
  }

  @Test
  void namesHaveNoCase() {
    LiveVolume volume = mounted(Fat.format("seed").with("/EFI/boot/grubenv", OLD).state());
    assertThat(volume.tree().content("/efi/BOOT/GRUBENV")).isEqualTo(OLD);
    volume.rename("/efi/BOOT/GRUBENV", "/EFI/BOOT/x.txt");
    assertThat(volume.tree().names("/EFI/boot")).containsExactly("x.txt");
    assertThat(volume.boot().read("/efi/boot/X.TXT")).contains(OLD);
  }

  @Test
  void loaderWritesInPlaceAndTheDeviceMayLoseSectors() {
    LiveVolume volume = Fat.format("seed").with("/uboot.env", Content.of(new byte[8192])).state().open();
    byte[] changed = new byte[8192];
    changed[1] = 1;
    changed[5000] = 1;
    assertThat(volume.boot().rewrite("/uboot.env", Content.of(changed))).isTrue();
    assertThat(CrashStates.of(volume)).hasSize(4);
    assertThat(volume.pending().issued(0)).isTrue();
    assertThat(volume.boot().read("/uboot.env")).contains(Content.of(changed));
    volume.mount();
    volume.create("/X");
    volume.fsync("/X");
    assertThat(volume.pending().size()).isZero();
  }

  @Test
  void spaceIsCountedInClustersAndRootSlots() {
    Fat small = Fat.format("seed").bits(16).size(64 << 10).clusterBytes(2048).rootSlots(16);
    LiveVolume volume = mounted(small.state());
    long clusters = ((FatState) small.state()).volume.clusters();
    assertThat(volume.space().freeBlocks()).isEqualTo(clusters * 2048 / 4096);
    volume.create("/A");
    volume.write("/A", Content.opaque("a", clusters * 2048));
    volume.create("/B");
    assertThatThrownBy(() -> volume.write("/B", NEW)).isInstanceOf(NoSpaceException.class);
    volume.unlink("/A");
    volume.write("/B", NEW);
    for (int i = 0; i < 15; i++) {
      volume.create("/N" + i);
    }
    assertThatThrownBy(() -> volume.create("/N15")).isInstanceOf(NoSpaceException.class);
    volume.unlink("/N3");
    assertThatThrownBy(() -> volume.create("/lower")).isInstanceOf(NoSpaceException.class);
    volume.create("/LAST");
  }

  @Test
  void equalTreesHaveEqualHashesWhateverHappenedBefore() {
    LiveVolume volume = mounted(Fat.format("seed").with("/A", OLD).with("/D/B", BIG).state());
    VolumeState before = volume.settled();
    volume.create("/tmp file");
    volume.write("/tmp file", BIG);
    volume.rename("/A", "/D/C");
    volume.rename("/D/C", "/A");
    volume.unlink("/tmp file");
    assertThat(volume.settled().hash()).isEqualTo(before.hash());
    assertThat(volume.tree()).isEqualTo(volume.settled().recovered());
  }
}
