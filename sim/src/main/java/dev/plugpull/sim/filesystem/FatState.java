package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;

/**
 * The durable content of a FAT volume: directory sectors, chains as the FATs have them, data in clusters.
 *
 * <p>Canonicalisation: while every chain is whole and belongs to exactly one entry and every long name is whole, slots
 * and clusters are inert and a reopened volume gets them in name order; otherwise every slot and chain counts.
 * FSInfo and
 * the dirty flag are inert: the kernel counts free clusters itself, and fsck looks whatever the flag says.
 */
final class FatState implements VolumeState {
  static final int ROOT = 0;
  static final Content UNREADABLE = Content.damaged("unreadable: the cluster chain is broken", 1);

  /** What clusters hold that no file of this model ever used; long enough for any cluster. */
  static final Content NEVER_WRITTEN = Content.damaged("clusters never written", 1 << 16);

  final FatVolume volume;
  final FatDirectory[] directories;
  final FatChain[] chains;
  final boolean dirty;
  private Hash128 hash;
  private Hash128 layout;
  private Tree tree;
  private Boolean tidy;
  private FatState canonical;

  FatState(FatVolume volume, FatDirectory[] directories, FatChain[] chains, boolean dirty) {
    this.volume = volume;
    this.directories = directories;
    this.chains = chains;
    this.dirty = dirty;
  }

  /** A tidy volume that holds this tree. */
  static FatState of(FatVolume volume, Tree tree) {
    FatState empty =
        new FatState(
            volume, new FatDirectory[] {new FatDirectory(volume.rootSectors())}, new FatChain[0], false);
    FatLive live = new FatLive(empty);
    live.mount();
    fill(live, tree.root(), "/");
    live.freeze();
    return (FatState) live.settled();
  }

  private static void fill(FatLive live, Tree.Directory directory, String path) {
    for (String name : directory.names()) {
      String child = PathHash.child(path, name);
      switch (directory.get(name)) {
        case Tree.Directory below -> {
          live.mkdir(child);
          fill(live, below, child);
        }
        case Tree.File file -> {
          live.create(child);
          live.write(child, file.content());
        }
        case Tree.Symlink link ->
            throw new IllegalArgumentException("cannot put symbolic link " + child + " on a FAT volume");
      }
    }
  }

  FatState with(int directory, FatDirectory changed) {
    FatDirectory[] others = Arrays.copyOf(directories, Math.max(directories.length, directory + 1));
    others[directory] = changed;
    return new FatState(volume, others, chains, dirty);
  }

  FatState with(int chain, FatChain changed) {
    FatChain[] others = Arrays.copyOf(chains, Math.max(chains.length, chain + 1));
    others[chain] = changed;
    return new FatState(volume, directories, others, dirty);
  }

  FatState dirty(boolean now) {
    return now == dirty ? this : new FatState(volume, directories, chains, now);
  }

  FatDirectory directory(int number) {
    return number < directories.length ? directories[number] : null;
  }

  FatChain chain(int number) {
    return number >= 0 && number < chains.length ? chains[number] : null;
  }

  /** What a reader gets from an entry. */
  Content content(FatSlot.Short entry) {
    if (entry.size() == 0) {
      return Content.EMPTY;
    }
    FatChain chain = chain(entry.chain());
    long needed = volume.clustersOf(entry.size());
    if (chain == null && needed == 1) {
      return NEVER_WRITTEN.prefix(entry.size());
    }
    if (chain == null || needed > Math.max(1, chain.reachable())) {
      return Content.opaque(UNREADABLE.name(), entry.size());
    }
    Content content = chain.content();
    return content.length() >= entry.size() ? content.prefix(entry.size()) : content.padded(entry.size());
  }

  static boolean isUnreadable(Content content) {
    return content.name().equals(UNREADABLE.name());
  }

  @Override
  public Hash128 hash() {
    Hash128 known = hash;
    if (known == null) {
      Sum sum = new Sum();
      sum.add(directories[ROOT], 0x9E3779B97F4A7C15L, 0xC2B2AE3D27D4EB4FL, 0);
      known = new Hash128(Hash128.mix(sum.high), Hash128.mix(sum.low));
      int[] references = census();
      hash = tidy ? known : known.plus(layout(references));
      known = hash;
    }
    return known;
  }

  /** Numbers and places of everything, also of what is tidy: what the next write goes by. */
  Hash128 layout() {
    Hash128 known = layout;
    if (known == null) {
      known = layout(census()).then(new Hash128(chains.length, directories.length));
      layout = known;
    }
    return known;
  }

  /** Sums names and contents down the tree. */
  private final class Sum {
    private long high;
    private long low;

    void add(FatDirectory directory, long wide, long other, int depth) {
      high += Hash128.mix(wide);
      low += Hash128.mix(other);
      if (directory == null || depth > 32) {
        return;
      }
      for (FatDirectory.Visible entry : directory.visible()) {
        long childWide = Hash128.mix(wide ^ entry.high());
        long childOther = Hash128.mix(other + entry.low());
        if (entry.entry().isDirectory()) {
          add(directory(entry.entry().directory()), childWide, childOther, depth + 1);
        } else {
          Hash128 content = content(entry.entry()).hash();
          high += childWide * content.hi();
          low += childOther * content.lo();
        }
      }
    }
  }

  /** Fingerprint of every slot and of every chain that is linked or referred to. */
  private Hash128 layout(int[] references) {
    long high = 0x2545F4914F6CDD1DL;
    long low = ~high;
    for (int i = 0; i < directories.length; i++) {
      if (directories[i] != null) {
        Hash128 layout = directories[i].layout();
        high += Hash128.mix(layout.hi() + i);
        low += Hash128.mix(layout.lo() ^ i);
      }
    }
    for (int i = 0; i < chains.length; i++) {
      FatChain chain = chains[i];
      if (chain != null && (!chain.isFree() || references[i] > 0)) {
        long links = chain.start() * 8 + (chain.head() ? 4 : 0) + (chain.tail() ? 2 : 0) + (chain.mirrored() ? 1 : 0);
        long mark = Hash128.mix(Hash128.mix(links) + chain.clusters() * 0x9E3779B97F4A7C15L + i);
        for (FatChain.Run run : chain.further()) {
          mark = Hash128.mix(mark + run.start() * 0x9E3779B97F4A7C15L + run.clusters());
        }
        high += Hash128.mix(mark ^ chain.content().hash().hi());
        low += Hash128.mix(mark + chain.content().hash().lo());
      }
    }
    return new Hash128(high, low);
  }

  /** Whether every chain is whole and belongs to one entry, and every name is whole. */
  boolean isTidy() {
    if (tidy == null) {
      census();
    }
    return tidy;
  }

  private int[] census() {
    Census census = new Census();
    tidy = census.isTidy();
    return census.references;
  }

  /** Counts who refers to each chain. */
  private final class Census {
    private final int[] references = new int[chains.length];
    private final boolean[] reached = new boolean[directories.length];

    boolean isTidy() {
      boolean tidy = tidyBelow(ROOT);
      for (int i = 0; i < chains.length; i++) {
        FatChain chain = chains[i];
        boolean fits =
            chain == null
                ? references[i] == 0
                : references[i] == 0
                    ? chain.isFree() && (!volume.bothFats() || !chain.mirrored())
                    : references[i] == 1 && chain.isComplete() && (!volume.bothFats() || chain.mirrored());
        tidy &= fits;
      }
      return tidy;
    }

    private boolean tidyBelow(int number) {
      FatDirectory directory = directory(number);
      if (directory == null || reached[number]) {
        return false;
      }
      reached[number] = true;
      boolean tidy = directory.isTidy();
      for (FatDirectory.Visible visible : directory.visible()) {
        FatSlot.Short entry = visible.entry();
        tidy &= !entry.isDirectory() || tidyBelow(entry.directory());
        if (entry.chain() >= 0 && entry.chain() < chains.length) {
          references[entry.chain()]++;
          tidy &= !lengthDiffers(entry);
        } else {
          tidy &= entry.chain() < 0 && entry.size() == 0;
        }
      }
      return tidy;
    }

    private boolean lengthDiffers(FatSlot.Short entry) {
      FatChain chain = chains[entry.chain()];
      return chain == null || !entry.isDirectory() && chain.clusters() != volume.clustersOf(entry.size());
    }
  }

  @Override
  public Tree recovered() {
    Tree known = tree;
    if (known == null) {
      known = Tree.of(tree(ROOT, 0));
      tree = known;
    }
    return known;
  }

  private Tree.Directory tree(int number, int depth) {
    Tree.Directory result = Tree.Directory.empty(-1 - number);
    FatDirectory directory = directory(number);
    if (directory == null || depth > 32) {
      return result;
    }
    for (FatDirectory.Visible visible : directory.visible()) {
      if (result.get(visible.name()) == null) {
        FatSlot.Short entry = visible.entry();
        Tree.Node node =
            entry.isDirectory()
                ? tree(entry.directory(), depth + 1)
                : new Tree.File(content(entry), entry.chain() + 1, entry.chain());
        result = result.with(visible.name(), node);
      }
    }
    return result;
  }

  @Override
  public boolean homeIsCurrent() {
    return true;
  }

  @Override
  public VolumeState checkpointed() {
    return dirty(false);
  }

  /** Slots and clusters in name order, if nothing is out of order. */
  FatState canonical() {
    FatState known = canonical;
    if (known == null) {
      known = isTidy() ? of(volume, recovered()).dirty(dirty) : this;
      known.canonical = known;
      canonical = known;
    }
    return known;
  }

  @Override
  public LiveVolume open() {
    return new FatLive(canonical());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FatState state && state.hash().equals(hash());
  }

  @Override
  public int hashCode() {
    return hash().hashCode();
  }

  /** Begin of a run of free clusters at or behind {@code from}; -1 if there is none. */
  long freeRun(long from, long clusters) {
    long at = from;
    boolean moved = true;
    while (moved) {
      moved = false;
      for (FatChain chain : chains) {
        FatChain.Run taken =
            chain == null || !chain.head() ? null : chain.overlapping(new FatChain.Run(at, clusters));
        if (taken != null) {
          at = taken.end();
          moved = true;
        }
      }
    }
    return at + clusters <= volume.clusters() + 2 ? at : -1;
  }

  /** Clusters of no chain. One whose first link is gone has lost its clusters to whoever allocates next. */
  long freeClusters() {
    long used = volume.rootSlots() > 0 ? 0 : 1;
    for (FatChain chain : chains) {
      used += chain == null || !chain.head() ? 0 : chain.clusters();
    }
    return volume.clusters() - used;
  }
}
