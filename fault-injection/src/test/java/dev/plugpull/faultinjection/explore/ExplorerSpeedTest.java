package dev.plugpull.faultinjection.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.crash.CrashLimits;
import dev.plugpull.faultinjection.twin.CellDisk;
import dev.plugpull.faultinjection.twin.LiveCells;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Hash128;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one look at one combination of volume states costs, without the file systems. */
@Tag("nightly")
class ExplorerSpeedTest {

  @Test
  void aCombinationCostsLessThan300Nanoseconds() {
    List<LiveVolume> volumes = List.of(dirty(6), dirty(7), dirty(4));
    CrashProduct product = new CrashProduct(CrashLimits.DEFAULT);
    dev.plugpull.faultinjection.fingerprint.FingerprintMap seen =
        new dev.plugpull.faultinjection.fingerprint.FingerprintMap(1 << 18);
    long[] count = new long[1];
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 40; round++) {
      seen.clear();
      product.reset();
      count[0] = 0;
      long begin = System.nanoTime();
      product.visit(volumes, Hash128.ZERO, (hi, lo, loss, pick) -> {
        count[0]++;
        seen.add(hi, lo);
      });
      best = Math.min(best, System.nanoTime() - begin);
    }
    double each = (double) best / count[0];
    System.out.printf("%d combinations, %.1f ns each, %.1f million a second%n", count[0], each, 1e3 / each);
    assertThat(seen.size()).isEqualTo(1 << 17);
    assertThat(each).isLessThan(300);
  }

  private static LiveCells dirty(int writes) {
    LiveCells live = (LiveCells) CellDisk.of(new int[writes]).open();
    for (int i = 0; i < writes; i++) {
      live.put(i, i + 1);
    }
    return live;
  }
}
