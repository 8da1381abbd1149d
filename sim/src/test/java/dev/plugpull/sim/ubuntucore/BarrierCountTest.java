package dev.plugpull.sim.ubuntucore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.filesystem.LiveVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Flushes that reach the device until the reboot of a refresh, the first of the scenario. A real kernel refresh was
 * once
 * measured with 612; {@code docs/spec-vs-model.md} explains the distance, with the figures that are computed here.
 */
class BarrierCountTest {

  /** Flushes by the task or primitive that sent them. */
  private static final class Flushes implements BootListener<CoreState> {
    private final SortedMap<String, Integer> by = new TreeMap<>();
    private boolean listening;
    private int since;

    @Override
    public Interruption crashPoint(
        String point, String what, java.util.List<? extends LiveVolume> volumes, Surviving<CoreState> rest) {
      if (!listening) {
        volumes.forEach(volume -> volume.onFlush(() -> since++));
        listening = true;
      }
      by.merge(point.startsWith("P17") ? "state.json" : "snaps and boot state", since, Integer::sum);
      since = 0;
      return Interruption.NONE;
    }

    int all() {
      return by.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void violation(String property, String why) {
      throw new AssertionError(property + ": " + why);
    }
  }

  private static Flushes firstBoot(Series series, Part part) {
    CoreDevice device =
        CoreDeviceTest.board(series).device(CoreScenario.refresh("refresh", part), Platform.SNAPD, false);
    Flushes flushes = new Flushes();
    assertThat(device.boot(device.start(), flushes)).isInstanceOf(BootEnd.Restart.class);
    return flushes;
  }

  @ParameterizedTest
  @CsvSource({"UC20, KERNEL, 53, 28", "UC22, KERNEL, 53, 28", "UC24, KERNEL, 60, 32", "UC22, BASE, 49, 28"})
  void aRefreshFlushesSoOften(Series series, Part part, int all, int checkpoints) {
    Flushes flushes = firstBoot(series, part);
    assertThat(flushes.all()).as("%s", flushes.by).isEqualTo(all);
    assertThat(flushes.by.get("state.json")).isEqualTo(checkpoints);
  }

  @Test
  void theTextStandsBesideTheMeasuredFigure() throws IOException {
    Flushes kernel = firstBoot(Series.UC22, Part.KERNEL);
    Flushes base = firstBoot(Series.UC22, Part.BASE);
    assertThat(Files.readString(document()).replaceAll("\\s+", " "))
        .contains("| kernel refresh | 612 | " + kernel.all() + " | " + kernel.by.get("state.json") + " |")
        .contains("| base refresh | 637 | " + base.all() + " | " + base.by.get("state.json") + " |");
  }

  private static Path document() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("docs/spec-vs-model.md"))) {
        return folder.resolve("docs/spec-vs-model.md");
      }
    }
    throw new IllegalStateException("cannot find docs/spec-vs-model.md above " + Path.of("").toAbsolutePath());
  }
}
