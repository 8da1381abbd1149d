package dev.plugpull.sim.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Volumes with equal fingerprints go the same way, whatever had led to them. */
final class LiveFingerprintTest {
  private static final int HISTORIES = 12_000;

  private enum Kind {
    EXT4(Ext4.format("x")),
    EXT4_OF_A_LOADER(Ext4.format("x").bootReadable(true)),
    EXT4_WRITEBACK(Ext4.format("x").noAutoDaAlloc().dataWriteback()),
    XFS_OF_A_LOADER(Xfs.format("x").bootReadable(true)),
    FAT(Fat.format("x"));

    private final VolumeState state;

    <F extends Formatter<F>> Kind(F formatter) {
      state = formatter.with("/a", Content.of(new byte[800])).withDirectory("/d").withDirectory("/e").state();
    }

    /** Mounted, with a history. */
    LiveVolume after(long seed) {
      LiveVolume volume = state.open();
      volume.mount();
      calls(seed).run(volume, 2 + (int) (seed % 9));
      return volume;
    }

    RandomCalls calls(long seed) {
      return new RandomCalls(seed, this != FAT);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void equalFingerprintsGoOnAlike(Kind kind) {
    Map<Hash128, Long> seeds = new HashMap<>();
    int pending = 0;
    int met = 0;
    for (long seed = 0; seed < HISTORIES; seed++) {
      LiveVolume volume = kind.after(seed);
      Hash128 fingerprint = volume.fingerprint();
      Long first = fingerprint == null ? null : seeds.putIfAbsent(fingerprint, seed);
      if (first != null) {
        LiveVolume other = kind.after(first);
        met++;
        pending += other.pending().size() > 0 ? 1 : 0;
        compare(kind, other, volume, first + " and " + seed);
      }
    }
    assertThat(met).as("histories that meet").isGreaterThan(1000);
    assertThat(pending).as("histories that meet with pending writes").isGreaterThan(kind == Kind.FAT ? -1 : 300);
  }

  private static void compare(Kind kind, LiveVolume one, LiveVolume other, String seeds) {
    for (int further = 0; further < 3; further++) {
      assertThat(crashes(other)).as("%s, histories %s, further calls %s", kind, seeds, further).isEqualTo(crashes(one));
      kind.calls(further).run(one, 4);
      kind.calls(further).run(other, 4);
    }
  }

  /** Tree, space and some crash states, those of single writes among them, as text. */
  private static List<String> crashes(LiveVolume volume) {
    PendingWindow window = volume.pending();
    List<String> all = new ArrayList<>(List.of(volume.tree().hash().toString(), volume.space().toString(),
        volume.settled().hash().toString()));
    for (int i = 0; i <= window.size(); i++) {
      BitSet prefix = new BitSet();
      prefix.set(0, i);
      all.add(RandomCalls.crash(window, prefix).hash().toString());
      if (i < window.size()) {
        BitSet alone = window.needs(i);
        alone.set(i);
        all.add(window.label(i) + window.issued(i) + window.needs(i) + RandomCalls.crash(window, alone).hash());
      }
    }
    return all;
  }
}
