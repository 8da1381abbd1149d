package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.WriteLog.Entry;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A FAT volume during one boot: every system call becomes writes of single sectors and cluster runs, which reach the
 * disk in any order, except that a later write of a sector carries what an earlier one put there.
 */
final class FatLive implements LiveVolume {
  private static final int BLOCK_BYTES = 4096;

  private final FatVolume volume;
  private final WriteLog<FatState> log;
  private final TreeMap<Long, Entry<FatState>> directorySectors = new TreeMap<>();
  private final TreeMap<Long, Entry<FatState>> fatSectors = new TreeMap<>();
  private final TreeMap<Long, Entry<FatState>> mirrorSectors = new TreeMap<>();
  private final TreeMap<Long, Entry<FatState>> inodes = new TreeMap<>();
  private final TreeMap<Long, Entry<FatState>> dataSectors = new TreeMap<>();
  private FatState live;
  private Tree tree;
  private int nextOwner = 1;
  private long hint = 2;
  private boolean mounted;
  private boolean loader;

  FatLive(FatState state) {
    volume = state.volume;
    log = new WriteLog<>(state);
    live = state;
    tree = state.recovered();
    for (FatChain chain : state.chains) {
      if (chain != null) {
        hint = Math.max(hint, chain.last().end());
      }
    }
    for (FatDirectory directory : state.directories) {
      for (int i = 0; directory != null && i < directory.slotCount(); i++) {
        if (directory.slot(i) instanceof FatSlot.Short entry) {
          nextOwner = Math.max(nextOwner, entry.owner() + 1);
        } else if (directory.slot(i) instanceof FatSlot.Long part) {
          nextOwner = Math.max(nextOwner, part.owner() + 1);
        }
      }
    }
  }

  /** Where a path leads. {@code entry} is null if only its directory exists. */
  private record Place(String path, int directory, String name, FatDirectory.Visible entry) {
    FatSlot.Short found(String call) {
      if (entry == null) {
        throw new IllegalStateException("cannot " + call + " " + path + ": no such file");
      }
      return entry.entry();
    }
  }

  /** Walks a path without regard to case; null if a directory on the way is missing. */
  private Place walk(String path) {
    int directory = FatState.ROOT;
    StringBuilder real = new StringBuilder();
    String[] parts = path.substring(1).split("/");
    for (int i = 0; i < parts.length; i++) {
      FatDirectory here = live.directory(directory);
      FatDirectory.Visible entry = here == null ? null : here.find(parts[i]);
      real.append('/').append(entry == null ? parts[i] : entry.name());
      if (i == parts.length - 1) {
        return new Place(real.toString(), directory, parts[i], entry);
      }
      if (entry == null || !entry.entry().isDirectory()) {
        return null;
      }
      directory = entry.entry().directory();
    }
    return null;
  }

  private Place place(String call, String path) {
    if (!mounted && !loader) {
      throw new IllegalStateException("cannot " + call + " " + path + ": the volume is not mounted");
    }
    Place place = walk(path);
    if (place == null) {
      throw new IllegalStateException("cannot " + call + " " + path + ": no directory above it");
    }
    return place;
  }

  private Place freePlace(String call, String path) {
    Place place = place(call, path);
    if (place.entry() != null) {
      throw new IllegalStateException("cannot " + call + " " + path + ": it exists");
    }
    return place;
  }

  private Place filePlace(String call, String path) {
    Place place = place(call, path);
    if (place.found(call).isDirectory()) {
      throw new IllegalStateException("cannot " + call + " " + path + ": it is a directory");
    }
    return place;
  }

  @SafeVarargs
  private Entry<FatState> add(FatWrite write, Entry<FatState>... needs) {
    live = write.apply(live);
    return log.add(write, loader, needs);
  }

  // ---- names ----

  @Override
  public Tree tree() {
    return tree;
  }

  @Override
  public void mount() {
    if (!mounted) {
      mounted = true;
      if (log.size() == 0) {
        log.rebase(log.base().dirty(true));
      }
      live = live.dirty(true);
    }
  }

  @Override
  public void create(String path) {
    Place place = freePlace("create", path);
    FatWrite.SlotChanges changes = new FatWrite.SlotChanges();
    enter(place, -1, -1, 0, changes);
    write(changes, "creation of " + path);
    tree = tree.with(place.path(), new Tree.File(Content.EMPTY, 0, 0));
  }

  @Override
  public void mkdir(String path) {
    Place place = freePlace("mkdir", path);
    int number = live.directories.length;
    int chain = allocate(path, 1);
    add(new FatWrite.NewDirectory("creation of " + path, number, volume.sectorsPerCluster()));
    link(path, chain, true);
    FatWrite.SlotChanges changes = new FatWrite.SlotChanges();
    try {
      enter(place, number, chain, 0, changes);
    } catch (NoSpaceException full) {
      link(path, chain, false);
      throw full;
    }
    write(changes, "creation of " + path);
    tree = tree.with(place.path(), Tree.Directory.empty(-1 - number));
  }

  /** Finds slots for a name and puts an entry there. */
  private void enter(Place place, int directory, int chain, long size, FatWrite.SlotChanges changes) {
    if (live.directory(place.directory()) == null) {
      // Its name survived a cut and its first cluster did not: fsck.fat at mount has made it an empty directory.
      add(new FatWrite.NewDirectory("repair of " + place.path(), place.directory(), volume.sectorsPerCluster()));
    }
    FatDirectory parent = live.directory(place.directory());
    int parts = FatNames.parts(place.name());
    int first = room(place, parent, parts + 1);
    parent = live.directory(place.directory());
    int owner = nextOwner++;
    FatDirectory names = parent;
    String alias = FatNames.alias(place.name(), names::hasAlias);
    for (int i = 0; i < parts; i++) {
      changes.put(place.directory(), first + i, new FatSlot.Long(owner, parts - i));
    }
    String longName = parts == 0 ? null : place.name();
    changes.put(
        place.directory(), first + parts, new FatSlot.Short(owner, longName, alias, parts, directory, chain, size));
  }

  /** First of enough free slots; the directory grows by a cluster if it can. */
  private int room(Place place, FatDirectory parent, int slots) {
    int first = parent.freeRun(slots);
    if (first + slots <= parent.slotCount()) {
      return first;
    }
    if (place.directory() == FatState.ROOT && volume.rootSlots() > 0) {
      throw new NoSpaceException("cannot create " + place.path() + ": the root directory is full");
    }
    int more = (first + slots - parent.slotCount() + FatDirectory.SLOTS - 1) / FatDirectory.SLOTS;
    int clusters = (more + volume.sectorsPerCluster() - 1) / volume.sectorsPerCluster();
    int sectors = parent.sectorCount() + clusters * volume.sectorsPerCluster();
    int chain = allocate(place.path(), clusters);
    link(place.path(), chain, true);
    grown.put(chain, place.directory());
    add(new FatWrite.Growth("creation of " + place.path(), place.directory(), sectors));
    return first;
  }

  /** Chains that lengthen a directory, to its number. */
  private final TreeMap<Integer, Integer> grown = new TreeMap<>();

  private void write(FatWrite.SlotChanges changes, String what) {
    write(changes, what, null);
  }

  /** One write a sector; each follows the last one of its sector and, where an entry is taken over, of its inode. */
  private void write(FatWrite.SlotChanges changes, String what, Entry<FatState> takenOver) {
    for (FatWrite.Entries write : changes.writes(what)) {
      long key = ((long) write.directory() << 32) + write.sector();
      directorySectors.put(key, add(write, directorySectors.get(key), takenOver));
    }
  }

  /** Marks an entry and the parts of its long name deleted. */
  private void leave(Place place, FatWrite.SlotChanges changes) {
    FatDirectory directory = live.directory(place.directory());
    FatSlot.Short entry = place.entry().entry();
    int slot = place.entry().slot();
    changes.put(place.directory(), slot, null);
    for (int part = 1; part <= entry.parts() && slot - part >= 0; part++) {
      if (directory.slot(slot - part) instanceof FatSlot.Long piece && piece.owner() == entry.owner()) {
        changes.put(place.directory(), slot - part, null);
      }
    }
  }

  @Override
  public void unlink(String path) {
    Place place = filePlace("unlink", path);
    remove(place, "unlink of " + path);
  }

  @Override
  public void rmdir(String path) {
    Place place = place("remove directory", path);
    FatSlot.Short entry = place.found("remove directory");
    FatDirectory inside = live.directory(entry.directory());
    if (!entry.isDirectory() || inside != null && !inside.visible().isEmpty()) {
      throw new IllegalStateException("cannot remove directory " + path + ": not an empty directory");
    }
    remove(place, "rmdir of " + path);
  }

  private void remove(Place place, String what) {
    FatWrite.SlotChanges changes = new FatWrite.SlotChanges();
    leave(place, changes);
    write(changes, what);
    link(place.path(), place.entry().entry().chain(), false);
    tree = tree.without(place.path());
  }

  /**
   * The new name appears and the old one goes by writes of their sectors; in one sector, by one write. A target's entry
   * is pointed to the clusters of the source, and its own chain freed.
   */
  @Override
  public void rename(String from, String to) {
    Place source = place("rename", from);
    FatSlot.Short entry = source.found("rename");
    Place target = place("rename", to);
    if (target.entry() != null && target.entry().slot() == source.entry().slot()
        && target.directory() == source.directory()) {
      return;
    }
    FatWrite.SlotChanges changes = new FatWrite.SlotChanges();
    int freed = -1;
    Entry<FatState> takenOver = null;
    if (target.entry() == null) {
      enter(target, entry.directory(), entry.chain(), entry.size(), changes);
    } else {
      FatSlot.Short old = target.entry().entry();
      if (old.isDirectory() || entry.isDirectory()) {
        throw new IllegalStateException("cannot rename " + from + " to " + to + ": the target cannot be replaced");
      }
      freed = old.chain();
      takenOver = inodes.get(((long) target.directory() << 32) + target.entry().slot());
      changes.put(target.directory(), target.entry().slot(), old.pointing(entry.chain(), entry.size()));
    }
    leave(source, changes);
    write(changes, "rename of " + from + " to " + to, takenOver);
    link(to, freed, false);
    tree = tree.without(source.path()).with(target.path(), tree.get(source.path()));
  }

  @Override
  public void symlink(String target, String path) {
    throw new IllegalStateException("cannot make symbolic link " + path + ": FAT has none");
  }

  @Override
  public void link(String existing, String path) {
    throw new IllegalStateException("cannot link " + existing + " to " + path + ": FAT has no hard links");
  }

  // ---- clusters ----

  /** Takes a run of free clusters, going on behind the last one taken. Returns the number of a chain not yet linked. */
  private int allocate(String path, long clusters) {
    long start = room(path, clusters, hint);
    long perSector = volume.entriesPerSector();
    long first = Math.min(clusters, perSector - start % perSector);
    int number = live.chains.length;
    FatChain chain =
        new FatChain(start, clusters, first, false, first == clusters, false, FatState.NEVER_WRITTEN);
    live = live.with(number, chain);
    return number;
  }

  /** Begin of a run of free clusters, at or behind {@code from} if there is one. */
  private long room(String path, long clusters, long from) {
    if (clusters > live.freeClusters()) {
      throw new NoSpaceException(
          "cannot write " + path + ": " + clusters + " clusters needed, " + live.freeClusters() + " free on "
              + volume.identity().label());
    }
    long start = live.freeRun(from, clusters);
    if (start < 0) {
      start = live.freeRun(2, clusters);
    }
    start = start < 0 ? 2 : start;
    hint = start + clusters;
    return start;
  }

  /** Sets or clears the links of a chain in both FATs. */
  private void link(String path, int number, boolean set) {
    FatChain chain = live.chain(number);
    if (chain == null) {
      return;
    }
    linkSector(path, number, chain, true, set, volume.fatSector(chain.start()));
    if (chain.first() < chain.clusters()) {
      linkSector(path, number, chain, false, set, volume.fatSector(chain.last().end() - 1));
    }
    if (volume.bothFats()) {
      long sector = volume.fatSector(chain.start());
      mirrorSectors.put(
          sector, add(new FatWrite.Mirror(path, number, fresh(chain), set), mirrorSectors.get(sector)));
    }
  }

  private void linkSector(String path, int number, FatChain chain, boolean head, boolean set, long sector) {
    fatSectors.put(
        sector, add(new FatWrite.Links(path, number, fresh(chain), head, set), fatSectors.get(sector)));
  }

  /** The chain as a disk has it that never heard of it. */
  private FatChain fresh(FatChain chain) {
    return new FatChain(
        chain.start(), chain.clusters(), chain.first(), false, chain.first() == chain.clusters(), false,
        chain.further(), FatState.NEVER_WRITTEN);
  }

  // ---- content ----

  @Override
  public void truncate(String path) {
    Place place = filePlace("truncate", path);
    FatSlot.Short entry = place.entry().entry();
    inode(place, -1, 0);
    link(path, entry.chain(), false);
    tree = tree.with(place.path(), new Tree.File(Content.EMPTY, 0, 0));
  }

  private void inode(Place place, int chain, long size) {
    FatSlot.Short entry = place.entry().entry();
    int slot = place.entry().slot();
    long sector = ((long) place.directory() << 32) + slot / FatDirectory.SLOTS;
    long key = ((long) place.directory() << 32) + slot;
    Entry<FatState> before = inodes.get(key);
    FatWrite write = new FatWrite.Inode(place.path(), place.directory(), slot, entry.owner(), chain, size);
    inodes.put(key, add(write, directorySectors.get(sector), before));
  }

  @Override
  public void write(String path, Content content) {
    Place place = filePlace("write", path);
    FatSlot.Short entry = place.entry().entry();
    if (content.length() < entry.size()) {
      throw new IllegalStateException("cannot append to " + path + ": the new content is shorter than the file");
    }
    if (content.length() == 0) {
      return;
    }
    int chain = entry.chain() < 0
        ? allocate(path, volume.clustersOf(content.length()))
        : extended(path, entry.chain(), volume.clustersOf(content.length()));
    if (entry.size() > 0 && !live.chain(chain).content().isOpaque() && !content.isOpaque()) {
      tail(place.path(), chain, entry.size(), content);
    } else {
      data(place.path(), chain, content);
    }
    link(path, chain, true);
    long half = content.length() / 2 / BLOCK_BYTES * BLOCK_BYTES;
    if (half > entry.size()) {
      inode(place, chain, half);
    }
    inode(walk(path), chain, content.length());
    tree = tree.with(place.path(), new Tree.File(content, chain + 1L, chain));
  }

  private int extended(String path, int number, long clusters) {
    FatChain chain = live.chain(number);
    if (clusters <= chain.clusters()) {
      return number;
    }
    long more = clusters - chain.clusters();
    long end = chain.last().end();
    long start = more <= live.freeClusters() && live.freeRun(end, more) == end ? end : room(path, more, hint);
    hint = Math.max(hint, start + more);
    long inFirst = volume.entriesPerSector() - chain.start() % volume.entriesPerSector();
    long first = start == end && chain.further().isEmpty() ? Math.min(clusters, inFirst) : chain.first();
    live = live.with(number, chain.grown(new FatChain.Run(start, more), first));
    return number;
  }

  private void data(String path, int number, Content content) {
    int parts = content.length() > BLOCK_BYTES ? 2 : 1;
    FatChain chain = live.chain(number);
    for (int part = 0; part < parts; part++) {
      long key = ((long) number << 32) + part;
      dataSectors.put(
          key, add(new FatWrite.Data(path, number, fresh(chain), content, part, parts), dataSectors.get(key)));
    }
  }

  /** An append in two parts; the first carries the rest of the sector in which it begins. */
  private void tail(String path, int number, long end, Content content) {
    byte[] all = content.bytes().orElseThrow();
    int from = (int) (end / Sectors.BYTES * Sectors.BYTES);
    int half = from + (all.length - from) / 2 / BLOCK_BYTES * BLOCK_BYTES;
    FatChain chain = fresh(live.chain(number));
    if (half > from) {
      byte[] bytes = Arrays.copyOfRange(all, from, half);
      add(new FatWrite.Tail(path, number, chain, from, bytes, content));
    }
    add(new FatWrite.Tail(path, number, chain, half, Arrays.copyOfRange(all, half, all.length), content));
  }

  @Override
  public void overwrite(String path, Content content) {
    Place place = filePlace("overwrite", path);
    FatSlot.Short entry = place.entry().entry();
    if (content.length() != entry.size()) {
      throw new IllegalStateException("cannot overwrite " + path + " in place: the lengths differ");
    }
    inPlace(place, content);
  }

  private void inPlace(Place place, Content content) {
    int number = place.entry().entry().chain();
    if (number < 0) {
      return;
    }
    FatChain chain = live.chain(number);
    Content old = chain.content();
    if (old.bytes().isEmpty() || content.bytes().isEmpty()) {
      data(place.path(), number, content);
    } else {
      byte[] after = content.bytes().orElseThrow();
      byte[] before = Arrays.copyOf(old.bytes().orElseThrow(), after.length);
      log.inOneRequest(() -> sectors(place.path(), number, chain, Sectors.changes(before, after, 0)));
    }
    tree = tree.with(place.path(), new Tree.File(content, number + 1L, number));
  }

  private void sectors(String path, int number, FatChain chain, List<Sectors.Change> changes) {
    for (Sectors.Change change : changes) {
      long key = ((long) number << 32) + change.sector();
      FatWrite write =
          new FatWrite.InPlace(path, number, chain.start(), change.offset(), change.bytes(), new JournalWrite.Memo());
      dataSectors.put(key, add(write, dataSectors.get(key)));
    }
  }

  @Override
  public void close(String path) {
    filePlace("close", path);
  }

  // ---- durability ----

  /** The data, all FAT sectors, and the sector with the entry; not a sector that holds only parts of the long name. */
  @Override
  public void fsync(String path) {
    Place place = filePlace("fsync", path);
    int slot = place.entry().slot();
    int sector = slot / FatDirectory.SLOTS;
    int chain = place.entry().entry().chain();
    force(
        write ->
            switch (write) {
              case FatWrite.Data data -> data.number() == chain;
              case FatWrite.InPlace data -> data.number() == chain;
              case FatWrite.Tail data -> data.number() == chain;
              case FatWrite.Links links -> true;
              case FatWrite.Mirror mirror -> true;
              case FatWrite.Growth growth -> true;
              case FatWrite.NewDirectory created -> true;
              case FatWrite.Inode inode -> inode.directory() == place.directory() && inode.slot() == slot;
              case FatWrite.Entries entries ->
                  entries.directory() == place.directory() && entries.sector() == sector;
            });
  }

  @Override
  public void fsyncDirectory(String path) {
    int number = FatState.ROOT;
    if (!path.equals("/")) {
      FatSlot.Short entry = place("fsync directory", path).found("fsync directory");
      if (!entry.isDirectory()) {
        throw new IllegalStateException("cannot fsync directory " + path + ": it is a file");
      }
      number = entry.directory();
    }
    int directory = number;
    force(
        write ->
            switch (write) {
              case FatWrite.Links links -> true;
              case FatWrite.Mirror mirror -> true;
              case FatWrite.Growth growth -> true;
              case FatWrite.NewDirectory created -> true;
              case FatWrite.Entries entries -> entries.directory() == directory;
              case FatWrite.Inode inode -> false;
              case FatWrite.Data data -> false;
              case FatWrite.InPlace data -> false;
              case FatWrite.Tail data -> false;
            });
  }

  private void force(Predicate<FatWrite> chosen) {
    if (volume.barriers()) {
      log.force(entry -> chosen.test((FatWrite) entry.write()) || log.isIssued(entry));
      log.flushed();
    } else {
      log.issue(entry -> chosen.test((FatWrite) entry.write()));
    }
  }

  @Override
  public void sync() {
    force(write -> true);
  }

  @Override
  public void freeze() {
    log.forceAll();
    log.rebase(log.base().dirty(false));
    log.flushed();
  }

  @Override
  public void onFlush(Runnable told) {
    log.onFlush(told);
  }

  @Override
  public void deviceFlushed() {
    log.forceIssued();
  }

  @Override
  public void fsyncRaw() {
    deviceFlushed();
  }

  @Override
  public byte[] readRaw(long offset, int length) {
    throw new IllegalStateException("cannot read raw sectors: the volume holds a file system");
  }

  @Override
  public void writeRaw(long offset, byte[] data) {
    throw new IllegalStateException("cannot write raw sectors: the volume holds a file system");
  }

  @Override
  public long version() {
    return log.version();
  }

  @Override
  public PendingWindow pending() {
    return log.window();
  }

  @Override
  public Hash128 fingerprint() {
    FatState base = log.base();
    return !mounted || log.size() > 0 ? null
        : base.hash().then(base.layout()).then(new Hash128(hint, nextOwner * 2L + (base.dirty ? 1 : 0)));
  }

  @Override
  public VolumeState settled() {
    return live.dirty(false);
  }

  @Override
  public Space space() {
    long blocks = live.freeClusters() * volume.clusterBytes() / BLOCK_BYTES;
    FatDirectory root = live.directory(FatState.ROOT);
    long slots = 0;
    for (int i = 0; i < root.slotCount(); i++) {
      slots += root.slot(i) == null ? 1 : 0;
    }
    return new Space(blocks, volume.rootSlots() > 0 ? slots : Long.MAX_VALUE);
  }

  @Override
  public BootVolume boot() {
    return new FatFace(this, volume.identity());
  }

  /** A loader replaces a file: in place while the number of clusters stays; the device accepts it at once. */
  void writeAsLoader(String path, Content content) {
    loader = true;
    try {
      replace(path, content);
    } finally {
      loader = false;
    }
  }

  private void replace(String path, Content content) {
    if (walk(path).entry() == null) {
      create(path);
      write(path, content);
      return;
    }
    Place place = walk(path);
    FatSlot.Short entry = place.entry().entry();
    long needed = volume.clustersOf(content.length());
    FatChain chain = live.chain(entry.chain());
    if (chain == null || needed != chain.clusters()) {
      truncate(path);
      write(path, content);
      return;
    }
    inPlace(place, content);
    if (entry.size() != content.length()) {
      inode(place, entry.chain(), content.length());
    }
  }

  /** True if a file can stand at this path. */
  boolean isWritable(String path) {
    Place place = walk(path);
    return place != null && (place.entry() == null || !place.entry().entry().isDirectory());
  }
}
