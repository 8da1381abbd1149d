package dev.plugpull.sim.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.media.DeviceProfile;
import org.junit.jupiter.api.Test;

final class RawVolumeTest {
  private static byte[] bytes(int length, int value) {
    byte[] result = new byte[length];
    java.util.Arrays.fill(result, (byte) value);
    return result;
  }

  @Test
  void unflushedUnitsSurviveInAnySubset() {
    LiveVolume volume = RawVolume.of(4096, DeviceProfile.VIRTIO, bytes(4096, 1)).state().open();
    volume.mount();
    volume.writeRaw(0, bytes(1536, 2));
    assertThat(CrashStates.of(volume)).hasSize(8);
    assertThat(volume.pending().issued(0)).isFalse();
    volume.fsyncRaw();
    assertThat(CrashStates.of(volume)).hasSize(1);
    assertThat(volume.readRaw(1535, 2)).containsExactly(2, 1);
  }

  @Test
  void aFlushOfAnotherVolumeCoversOnlyWhatTheDeviceAccepted() {
    LiveVolume volume = RawVolume.of(4096, DeviceProfile.VIRTIO, new byte[0]).state().open();
    volume.boot().writeRaw(0, bytes(512, 3));
    volume.mount();
    volume.writeRaw(512, bytes(512, 4));
    volume.deviceFlushed();
    assertThat(volume.pending().size()).isEqualTo(1);
    volume.deviceFlushed();
    assertThat(volume.pending().size()).isEqualTo(1);
  }

  @Test
  void lyingFlushKeepsEverythingAtRisk() {
    LiveVolume volume = RawVolume.of(4096, DeviceProfile.VIRTIO_UNSAFE, new byte[0]).state().open();
    volume.mount();
    volume.writeRaw(0, bytes(1024, 3));
    volume.fsyncRaw();
    assertThat(CrashStates.of(volume)).hasSize(4);
  }

  @Test
  void reliableWriteIsOneUnitAndNorErasesFirst() {
    LiveVolume emmc = RawVolume.of(4096, DeviceProfile.EMMC_RELIABLE_WRITE, new byte[0]).state().open();
    emmc.boot().writeRaw(0, bytes(2048, 3));
    assertThat(CrashStates.of(emmc)).hasSize(2);
    LiveVolume nor = RawVolume.of(65536, DeviceProfile.NOR, bytes(512, 7)).state().open();
    nor.boot().writeRaw(256, bytes(256, 8));
    assertThat(nor.pending().label(0)).contains("erase");
    VolumeState erased = nor.pending().apply(nor.pending().base(), 0);
    assertThat(erased.open().readRaw(0, 1)).containsExactly(0xFF);
    assertThat(nor.settled().open().readRaw(0, 257)).endsWith(8).startsWith(7);
  }

  @Test
  void neighbourDamageIsRuledOutByAFlush() {
    DeviceProfile profile = DeviceProfile.SD_CARD.withNeighbourDamage(4096);
    LiveVolume volume = RawVolume.of(8192, profile, bytes(8192, 1)).state().open();
    volume.mount();
    volume.writeRaw(0, bytes(512, 2));
    assertThat(CrashStates.of(volume)).hasSize(3);
    volume.fsyncRaw();
    assertThat(CrashStates.of(volume)).hasSize(1);
    assertThat(volume.readRaw(512, 1)).containsExactly(1);
  }

  @Test
  void hashDependsOnBytesOnly() {
    VolumeState start = RawVolume.of(8192, DeviceProfile.VIRTIO, new byte[0]).state();
    LiveVolume volume = start.open();
    volume.writeRaw(100, bytes(1000, 5));
    assertThat(volume.settled().hash()).isNotEqualTo(start.hash());
    volume.writeRaw(100, bytes(1000, 0));
    assertThat(volume.settled().hash()).isEqualTo(start.hash());
  }
}
