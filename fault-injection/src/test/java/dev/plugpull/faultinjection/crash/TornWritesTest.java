package dev.plugpull.faultinjection.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.Fat;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.RawVolume;
import dev.plugpull.sim.filesystem.Xfs;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes in place of several sectors are torn on the file systems where they are not atomic, and only those. */
class TornWritesTest {
  private static final String PATH = "/env";

  private static byte[] bytes(int value) {
    byte[] bytes = new byte[1024];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  static Stream<Named<LiveVolume>> fileSystems() {
    return Stream.of(
        Named.of("ext4", Ext4.format("x").bootReadable(true).with(PATH, Content.of(bytes(1))).state().open()),
        Named.of("xfs", Xfs.format("x").with(PATH, Content.of(bytes(1))).state().open()),
        Named.of("fat", Fat.format("x").with(PATH, Content.of(bytes(1))).state().open()));
  }

  private static Set<LossClass> losses(LiveVolume volume) {
    CrashStates states = new CrashStateEnumerator(CrashLimits.DEFAULT).enumerate(volume.pending());
    Set<LossClass> losses = EnumSet.noneOf(LossClass.class);
    for (int i = 0; i < states.size(); i++) {
      losses.add(states.lossClass(i));
    }
    return losses;
  }

  private static void mounted(LiveVolume volume, Consumer<LiveVolume> act) {
    volume.mount();
    act.accept(volume);
  }

  @ParameterizedTest
  @MethodSource("fileSystems")
  void anOverwriteOfTwoSectorsCanBeTorn(LiveVolume volume) {
    mounted(volume, v -> v.overwrite(PATH, Content.of(bytes(2))));
    assertThat(losses(volume)).contains(LossClass.ALL_LOST, LossClass.TORN, LossClass.ALL_KEPT);
    volume.fsync(PATH);
    assertThat(losses(volume)).doesNotContain(LossClass.TORN);
  }

  @ParameterizedTest
  @MethodSource("fileSystems")
  void anOverwriteThatChangesOneSectorCannot(LiveVolume volume) {
    byte[] one = bytes(1);
    one[700] = 2;
    mounted(volume, v -> v.overwrite(PATH, Content.of(one)));
    assertThat(losses(volume)).doesNotContain(LossClass.TORN);
  }

  @ParameterizedTest
  @MethodSource("fileSystems")
  void twoOverwritesOfOneSectorEachAreNoTornWrite(LiveVolume volume) {
    byte[] one = bytes(1);
    one[7] = 2;
    byte[] both = one.clone();
    both[700] = 2;
    mounted(volume, v -> {
      v.overwrite(PATH, Content.of(one));
      v.overwrite(PATH, Content.of(both));
    });
    assertThat(losses(volume)).doesNotContain(LossClass.TORN).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @MethodSource("fileSystems")
  void theBootLoadersOwnWriteInPlaceCanBeTorn(LiveVolume volume) {
    assertThat(volume.boot().overwrite(PATH, 0, bytes(2))).isTrue();
    assertThat(losses(volume)).contains(LossClass.TORN);
  }

  @Test
  void rawSectorsCanBeTornUnlessTheDeviceTakesARequestWhole() {
    LiveVolume disk = RawVolume.of(4096, DeviceProfile.VIRTIO, bytes(1)).state().open();
    mounted(disk, v -> v.writeRaw(0, bytes(2)));
    assertThat(losses(disk)).contains(LossClass.TORN);
    LiveVolume whole = RawVolume.of(4096, DeviceProfile.EMMC_RELIABLE_WRITE, bytes(1)).state().open();
    mounted(whole, v -> v.writeRaw(0, bytes(2)));
    assertThat(losses(whole)).containsExactly(LossClass.ALL_LOST, LossClass.ALL_KEPT);
  }
}
