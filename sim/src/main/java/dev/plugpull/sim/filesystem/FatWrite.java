package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;

/** The pending writes of a FAT volume. No two kinds are ordered; writes of one sector follow each other. */
sealed interface FatWrite extends Write<FatState> {

  /** One directory sector, written with entries that came, went or moved. */
  record Entries(String what, int directory, int sector, int[] slots, FatSlot[] values) implements FatWrite {
    @Override
    public FatState apply(FatState state) {
      FatDirectory old = state.directory(directory);
      return old == null ? state : state.with(directory, old.with(sector, slots, values));
    }

    @Override
    public String label() {
      return what + ", directory sector " + sector;
    }
  }

  /** The first cluster of a new directory; nothing else ever holds that number. */
  record NewDirectory(String what, int directory, int sectors) implements FatWrite {
    @Override
    public FatState apply(FatState state) {
      return state.with(directory, new FatDirectory(sectors));
    }

    @Override
    public String label() {
      return what + ", first cluster";
    }
  }

  /** A cluster more is linked to a directory. */
  record Growth(String what, int directory, int sectors) implements FatWrite {
    @Override
    public FatState apply(FatState state) {
      FatDirectory old = state.directory(directory);
      return old == null ? state : state.with(directory, old.grown(sectors));
    }

    @Override
    public String label() {
      return what + ", link to a further directory cluster";
    }
  }

  /** First cluster and size in an entry, written when the inode is. */
  record Inode(String path, int directory, int slot, int owner, int chain, long size) implements FatWrite {
    @Override
    public FatState apply(FatState state) {
      FatDirectory old = state.directory(directory);
      if (old == null || !(old.slot(slot) instanceof FatSlot.Short entry) || entry.owner() != owner) {
        return state;
      }
      return state.with(
          directory,
          old.with(
              slot / FatDirectory.SLOTS, new int[] {slot}, new FatSlot[] {entry.pointing(chain, size)}));
    }

    @Override
    public boolean moot(FatState base) {
      FatDirectory old = base.directory(directory);
      return old == null || !(old.slot(slot) instanceof FatSlot.Short entry) || entry.owner() != owner;
    }

    @Override
    public String label() {
      return "directory entry of " + path + " with size " + size;
    }
  }

  /**
   * Links of a chain in FAT 1.
   *
   * @param head whether the sector with its first links is meant, or the others
   */
  record Links(String path, int number, FatChain fresh, boolean head, boolean set) implements FatWrite {
    @Override
    public FatState apply(FatState state) {
      FatChain chain = current(state, number, fresh);
      return state.with(number, head ? chain.linked(set, chain.tail()) : chain.linked(chain.head(), set));
    }

    @Override
    public String label() {
      return "FAT 1 sectors " + (set ? "with the chain of " : "without the chain of ") + path;
    }
  }

  /** The same in FAT 2. */
  record Mirror(String path, int number, FatChain fresh, boolean set) implements FatWrite {
    @Override
    public FatState apply(FatState state) {
      return state.with(number, current(state, number, fresh).mirrored(set));
    }

    @Override
    public String label() {
      return "FAT 2 sectors " + (set ? "with the chain of " : "without the chain of ") + path;
    }
  }

  /** A chain as it stands, brought to its present length if it grew. */
  private static FatChain current(FatState state, int number, FatChain fresh) {
    FatChain chain = state.chain(number);
    if (chain == null) {
      return fresh;
    }
    return chain.grownAs(fresh);
  }

  /** The chain holds something else; whoever else has its clusters has lost its own data. */
  private static FatState written(FatState state, int number, FatChain chain, Content whole) {
    FatState result = state.with(number, chain);
    for (int i = 0; i < state.chains.length; i++) {
      FatChain other = state.chains[i];
      if (i != number && other != null && other.overlaps(chain)) {
        result = result.with(i, other.holding(Content.damaged("clusters taken by " + whole.hash(), 1)));
      }
    }
    return result;
  }

  /** Data in freshly allocated clusters, or over the old data of a file that nobody reads in part. */
  record Data(String path, int number, FatChain fresh, Content whole, int part, int parts) implements FatWrite {
    @Override
    public FatState apply(FatState state) {
      FatChain chain = current(state, number, fresh);
      return written(state, number, chain.holding(mixed(chain.content())), whole);
    }

    private Content mixed(Content now) {
      String id = " in " + whole.hash();
      if (parts == 1 || part == 1 && now.name().startsWith("damaged: begin of ") && now.name().endsWith(id)) {
        return whole;
      }
      return Content.damaged((part == 0 ? "begin of " : "end of ") + now.hash() + id, whole.length());
    }

    @Override
    public String label() {
      return (parts == 1 ? "data of " : part == 0 ? "first part of the data of " : "last part of the data of ") + path;
    }
  }

  /** What the chain holds, up to this offset at least: clusters in front may still hold what was there before. */
  private static Content reaching(FatChain chain, long offset) {
    return chain.content().length() < offset ? chain.content().padded(offset) : chain.content();
  }

  /** Sectors appended to a file whose bytes are known, from {@code offset} on; others may be missing in front. */
  record Tail(String path, int number, FatChain fresh, long offset, byte[] bytes, Content whole) implements FatWrite {
    @Override
    public FatState apply(FatState state) {
      FatChain chain = current(state, number, fresh);
      return written(state, number, chain.holding(reaching(chain, offset).overwritten(offset, bytes)), whole);
    }


    @Override
    public String label() {
      return "data appended to " + path + ", sector " + offset / Sectors.BYTES + " and on";
    }
  }

  /** One sector of a file overwritten in place. */
  record InPlace(String path, int number, long start, long offset, byte[] bytes, JournalWrite.Memo memo)
      implements FatWrite {
    @Override
    public FatState apply(FatState state) {
      FatChain chain = state.chain(number);
      return chain == null || chain.start() != start
          ? state
          : state.with(number, chain.holding(memo.overwritten(reaching(chain, offset), offset, bytes)));
    }

    @Override
    public String label() {
      return "data of " + path + ", sector " + offset / Sectors.BYTES;
    }
  }

  /** Several slot changes, put together sector by sector. */
  final class SlotChanges {
    private final java.util.TreeMap<Long, java.util.TreeMap<Integer, FatSlot>> bySector = new java.util.TreeMap<>();

    void put(int directory, int slot, FatSlot value) {
      long sector = ((long) directory << 32) + slot / FatDirectory.SLOTS;
      bySector.computeIfAbsent(sector, key -> new java.util.TreeMap<>()).put(slot, value);
    }

    java.util.List<Entries> writes(String what) {
      java.util.List<Entries> result = new java.util.ArrayList<>();
      bySector.forEach(
          (sector, slots) -> {
            int[] places = slots.keySet().stream().mapToInt(Integer::intValue).toArray();
            FatSlot[] values = slots.values().toArray(new FatSlot[0]);
            result.add(new Entries(what, (int) (sector >> 32), (int) (long) sector, places, values));
          });
      return result;
    }
  }
}
