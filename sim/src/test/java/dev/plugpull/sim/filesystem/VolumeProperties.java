package dev.plugpull.sim.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.Inode.DirData;
import dev.plugpull.sim.filesystem.Inode.FileData;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Laws that hold for every file system, whatever programs do. */
final class VolumeProperties {
  private static final Content OLD = Content.of(new byte[800]);

  private static LiveVolume mounted(int kind) {
    VolumeState state =
        switch (kind) {
          case 0 -> filled(Ext4.format("x"));
          case 1 -> filled(Ext4.format("x").bootReadable(true));
          case 2 -> filled(Ext4.format("x").noAutoDaAlloc().dataWriteback());
          case 3 -> filled(Xfs.format("x").bootReadable(true));
          case 4 -> filled(Btrfs.format("x"));
          case 5 -> filled(WeakestPosix.format("x"));
          default -> filled(Fat.format("x"));
        };
    LiveVolume volume = state.open();
    volume.boot().overwrite("/a", 0, new byte[] {7});
    volume.mount();
    return volume;
  }

  private static <F extends Formatter<F>> VolumeState filled(F formatter) {
    return formatter.with("/a", OLD).with("/d/a", OLD).withDirectory("/e").state();
  }

  @Property(tries = 1500, seed = "812723425")
  void everythingKeptIsWhatProgramsSee(@ForAll long seed, @ForAll @IntRange(max = 6) int kind) {
    LiveVolume volume = mounted(kind);
    new RandomCalls(seed, kind != 6).run(volume, 15);
    PendingWindow window = volume.pending();
    BitSet all = new BitSet();
    all.set(0, window.size());
    assertThat(RandomCalls.crash(window, all).recovered()).isEqualTo(volume.tree());
    assertThat(volume.settled().recovered()).isEqualTo(volume.tree());
    volume.sync();
    assertThat(volume.pending().base().recovered()).isEqualTo(volume.tree());
    assertThat(volume.settled().hash()).isEqualTo(((VolumeState) volume.settled()).checkpointed().hash());
  }

  @Property(tries = 1500, seed = "625142412")
  void needsPointBackAndNeverMiss(@ForAll long seed, @ForAll @IntRange(max = 6) int kind) {
    LiveVolume volume = mounted(kind);
    new RandomCalls(seed, kind != 6).run(volume, 15);
    PendingWindow window = volume.pending();
    for (int i = 0; i < window.size(); i++) {
      BitSet needs = window.needs(i);
      assertThat(needs.length()).isLessThanOrEqualTo(i);
      for (int k = needs.nextSetBit(0); k >= 0; k = needs.nextSetBit(k + 1)) {
        BitSet theirs = window.needs(k);
        theirs.andNot(needs);
        assertThat(theirs.isEmpty()).isTrue();
      }
    }
  }

  @Property(tries = 1500, seed = "2927156423")
  void aSnapshotNeverChanges(@ForAll long seed, @ForAll @IntRange(max = 6) int kind) {
    LiveVolume volume = mounted(kind);
    RandomCalls calls = new RandomCalls(seed, kind != 6);
    calls.run(volume, 8);
    PendingWindow window = volume.pending();
    BitSet kept = calls.subset(window);
    Hash128 before = RandomCalls.crash(window, kept).hash();
    int size = window.size();
    calls.run(volume, 8);
    assertThat(window.size()).isEqualTo(size);
    assertThat(RandomCalls.crash(window, kept).hash()).isEqualTo(before);
  }

  /** The incremental fingerprint is the one of the same tree on a new volume. */
  @Property(tries = 2000, seed = "1920065085")
  void fingerprintDependsOnTheTreeOnly(@ForAll long seed, @ForAll @IntRange(max = 6) int kind) {
    LiveVolume volume = mounted(kind);
    RandomCalls calls = new RandomCalls(seed, kind != 6);
    calls.run(volume, 15);
    for (int i = 0; i < 5; i++) {
      VolumeState state = RandomCalls.crash(volume.pending(), calls.subset(volume.pending()));
      switch (state) {
        case JournalState journal -> assertThat(journal.checkpointed().hash()).isEqualTo(journal.canonical().hash());
        case FatState fat -> assertThat(fat.hash()).isEqualTo(fat.canonical().hash());
        default -> assertThat(state.checkpointed().hash())
            .isEqualTo(state.open().settled().checkpointed().hash());
      }
    }
  }

  /**
   * What fsync of a file promises everywhere: its data, and on all but the weakest its name if it was never
   * renamed.
   */
  @Property(tries = 1500, seed = "4134166465")
  void fsyncKeepsTheFile(@ForAll long seed, @ForAll @IntRange(max = 4) int kind) {
    LiveVolume volume = mounted(kind);
    RandomCalls calls = new RandomCalls(seed, true);
    calls.run(volume, 10);
    if (volume.tree().exists("/new")) {
      return;
    }
    volume.create("/new");
    Content content = Content.text("content " + seed);
    volume.write("/new", content);
    volume.fsync("/new");
    for (int i = 0; i < 5; i++) {
      VolumeState state = RandomCalls.crash(volume.pending(), calls.subset(volume.pending()));
      assertThat(state.recovered().content("/new")).isEqualTo(content);
    }
  }

  /** ext4: names after a cut are names that the device had at some moment, none older than the last commit. */
  @Property(tries = 1000, seed = "3690596760")
  void namesOfTheJournalAreNamesOfThePast(@ForAll long seed) {
    LiveVolume volume = mounted(0);
    RandomCalls calls = new RandomCalls(seed, true);
    Map<String, Integer> moments = new HashMap<>();
    for (int i = 0; i < 15; i++) {
      moments.put(names(volume.tree()), i);
      calls.run(volume, 1);
      moments.put(names(volume.tree()), i);
    }
    for (int i = 0; i < 5; i++) {
      VolumeState state = RandomCalls.crash(volume.pending(), calls.subset(volume.pending()));
      String seen = names(state.recovered());
      // a call of this generator may make two metadata operations: create and, after an unlink, truncate
      assertThat(moments).containsKey(seen);
    }
  }

  private static String names(Tree tree) {
    StringBuilder text = new StringBuilder();
    names(tree.root(), "/", text);
    return text.toString();
  }

  private static void names(Tree.Directory directory, String path, StringBuilder text) {
    for (String name : directory.names()) {
      text.append(PathHash.child(path, name)).append(' ');
      if (directory.get(name) instanceof Tree.Directory below) {
        names(below, PathHash.child(path, name), text);
      }
    }
  }

  /**
   * The overlay of stale blocks against a naive replay: a block is as the kept writes made it when it last went
   * home.
   */
  @Property(tries = 2000, seed = "2943305752")
  void homeBlocksAreAsLastWritten(@ForAll long seed, @ForAll boolean xfs) {
    LiveVolume volume = mounted(xfs ? 3 : 1);
    RandomCalls calls = new RandomCalls(seed, true);
    calls.run(volume, 6);
    volume.freeze();
    calls.run(volume, 10);
    JournalLive live = (JournalLive) volume;
    PendingWindow window = live.pending();
    Write<JournalState>[] writes = live.pendingWrites();
    if (((JournalState) window.base()).home != null) {
      return; // a commit happened: the naive replay starts from a volume that is wholly at home
    }
    BitSet kept = calls.subset(window);
    HomeView view = new HomeView((JournalState) RandomCalls.crash(window, kept));
    for (int number = 2; number < 40; number++) {
      Inode naive = naive(window, writes, kept, JournalVolume.inodeBlock(number)).inode(number);
      assertThat(inWords(view.inode(number), xfs)).isEqualTo(inWords(naive, xfs));
      if (!xfs && view.inode(number) instanceof DirData) {
        int block = ((DirData) view.inode(number)).block;
        Inode expected = naive(window, writes, kept, block).inode(number);
        DirData seen = view.directory(number);
        assertThat(seen.names)
            .isEqualTo(expected instanceof DirData known && known.block == block ? known.names : new String[0]);
      }
    }
  }

  /** What an inode block says; the names of a directory only where they lie in the inode. */
  private static String inWords(Inode inode, boolean inline) {
    return switch (inode) {
      case null -> "free";
      case FileData file -> "file " + file.epoch() + " " + file.start() + " " + file.content().length();
      case Inode.LinkData link -> "link " + link.target();
      case DirData directory -> "directory " + (inline ? String.join(" ", directory.names) : "");
    };
  }

  /** The recovered state of the writes that were kept up to the last time a block went home. */
  private static JournalState naive(PendingWindow window, Write<JournalState>[] writes, BitSet kept, int block) {
    int last = -1;
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      if (writes[i] instanceof JournalWrite.HomeBlock home && home.block() == block) {
        last = i;
      }
    }
    JournalState state = (JournalState) window.base();
    for (int i = kept.nextSetBit(0); i >= 0 && i <= last; i = kept.nextSetBit(i + 1)) {
      if (!(writes[i] instanceof JournalWrite.HomeBlock)) {
        state = writes[i].apply(state);
      }
    }
    return state;
  }

  /** Equal fingerprints: equal for the kernel, equal for a loader that reads, equal for one that writes, and back. */
  @Property(tries = 300, seed = "3326561127")
  void fingerprintTellsWhatALoaderCanTell(@ForAll long seed, @ForAll boolean xfs, @ForAll boolean links) {
    LiveVolume volume = mounted(xfs ? 3 : 1);
    RandomCalls calls = new RandomCalls(seed, links);
    calls.run(volume, 12);
    Map<Hash128, String> byHash = new HashMap<>();
    Map<String, Hash128> bySight = new HashMap<>();
    for (int i = 0; i < 25; i++) {
      VolumeState state = RandomCalls.crash(volume.pending(), calls.subset(volume.pending()));
      String sight = sight(state);
      assertThat(byHash.computeIfAbsent(state.hash(), key -> sight)).isEqualTo(sight);
      if (!links) { // a dangling link shows only when its target appears, so it counts though nobody sees it
        assertThat(bySight.computeIfAbsent(sight, key -> state.hash())).isEqualTo(state.hash());
      }
    }
  }

  private static String sight(VolumeState state) {
    TreeMap<String, String> seen = new TreeMap<>();
    BootVolume boot = state.open().boot();
    look(boot, "/", seen);
    TreeMap<String, String> all = new TreeMap<>(seen);
    all.put("recovered", state.recovered().hash().toString());
    for (String path : seen.keySet()) {
      LiveVolume trial = state.open();
      if (trial.boot().overwrite(path, 0, new byte[] {-1})) {
        TreeMap<String, String> after = new TreeMap<>();
        look(trial.boot(), "/", after);
        all.put("write " + path, after + " " + trial.settled().recovered().hash());
      }
    }
    return all.toString();
  }

  private static void look(BootVolume boot, String directory, TreeMap<String, String> seen) {
    for (String name : boot.list(directory)) {
      String path = PathHash.child(directory, name);
      BootVolume.Lookup found = boot.lookup(path);
      seen.put(path, found instanceof BootVolume.Lookup.File file ? file.content().hash().toString()
          : found.getClass().getSimpleName());
      if (found instanceof BootVolume.Lookup.Directory) {
        seen.put(path + "/x", boot.lookup(path + "/x").getClass().getSimpleName());
        look(boot, path, seen);
      }
    }
  }

  /** A file that a loader sees has the blocks that the kept writes put where its inode points. */
  @Property(tries = 2000, seed = "204849418")
  void loadersReadWhatIsInTheBlocks(@ForAll long seed) {
    LiveVolume volume = mounted(1);
    RandomCalls calls = new RandomCalls(seed, true);
    calls.run(volume, 5);
    volume.freeze();
    calls.run(volume, 12);
    JournalLive live = (JournalLive) volume;
    PendingWindow window = live.pending();
    if (((JournalState) window.base()).home != null) {
      return;
    }
    Write<JournalState>[] writes = live.pendingWrites();
    BitSet kept = calls.subset(window);
    TreeMap<Long, Content> disk = new TreeMap<>();
    JournalState state = (JournalState) window.base();
    for (Inode inode : state.inodes) {
      if (inode instanceof FileData file && file.start() >= 0) {
        disk.put(file.start(), file.content());
      }
    }
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      if (writes[i] instanceof JournalWrite.FreshData fresh) {
        disk.merge(fresh.whole().start(), fresh.whole().content(), VolumeProperties::longer);
      } else if (writes[i] instanceof JournalWrite.Size size
          && state.inode(size.number()) instanceof FileData file && file.epoch() == size.value().epoch()) {
        disk.computeIfPresent(
            size.value().start(), (start, content) -> sector(content, size.value().content(), size.append().from()));
      } else if (writes[i] instanceof JournalWrite.InPlace place
          && state.inode(place.number()) instanceof FileData file && file.epoch() == place.epoch()) {
        disk.computeIfPresent(
            file.start(), (start, content) -> content.overwritten(place.offset(), place.bytes()));
      }
      state = writes[i].apply(state);
    }
    HomeView view = new HomeView(state);
    for (int number = 12; number < 40; number++) {
      if (view.inode(number) instanceof FileData file && file.start() >= 0 && file.content().length() > 0) {
        Content there = disk.get(file.start());
        if (there.length() >= file.content().length()) {
          assertThat(view.content(file)).isEqualTo(there.prefix(file.content().length()));
        }
      }
    }
  }

  /** Data blocks behind what stood there are written, the others stay. */
  private static Content longer(Content there, Content whole) {
    return whole.overwritten(0, there.prefix(whole.length()).bytes().orElseThrow());
  }

  /** The sector in which an append begins comes with the size. */
  private static Content sector(Content there, Content whole, long from) {
    byte[] bytes = whole.bytes().orElseThrow();
    int to = (int) Math.min(bytes.length, from + 512);
    return there.overwritten(from, Arrays.copyOfRange(bytes, (int) from, to));
  }
}
