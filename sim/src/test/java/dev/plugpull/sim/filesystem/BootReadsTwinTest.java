package dev.plugpull.sim.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.bootloader.BootVolume.Lookup;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The twin of a volume of which a loader reads one folder: the same calls on a volume that is read as a whole, and
 * every crash state of both. Who looks at the folder and at what recovery gives finds the same in both.
 */
final class BootReadsTwinTest {
  private static final String FOLDER = "/d";
  private static final Content OLD = Content.of(new byte[800]);
  private static final int LARGEST_WINDOW = 15;
  private static int tried;
  private static int compared;
  private static long statesOfWhole;
  private static long statesOfFolder;

  private static VolumeState filled(Ext4 formatter) {
    return formatter.with("/a", OLD).with("/d/a", OLD).withDirectory("/e").state();
  }

  private static LiveVolume run(VolumeState state, long seed, boolean links) {
    LiveVolume volume = state.open();
    volume.mount();
    new RandomCalls(seed, links).run(volume, 7);
    return volume;
  }

  @Property(tries = 1500, seed = "7120394411")
  void oneFolderIsSeenAsWithAllBlocks(@ForAll long seed, @ForAll boolean links) {
    LiveVolume whole = run(filled(Ext4.format("x").bootReadable(true)), seed, links);
    LiveVolume folder = run(filled(Ext4.format("x").bootReadable(FOLDER)), seed, links);
    tried++;
    if (whole.pending().size() > LARGEST_WINDOW) {
      return;
    }
    Map<Hash128, VolumeState> all = CrashStates.of(whole);
    Map<Hash128, VolumeState> few = CrashStates.of(folder);
    assertThat(sights(few)).isEqualTo(sights(all));
    assertThat(few.size()).isLessThanOrEqualTo(all.size());
    compared++;
    statesOfWhole += all.size();
    statesOfFolder += few.size();
  }

  @AfterContainer
  static void manyWereComparedAndFewerStatesAreLeft() {
    if (tried == 0) {
      // Only the other property was asked for.
      return;
    }
    assertThat(compared).isGreaterThan(tried / 5);
    assertThat(statesOfFolder).isLessThan(statesOfWhole * 3 / 4);
  }

  private static Set<String> sights(Map<Hash128, VolumeState> states) {
    Set<String> sights = new TreeSet<>();
    states.values().forEach(state -> sights.add(sight(state)));
    return sights;
  }

  /** Equal fingerprints: equal for the kernel and equal in the folder; equal boot views: equal in the folder. */
  @Property(tries = 400, seed = "5520017745")
  void fingerprintsTellWhatIsSeen(@ForAll long seed, @ForAll boolean links) {
    LiveVolume volume = run(filled(Ext4.format("x").bootReadable(FOLDER)), seed, links);
    RandomCalls calls = new RandomCalls(seed + 1, links);
    Map<Hash128, String> byHash = new HashMap<>();
    Map<Hash128, String> byView = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      VolumeState state = RandomCalls.crash(volume.pending(), calls.subset(volume.pending()));
      String sight = sight(state);
      assertThat(byHash.computeIfAbsent(state.hash(), key -> sight)).isEqualTo(sight);
      String seen = seen(state);
      assertThat(byView.computeIfAbsent(state.bootView(), key -> seen)).isEqualTo(seen);
      if (state.homeIsCurrent()) {
        assertThat(seen).isEqualTo(seen(state.checkpointed()));
      }
    }
  }

  @Example
  void aDirectoryCannotMoveWhereTheLoaderReads() {
    LiveVolume volume = run(filled(Ext4.format("x").bootReadable("/e/k")), 3, false);
    volume.mkdir("/new");
    assertThatThrownBy(() -> volume.rename("/new", "/e/k")).hasMessageContaining("where a boot loader reads /e/k");
  }

  private static String sight(VolumeState state) {
    return state.checkpointed().recovered().hash() + " " + seen(state);
  }

  private static String seen(VolumeState state) {
    StringBuilder seen = new StringBuilder();
    look(state.open().boot(), FOLDER, seen);
    return seen.toString();
  }

  private static void look(BootVolume boot, String path, StringBuilder seen) {
    Lookup found = boot.lookup(path);
    seen.append(path).append(' ').append(found instanceof Lookup.File file
        ? file.content().isPart() ? "damaged" : file.content().hash()
        : found.getClass().getSimpleName()).append('\n');
    if (found instanceof Lookup.Directory) {
      boot.list(path).forEach(name -> look(boot, PathHash.child(path, name), seen));
    }
  }
}
