package dev.plugpull.sim.ostree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Deaf;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** States that the canonical form merges have equal futures, with the reductions and without them. */
class OstreeReductionTest {

  /** Takes, at every crash point of a boot, every prefix and every single loss of each volume's pending writes. */
  private static final class Cutter implements BootListener<OstreeState> {
    private final List<OstreeState> states = new ArrayList<>();

    @Override
    public Interruption crashPoint(
        String point, String what, List<? extends LiveVolume> volumes, Surviving<OstreeState> rest) {
      for (int varied = 0; varied < volumes.size(); varied++) {
        PendingWindow window = volumes.get(varied).pending();
        for (int number = 0; number <= 2 * window.size(); number++) {
          List<VolumeState> cut = new ArrayList<>();
          for (int i = 0; i < volumes.size(); i++) {
            cut.add(i == varied ? state(window, number) : volumes.get(i).pending().base());
          }
          states.add(rest.cut(cut));
        }
      }
      return Interruption.NONE;
    }

    private static VolumeState state(PendingWindow window, int number) {
      BitSet kept = new BitSet();
      VolumeState state = window.base();
      for (int i = 0; i < window.size(); i++) {
        BitSet missing = (BitSet) window.needs(i).clone();
        missing.andNot(kept);
        boolean keep = number <= window.size() ? i < number : i != number - window.size() - 1;
        if (keep && missing.isEmpty()) {
          state = window.apply(state, i);
          kept.set(i);
        }
      }
      return state;
    }

    @Override
    public void violation(String property, String why) {
      // not judged here
    }
  }

  private static String future(OstreeDevice device, OstreeState from) {
    OstreeState state = from;
    StringBuilder boots = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      switch (device.boot(state, new Deaf<>())) {
        case BootEnd.Restart<OstreeState> restart -> state = restart.next();
        case BootEnd.Settled<OstreeState> settled -> {
          var seen = device.observe(settled.state());
          return boots + "settles " + seen.outcome() + " " + seen.running() + " " + seen.change() + " " + seen.data();
        }
        case BootEnd.Stuck<OstreeState> stuck -> {
          return boots + "stuck: " + stuck.why();
        }
      }
      boots.append("boot, ");
    }
    return boots + "goes on";
  }

  private static List<OstreeState> crashStates(OstreeDevice device) {
    Cutter cutter = new Cutter();
    OstreeState state = device.start();
    for (int i = 0; i < 3; i++) {
      BootEnd<OstreeState> end = device.boot(state, cutter);
      if (!(end instanceof BootEnd.Restart<OstreeState> restart)) {
        break;
      }
      state = restart.next();
    }
    return cutter.states;
  }

  private static OstreeBoard board(OstreeBoard.Greenboot greenboot, boolean separate, Departure... departures) {
    return new OstreeBoard(OstreeBoard.RootFileSystem.EXT4, separate, OstreeBoard.Backend.NONE, true, greenboot, 2,
        false, false, true, true, true, true, false, Set.of(departures));
  }

  /** Of each class of merged states the first one and every seventh other, booted until they settle. */
  private static void futuresAgree(OstreeDevice device, OstreeDevice twin) {
    Map<Hash128, String> known = new LinkedHashMap<>();
    int merged = 0;
    int number = 0;
    for (OstreeState state : crashStates(device)) {
      Hash128 key = device.key(state);
      String told = known.get(key);
      if (told == null) {
        known.put(key, future(device, state));
      } else if (number++ % 7 == 0) {
        merged++;
        assertThat(future(device, state)).isEqualTo(told);
        assertThat(future(twin, state)).isEqualTo(told);
      }
    }
    assertThat(merged).isGreaterThan(20);
    assertThat(known.size()).isGreaterThan(5);
  }

  @ParameterizedTest
  @EnumSource(OstreeBoard.Greenboot.class)
  void merged_states_have_equal_futures(OstreeBoard.Greenboot greenboot) {
    OstreeDevice device = board(greenboot, true, Departure.FSYNC_AFTER_SWAP).device(OstreeScenario.upgrade("upgrade"));

    futuresAgree(device, device.keepingLeftovers());
  }

  @Test
  void merged_states_of_one_file_system_have_equal_futures() {
    OstreeDevice device = board(OstreeBoard.Greenboot.NONE, false, Departure.FSYNC_AFTER_SWAP)
        .device(OstreeScenario.upgrade("upgrade"));

    futuresAgree(device, device.keepingLeftovers());
  }

  @ParameterizedTest
  @EnumSource(value = OstreeBoard.Backend.class, names = {"ZIPL", "ABOOT"})
  void merged_states_with_a_boot_record_have_equal_futures(OstreeBoard.Backend backend) {
    OstreeDevice device = new OstreeBoard(OstreeBoard.RootFileSystem.EXT4, true, backend, true,
        OstreeBoard.Greenboot.NONE, 2, false, false, true, true, true, true, false, Set.of())
        .device(OstreeScenario.upgrade("upgrade"));

    futuresAgree(device, device.keepingLeftovers());
  }

  /** The twin notices: a form that forgets what the boot loader sees merges states with different futures. */
  @Test
  void a_form_that_forgets_the_boot_loaders_view_is_found_out() {
    OstreeDevice device = board(OstreeBoard.Greenboot.NONE, true, Departure.FSYNC_AFTER_SWAP)
        .device(OstreeScenario.upgrade("upgrade"));
    Map<Hash128, String> known = new LinkedHashMap<>();
    boolean differs = false;
    for (OstreeState state : crashStates(device)) {
      Hash128 recovered = device.key(new OstreeState(
          state.volumes().stream().map(VolumeState::checkpointed).toList(), state.world(), null));
      String future = future(device, state);
      String told = known.putIfAbsent(recovered, future);
      differs |= told != null && !told.equals(future);
    }
    assertThat(differs).isTrue();
  }
}
