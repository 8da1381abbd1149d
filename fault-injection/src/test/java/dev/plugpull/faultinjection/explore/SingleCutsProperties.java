package dev.plugpull.faultinjection.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.crash.CrashLimits;
import dev.plugpull.faultinjection.settling.QuietListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Beside every closed subset of every window, at every point, each point for itself. */
class SingleCutsProperties {

  @Property(tries = 60, seed = "5772156649")
  void everyPointIsToldInFull(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int volumes,
      @ForAll @IntRange(min = 1, max = 6) int steps) {
    RandomDevice device = new RandomDevice(seed, volumes, steps, false);
    List<Set<RandomDevice.State>> told = new ArrayList<>();
    long bounded = new SingleCuts<RandomDevice.State>(CrashLimits.DEFAULT, (number, name, content, state) -> {
      if (number == told.size()) {
        told.add(new HashSet<>());
      }
      told.get(number).add(state);
    }).of(device, device.start());
    Everything everything = new Everything();
    device.boot(device.start(), everything);
    assertThat(told).isEqualTo(everything.points);
    assertThat(bounded).isZero();
  }

  private static final class Everything extends QuietListener<RandomDevice.State> {
    private final List<Set<RandomDevice.State>> points = new ArrayList<>();

    @Override
    public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes,
        Surviving<RandomDevice.State> rest) {
      points.add(new HashSet<>());
      product(volumes, List.of(), rest);
      return Interruption.NONE;
    }

    private void product(List<? extends LiveVolume> volumes, List<VolumeState> chosen,
        Surviving<RandomDevice.State> rest) {
      if (chosen.size() == volumes.size()) {
        points.getLast().add(rest.cut(chosen));
        return;
      }
      for (VolumeState state : BruteForce.all(volumes.get(chosen.size()).pending())) {
        List<VolumeState> more = new ArrayList<>(chosen);
        more.add(state);
        product(volumes, more, rest);
      }
    }
  }
}
