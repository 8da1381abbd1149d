package dev.plugpull.sim.ubuntucore.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a boot may measure while loaders are replaced, against every disk that replacing them one by one can leave. */
class MeasuredChainTest {
  private static final Hash128 IMAGE = Hash128.of("kernel");

  private static Hash128 hash(String name, int loader) {
    return Hash128.of(name + loader);
  }

  private static Pcrs boot(List<Hash128> disk) {
    Pcrs pcrs = Pcrs.RESET;
    for (Hash128 program : disk) {
      pcrs = pcrs.started(program);
    }
    return pcrs.started(IMAGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void acceptsExactlyWhatReplacingTheLastLoaderFirstLeaves(int loaders) {
    List<MeasuredChain.Asset> assets = new ArrayList<>();
    List<Hash128> disk = new ArrayList<>();
    for (int i = 0; i < loaders; i++) {
      assets.add(new MeasuredChain.Asset("loader " + i, List.of(hash("old", i), hash("new", i))));
      disk.add(hash("old", i));
    }
    Set<Pcrs> left = new HashSet<>();
    left.add(boot(disk));
    for (int i = loaders - 1; i >= 0; i--) {
      disk.set(i, hash("new", i));
      left.add(boot(disk));
    }
    List<Pcrs> started = new MeasuredChain(assets, "kernel", IMAGE, List.of("line")).started();
    assertThat(started).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(left);
  }

  @Test
  void aKeyOpensForItsChainsOnlyAndUntilItIsRevokedOrTheTpmIsLockedOut() {
    MeasuredChain chain = new MeasuredChain(
        List.of(new MeasuredChain.Asset("loader", List.of(hash("old", 0)))), "kernel", IMAGE, List.of("line"));
    SealedKey key = new SealedKey(PcrProfile.of(List.of(chain), "model"), 1);
    Pcrs good = PcrProfile.inInitramfs(boot(List.of(hash("old", 0))).measured("line"), "model");
    Tpm tpm = Tpm.PROVISIONED;
    assertThat(tpm.opens(key, good)).isTrue();
    assertThat(tpm.opens(key, PcrProfile.inInitramfs(boot(List.of(hash("new", 0))).measured("line"), "model")))
        .isFalse();
    assertThat(tpm.opens(key, PcrProfile.inInitramfs(boot(List.of(hash("old", 0))).measured("other"), "model")))
        .isFalse();
    assertThat(tpm.opens(key, PcrProfile.inInitramfs(good, "model"))).as("measured twice").isFalse();
    assertThat(tpm.revoking(2).opens(key, good)).isFalse();
    assertThat(tpm.revoking(2).revoking(1)).as("never goes down").isEqualTo(tpm.revoking(2));
    for (int tries = 0; tries < Tpm.MOST_TRIES; tries++) {
      assertThat(tpm.opens(key, good)).isTrue();
      tpm = tpm.withKeyUsed().startedUp();
    }
    assertThat(tpm.opens(key, good)).isFalse();
    assertThat(tpm.cleared().opens(key, good)).isTrue();
    assertThat(Tpm.of(tpm.bytes())).isEqualTo(tpm);
    assertThat(Tpm.PROVISIONED.withKeyUsed().shutDown().startedUp()).isEqualTo(Tpm.PROVISIONED);
  }

  @Test
  void aShortKeyObjectIsNone() {
    SealedKey key = new SealedKey(PcrProfile.of(List.of(), "model"), 3);
    assertThat(SealedKey.read(key.content())).isEqualTo(key);
    assertThat(SealedKey.read(key.content().prefix(7))).isNull();
    assertThat(SealedKey.read(Content.EMPTY)).isNull();
    assertThat(SealedKey.read(null)).isNull();
  }

  @Test
  void listsHoldTheOldOneAndTheNewOneAndNoThird() {
    TrustedAssets lists =
        TrustedAssets.NONE.only("shim", hash("old", 0)).replacing("shim", hash("old", 0), hash("new", 0));
    assertThat(lists.of("shim")).containsExactly(hash("old", 0), hash("new", 0));
    assertThat(lists.replacing("shim", hash("old", 0), hash("new", 0))).isEqualTo(lists);
    assertThat(lists.only("shim", hash("new", 0)).replacing("shim", hash("old", 0), hash("new", 0)))
        .as("after a boot that trimmed it").isEqualTo(lists);
    assertThatThrownBy(() -> lists.replacing("shim", hash("old", 0), hash("third", 0)))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("cannot reuse asset name shim");
  }
}
