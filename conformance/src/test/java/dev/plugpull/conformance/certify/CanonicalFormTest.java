package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.crash.CrashLimits;
import dev.plugpull.faultinjection.crash.CrashStateEnumerator;
import dev.plugpull.faultinjection.crash.CrashStates;
import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ubuntucore.CoreDevice;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Platform;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.GadgetYaml;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The twin of the declared reductions: states with one key, but different content, have equal successors and verdicts.
 * A sample: some boots, some keys, and cuts that leave one volume in any state and the others in one of two.
 */
@Tag("differential")
class CanonicalFormTest {
  private static final int BOOTS = 400;
  private static final int VARIANTS = 3;
  private static final int SAMPLED_KEYS = 120;

  private final Map<Hash128, Map<Hash128, CoreState>> merged = new TreeMap<>();
  private final ArrayDeque<CoreState> waiting = new ArrayDeque<>();

  @ParameterizedTest
  @ValueSource(strings = {"uboot-file-22", "uboot-raw-22", "grub-18"})
  void mergedStatesHaveEqualSuccessors(String gadget) throws Exception {
    compareMerged(gadget);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grub-managed-22", "uboot-ext4-22"})
  void mergedStatesOfBootPartitionsOnExt4HaveEqualSuccessors(String gadget) throws Exception {
    compareMerged(gadget);
  }

  /** What install mode makes anew, and a recovery system that is not whole. */
  @ParameterizedTest
  @CsvSource({
    "grub-managed-22, installation, 40, 30", "grub-managed-22, factory reset, 16, 10",
    "grub-managed-22, recovery system created and tried, 6, 6", "uboot-file-22, factory reset, 6, 6",
    "uboot-file-22, reboot into the recovery system, 20, 20", "piboot-22, reboot into the recovery system, 20, 20"
  })
  void mergedStatesOfDevicesThatLeaveRunModeHaveEqualSuccessors(String gadget, String scenario, int boots, int sampled)
      throws Exception {
    compareMerged(scenario, device(gadget, Bench.scenario(scenario)), boots, sampled);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel refresh", "gadget refresh, boot loaders change"})
  void mergedStatesOfEncryptedDevicesHaveEqualSuccessors(String scenario) {
    Family family = Families.named("ubuntu-core", "test");
    Profile profile = Profile.of(family, "test", Map.of("storage-safety", "encrypted"), Set.of());
    compareMerged(scenario, (CoreDevice) family.device(profile, scenario), BOOTS, SAMPLED_KEYS);
  }

  private void compareMerged(String gadget) throws Exception {
    CoreDevice device = device(gadget, UbuntuCoreCatalogue.named("kernel refresh").orElseThrow());
    compareMerged(gadget, device, BOOTS, SAMPLED_KEYS);
  }

  private void compareMerged(String what, CoreDevice device, int boots, int sampled) {
    collect(device, boots);
    List<Hash128> keys = new ArrayList<>();
    merged.forEach((key, contents) -> {
      if (contents.size() > 1) {
        keys.add(key);
      }
    });
    assertThat(keys).as("merged states of %s", what).isNotEmpty();
    Collections.shuffle(keys, new Random(7));
    for (Hash128 key : keys.subList(0, Math.min(sampled, keys.size()))) {
      List<CoreState> variants = List.copyOf(merged.get(key).values());
      SortedSet<String> first = successors(device, variants.getFirst());
      for (CoreState other : variants.subList(1, variants.size())) {
        assertThat(successors(device, other)).as("successors of %s", device.describe(other)).isEqualTo(first);
      }
    }
  }

  private static CoreDevice device(String gadget, CoreScenario scenario) throws Exception {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples/gadgets/good"))) {
      folder = folder.getParent();
    }
    try (GadgetPackage opened = GadgetPackage.open(folder.resolve("examples/gadgets/good").resolve(gadget), "amd64")) {
      GadgetYaml yaml = opened.yaml();
      Target target = Target.infer(yaml.info(), opened.metadata().base(), false);
      return BoardReader.read(opened, yaml.info(), target, BoardOptions.DEFAULT)
          .board()
          .device(scenario, Platform.SNAPD, false);
    }
  }

  /** Boots states, those with the fewest cuts first, and keeps different contents under one key. */
  private void collect(CoreDevice device, int boots) {
    keep(device, device.start());
    Random chance = new Random(11);
    for (int boot = 0; boot < boots && !waiting.isEmpty(); boot++) {
      CoreState state = chance.nextBoolean() ? waiting.pollFirst() : waiting.pollLast();
      device.boot(state, new Cuts(chance, (point, cut) -> keep(device, cut)));
    }
  }

  private void keep(CoreDevice device, CoreState state) {
    Hash128 content = Hash128.ZERO;
    for (VolumeState volume : state.volumes()) {
      content = content.then(volume.hash());
    }
    Map<Hash128, CoreState> contents = merged.computeIfAbsent(device.key(state), key -> new TreeMap<>());
    if (contents.isEmpty()) {
      waiting.add(state);
    }
    if (contents.size() < VARIANTS) {
      contents.putIfAbsent(content, state);
    }
  }

  /** Keys of everything that a cut in the next boot can leave, and how the boot ends if nothing happens. */
  private static SortedSet<String> successors(CoreDevice device, CoreState state) {
    SortedSet<String> keys = new TreeSet<>();
    BootEnd<CoreState> end = device.boot(state, new Cuts(null, (point, cut) -> keys.add(device.key(cut).toString())));
    keys.add(switch (end) {
      case BootEnd.Restart<CoreState> restart -> "restart " + device.key(restart.next());
      case BootEnd.Stuck<CoreState> stuck -> "stuck " + stuck.why() + stuck.assumed();
      case BootEnd.Settled<CoreState> settled ->
          "settled " + device.key(settled.state()) + device.observe(settled.state()).outcome()
              + device.observe(settled.state()).change() + device.observe(settled.state()).data();
    });
    return keys;
  }

  /** What happens to a cut state. */
  private interface Cut {
    void at(String point, CoreState state);
  }

  /** Cuts everywhere: one volume in every state that a cut can leave, the others with all or nothing of theirs kept. */
  private record Cuts(Random chance, Cut to) implements BootListener<CoreState> {
    @Override
    public Interruption crashPoint(
        String point, String what, List<? extends LiveVolume> volumes, Surviving<CoreState> surviving) {
      if (chance != null && chance.nextInt(4) > 0) {
        return Interruption.NONE;
      }
      List<CrashStates> all = new ArrayList<>();
      for (LiveVolume volume : volumes) {
        all.add(new CrashStateEnumerator(CrashLimits.DEFAULT).enumerate(volume.pending()));
      }
      for (int one = 0; one < all.size(); one++) {
        for (int i = 0; i < all.get(one).size(); i++) {
          to.at(point, surviving.cut(chosen(all, one, i, false)));
          to.at(point, surviving.cut(chosen(all, one, i, true)));
        }
      }
      return Interruption.NONE;
    }

    private static List<VolumeState> chosen(List<CrashStates> all, int one, int state, boolean kept) {
      List<VolumeState> states = new ArrayList<>();
      for (int v = 0; v < all.size(); v++) {
        CrashStates of = all.get(v);
        states.add(of.state(v == one ? state : kept ? of.allKept() : 0));
      }
      return states;
    }

    @Override
    public void violation(String property, String why) {
      // the explorer's business
    }
  }
}
