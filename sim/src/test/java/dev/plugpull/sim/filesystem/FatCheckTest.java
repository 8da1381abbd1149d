package dev.plugpull.sim.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class FatCheckTest {
  private static final Content BIG = Content.opaque("kernel", 3 << 20);

  private static TreeSet<String> checked(Fat.LostChains policy, Fat fat, Consumer<LiveVolume> calls) {
    LiveVolume volume = fat.state().open();
    volume.mount();
    calls.accept(volume);
    TreeSet<String> result = new TreeSet<>();
    for (VolumeState state : CrashStates.of(volume).values()) {
      VolumeState repaired = Fat.fsck(state, policy).state();
      assertThat(((FatState) repaired).isTidy()).isTrue();
      assertThat(Fat.fsck(repaired, policy).repairs()).isEmpty();
      StringBuilder text = new StringBuilder();
      for (String name : repaired.recovered().names("/")) {
        text.append(name).append('=').append(repaired.recovered().content("/" + name).length()).append(' ');
      }
      result.add(text.toString().trim());
    }
    return result;
  }

  @Test
  void anUnlinkCutShortEndsEmptyGoneOrAsARecordFile() {
    Fat fat = Fat.format("seed").with("/K", BIG);
    assertThat(checked(Fat.LostChains.FREE, fat, volume -> volume.unlink("/K")))
        .containsExactlyInAnyOrder("", "K=0", "K=3145728", "K=516096");
    assertThat(checked(Fat.LostChains.SALVAGE, fat, volume -> volume.unlink("/K")))
        .contains("FSCK0000.REC=3145728");
  }

  @Test
  void ofTwoNamesOfOneChainTheFirstKeepsIt() {
    Fat fat = Fat.format("seed").with("/A", Content.text("old"));
    for (int i = 0; i < 15; i++) {
      fat.with("/F" + (char) ('A' + i), Content.EMPTY);
    }
    LiveVolume volume = fat.state().open();
    volume.mount();
    volume.rename("/A", "/Z");
    PendingWindow window = volume.pending();
    int added = window.label(0).endsWith("sector 1") ? 0 : 1;
    VolumeState both = window.apply(window.base(), added);
    assertThat(both.recovered().content("/A")).isEqualTo(both.recovered().content("/Z"));
    Fat.Checked checked = Fat.fsck(both, Fat.LostChains.FREE);
    assertThat(checked.state().recovered().content("/A").length()).isEqualTo(3);
    assertThat(checked.state().recovered().content("/Z").length()).isZero();
    assertThat(checked.repairs()).isNotEmpty();
  }

  @Test
  void theDirtyFlagStandsFromMountToUnmount() {
    LiveVolume volume = Fat.format("seed").state().open();
    volume.mount();
    assertThat(Fat.isDirty(volume.pending().base())).isTrue();
    assertThat(Fat.isDirty(Fat.fsck(volume.pending().base(), Fat.LostChains.FREE).state())).isFalse();
    volume.freeze();
    assertThat(Fat.isDirty(volume.pending().base())).isFalse();
  }

  @Property(tries = 500, seed = "3313946095")
  void whateverHappenedACheckedVolumeIsTidyAndKeepsWhatWasWhole(@ForAll long seed) {
    LiveVolume volume = Fat.format("x").bothFats(seed % 2 == 0).with("/a", BIG).with("/d/a", BIG).state().open();
    volume.mount();
    RandomCalls calls = new RandomCalls(seed, false);
    calls.run(volume, 12);
    FatState cut = (FatState) RandomCalls.crash(volume.pending(), calls.subset(volume.pending()));
    FatState repaired = (FatState) Fat.fsck(cut, Fat.LostChains.SALVAGE).state();
    assertThat(repaired.isTidy()).isTrue();
    if (cut.isTidy()) {
      assertThat(repaired.recovered()).isEqualTo(cut.recovered());
    }
    LiveVolume next = repaired.open();
    next.mount();
    new RandomCalls(seed + 1, false).run(next, 10);
    next.sync();
    assertThat(next.pending().base().recovered()).isEqualTo(next.tree());
  }

  @Test
  void aFlushOfOneVolumeCoversWhatTheDeviceAcceptedOfAnother() {
    LiveVolume raw = RawVolume.of(4096, DeviceProfile.VIRTIO, new byte[0]).state().open();
    LiveVolume ext4 = Ext4.format("data").state().open();
    SharedDisk.join(List.of(raw, ext4));
    raw.boot().writeRaw(0, new byte[] {1});
    raw.mount();
    raw.writeRaw(1024, new byte[] {2});
    ext4.mount();
    ext4.create("/a");
    assertThat(raw.pending().size()).isEqualTo(2);
    ext4.fsync("/a");
    assertThat(raw.pending().size()).isEqualTo(1);
    assertThat(raw.pending().base().open().readRaw(0, 1)).containsExactly(1);
  }
}
