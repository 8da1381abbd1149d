package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.filesystem.Inode.DirData;
import dev.plugpull.sim.filesystem.Inode.FileData;
import dev.plugpull.sim.filesystem.Inode.LinkData;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;

/**
 * The durable content of a journalled volume: what recovery gives, and how the home locations lag behind it.
 *
 * <p>Canonicalisation: inode and block numbers count only as far as the home locations make them visible. Opening a
 * volume renumbers what a replay leaves, in path order, so equal fingerprints have equal futures.
 */
final class JournalState implements VolumeState {
  final JournalVolume volume;
  final Names names;
  final Inode[] inodes;
  final long high;
  final long low;
  final Home home;
  private Hash128 hash;
  private Hash128 difference;
  private Hash128 bootView;
  private Tree recovered;
  private JournalState canonical;

  JournalState(JournalVolume volume, Names names, Inode[] inodes, long high, long low, Home home) {
    this.volume = volume;
    this.names = names;
    this.inodes = inodes;
    this.high = high;
    this.low = low;
    this.home = home;
  }

  /** The state that holds exactly this tree, everything at home, inode and block numbers given in path order. */
  static JournalState of(JournalVolume volume, Tree tree) {
    return new Numbering(volume).state(tree);
  }

  Inode inode(int number) {
    return number < inodes.length ? inodes[number] : null;
  }

  static long highOf(Inode inode) {
    return inode instanceof FileData file ? file.content().hash().hi() : 0;
  }

  static long lowOf(Inode inode) {
    return inode instanceof FileData file ? file.content().hash().lo() : 0;
  }

  /** This state with another inode at a number; names do not change. */
  JournalState with(int number, Inode inode, Home newHome) {
    Inode[] others = inodes.clone();
    Inode old = others[number];
    others[number] = inode;
    long newHigh = high + names.highOf(number) * (highOf(inode) - highOf(old));
    long newLow = low + names.lowOf(number) * (lowOf(inode) - lowOf(old));
    return new JournalState(volume, names, others, newHigh, newLow, newHome);
  }

  JournalState with(Home newHome) {
    return newHome == home ? this : new JournalState(volume, names, inodes, high, low, newHome);
  }

  @Override
  public Hash128 hash() {
    Hash128 known = hash;
    if (known == null) {
      known = recoveredHash();
      if (home != null) {
        known = known.plus(difference());
      }
      hash = known;
    }
    return known;
  }

  private Hash128 recoveredHash() {
    return new Hash128(Hash128.mix(high), Hash128.mix(low));
  }

  /** What programs find after a replay: names and contents, and which names are one file. */
  Hash128 linkedHash() {
    long sum = 0;
    for (int i = 0; i < inodes.length; i++) {
      sum += inodes[i] instanceof FileData ? Hash128.mix(names.highOf(i)) : 0;
    }
    return recoveredHash().plus(new Hash128(sum, Hash128.mix(sum)));
  }

  /**
   * What a mounted volume goes on from.
   *
   * @param places with numbers and places, also of what lies at home: pending writes and a loader go by them
   */
  Hash128 fingerprint(boolean places) {
    Hash128 all = linkedHash();
    if (places) {
      all = home == null ? all : all.then(home.hash());
      for (int i = 0; i < inodes.length; i++) {
        all = inodes[i] == null ? all : all.then(new Hash128(names.highOf(i), i)).then(inodes[i].hash());
      }
    }
    return all;
  }

  @Override
  public Tree recovered() {
    Tree known = recovered;
    if (known == null) {
      known = names.tree().mapFiles(this::current);
      recovered = known;
    }
    return known;
  }

  private Tree.File current(Tree.File file) {
    FileData data = (FileData) inodes[(int) file.inode()];
    return file.content() == data.content() && file.extent() == data.epoch()
        ? file
        : new Tree.File(data.content(), file.inode(), data.epoch());
  }

  @Override
  public boolean homeIsCurrent() {
    return home == null || difference().equals(Hash128.ZERO);
  }

  @Override
  public Hash128 bootView() {
    if (!volume.reads().onlyFolder()) {
      return hash();
    }
    Hash128 known = bootView;
    if (known == null) {
      known = new HomeView(this).folder();
      bootView = known;
    }
    return known;
  }

  private Hash128 difference() {
    Hash128 known = difference;
    if (known == null) {
      known = new HomeView(this).difference();
      difference = known;
    }
    return known;
  }

  @Override
  public JournalState checkpointed() {
    return home == null ? this : with((Home) null);
  }

  /** Recovered and written home, with inode and block numbers in path order. */
  JournalState canonical() {
    JournalState known = canonical;
    if (known == null) {
      known = volume.canonical().computeIfAbsent(linkedHash(), hash -> {
        JournalState made = of(volume, recovered());
        made.canonical = made;
        return made;
      });
      canonical = known;
    }
    return known;
  }

  @Override
  public LiveVolume open() {
    return new JournalLive(home == null ? canonical() : this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JournalState state && state.hash().equals(hash());
  }

  @Override
  public int hashCode() {
    return hash().hashCode();
  }

  /** Gives inode and block numbers in path order. */
  private static final class Numbering {
    private final JournalVolume volume;
    private final java.util.TreeMap<Long, Integer> linked = new java.util.TreeMap<>();
    private Inode[] inodes = new Inode[64];
    private int next = JournalVolume.FIRST_INODE;
    private long nextBlock;

    Numbering(JournalVolume volume) {
      this.volume = volume;
    }

    JournalState state(Tree tree) {
      Tree numbered = Tree.of(directory(tree.root(), JournalVolume.ROOT));
      Names names = Names.of(numbered);
      long high = names.high();
      long low = names.low();
      for (int i = 0; i < inodes.length; i++) {
        high += names.highOf(i) * highOf(inodes[i]);
        low += names.lowOf(i) * lowOf(inodes[i]);
      }
      return new JournalState(volume, names, inodes, high, low, null);
    }

    private Tree.Directory directory(Tree.Directory old, int number) {
      int count = old.size();
      Tree.Node[] nodes = new Tree.Node[count];
      String[] names = new String[count];
      int[] numbers = new int[count];
      Inode.Kind[] kinds = new Inode.Kind[count];
      for (int i = 0; i < count; i++) {
        nodes[i] = numbered(old.node(i));
        names[i] = old.name(i);
        numbers[i] = numberOf(nodes[i]);
        kinds[i] = kindOf(nodes[i]);
      }
      put(number, DirData.of(-number, names, numbers, kinds));
      return old.renumbered(number, nodes);
    }

    private Tree.Node numbered(Tree.Node node) {
      return switch (node) {
        case Tree.Directory directory -> directory(directory, next++);
        case Tree.Symlink link -> {
          int number = next++;
          put(number, new LinkData(link.target(), JournalVolume.blocksOfLink(link.target())));
          yield new Tree.Symlink(link.target(), number, link.hash());
        }
        case Tree.File file -> {
          Integer known = file.inode() == 0 ? null : linked.get(file.inode());
          int number = known == null ? next++ : known;
          if (known == null) {
            linked.put(file.inode(), number);
            put(number, data(file, number));
          }
          yield new Tree.File(file.content(), number, number);
        }
      };
    }

    private FileData data(Tree.File file, int number) {
      long blocks = JournalVolume.blocksOf(file.content().length());
      long start = blocks == 0 ? -1 : nextBlock;
      nextBlock += blocks;
      return new FileData(file.content(), number, start, blocks);
    }

    private void put(int number, Inode inode) {
      if (number >= inodes.length) {
        inodes = Arrays.copyOf(inodes, number * 2);
      }
      inodes[number] = inode;
    }
  }

  static int numberOf(Tree.Node node) {
    return (int)
        switch (node) {
          case Tree.Directory directory -> directory.inode();
          case Tree.Symlink link -> link.inode();
          case Tree.File file -> file.inode();
        };
  }

  static Inode.Kind kindOf(Tree.Node node) {
    return switch (node) {
      case Tree.Directory directory -> Inode.Kind.DIRECTORY;
      case Tree.Symlink link -> Inode.Kind.LINK;
      case Tree.File file -> Inode.Kind.FILE;
    };
  }
}
