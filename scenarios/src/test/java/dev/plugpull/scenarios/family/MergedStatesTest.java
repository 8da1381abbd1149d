package dev.plugpull.scenarios.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.crash.CrashLimits;
import dev.plugpull.faultinjection.explore.SingleCuts;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.Deaf;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The twin of reductions: states that a device's key merges are booted each for itself, and end alike. */
class MergedStatesTest {
  private static final int MOST_BOOTS = 24;
  private static final int EVERY = 5;

  /** Everything that one cut during one of the first boots can leave. */
  private static <S> List<S> crashStates(UpdatingDevice<S> device) {
    List<S> states = new ArrayList<>();
    SingleCuts<S> cuts = new SingleCuts<>(CrashLimits.DEFAULT, (number, point, content, state) -> states.add(state));
    S state = device.start();
    for (int i = 0; i < 4; i++) {
      cuts.of(device, state);
      if (!(device.boot(state, new Deaf<>()) instanceof BootEnd.Restart<S> restart)) {
        break;
      }
      state = restart.next();
    }
    return states;
  }

  private static <S> String future(UpdatingDevice<S> device, S from) {
    S state = from;
    for (int boots = 1; boots <= MOST_BOOTS; boots++) {
      switch (device.boot(state, new Deaf<>())) {
        case BootEnd.Restart<S> restart -> state = restart.next();
        case BootEnd.Settled<S> settled -> {
          var seen = device.observe(settled.state());
          return "boot " + boots + " settles " + seen.outcome() + " " + seen.running() + " " + seen.reported() + " "
              + seen.change() + " " + seen.why() + " " + seen.data();
        }
        case BootEnd.Stuck<S> stuck -> {
          return "boot " + boots + " is stuck: " + stuck.why();
        }
      }
    }
    return "goes on";
  }

  /**
   * Groups crash states by a key; the first of each group and every fifth other are booted.
   *
   * @return futures that differ from that of the first of their group
   */
  private static <S> List<String> disagreements(UpdatingDevice<S> device, Function<S, Hash128> key) {
    Map<Hash128, String> known = new LinkedHashMap<>();
    List<String> differ = new ArrayList<>();
    int merged = 0;
    int number = 0;
    for (S state : crashStates(device)) {
      String told = known.get(key.apply(state));
      if (told == null) {
        known.put(key.apply(state), future(device, state));
      } else if (number++ % EVERY == 0) {
        merged++;
        String future = future(device, state);
        if (!future.equals(told)) {
          differ.add(told + " <> " + future);
        }
      }
    }
    assertThat(merged).isGreaterThan(20);
    return differ;
  }

  private static UpdatingDevice<?> device(String family, String scenario) {
    Family found = Families.named(family, "this test");
    return found.device(Profile.of(found, "test", Map.of(), Set.of()), scenario);
  }

  private static <S> void futuresAgree(UpdatingDevice<S> device) {
    assertThat(disagreements(device, device::key)).isEmpty();
  }

  /** A key that tells too little merges states with different futures, and that is seen. */
  private static <S> void tooCoarseAKeyIsFoundOut(UpdatingDevice<S> device) {
    assertThat(disagreements(device, state -> Hash128.of("one"))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "micro-os|update", "micro-os|update, new system is unhealthy", "chrome-os|update",
      "chrome-os|update, new kernel panics", "docker|update of one application"})
  void mergedStatesEndAlike(String family, String scenario) {
    futuresAgree(device(family, scenario));
  }

  @Test
  void mergedStatesWithBootEntriesEndAlike() {
    Family family = Families.named("micro-os", "this test");
    Profile profile = Profile.of(family, "test", Map.of("bootloader", "systemd-boot"), Set.of());
    futuresAgree(family.device(profile, "update"));
    tooCoarseAKeyIsFoundOut(family.device(profile, "update"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"micro-os|update", "chrome-os|update", "docker|update of one application"})
  void aKeyThatForgetsIsFoundOut(String family, String scenario) {
    tooCoarseAKeyIsFoundOut(device(family, scenario));
  }
}
