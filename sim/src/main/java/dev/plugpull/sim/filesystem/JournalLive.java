package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.Inode.DirData;
import dev.plugpull.sim.filesystem.Inode.FileData;
import dev.plugpull.sim.filesystem.Inode.Kind;
import dev.plugpull.sim.filesystem.Inode.LinkData;
import dev.plugpull.sim.filesystem.WriteLog.Entry;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * A journalled volume during one boot: turns system calls into pending writes.
 *
 * <p>Metadata operations form one stream, each needing the one before. Sizes that delayed allocation holds back stand
 * beside the stream; an operation that forces data out (a rename over a file, a close after truncation) makes the
 * stream need them. A commit forces the stream, an fsync also what stands beside it for that file.
 */
final class JournalLive implements LiveVolume {
  private static final String NAMELESS = "/#";

  private final JournalVolume volume;
  private final JournalRules rules;
  private final BlockMap blocks;
  private WriteLog<JournalState> log;
  private Names names;
  private Inode[] inodes;
  private JournalFile[] files = new JournalFile[64];
  private Entry<JournalState> stream;
  private final TreeMap<Integer, Entry<JournalState>> homeWrites = new TreeMap<>();
  private long nextEpoch;
  private int nextDirectory;
  private long usedInodes;
  private boolean mounted;

  JournalLive(JournalState state) {
    volume = state.volume;
    rules = volume.rules();
    log = new WriteLog<>(state);
    blocks = new BlockMap(volume.blocks());
    load(state);
  }

  private void load(JournalState state) {
    names = state.names.seen(state.recovered());
    inodes = state.inodes.clone();
    files = new JournalFile[inodes.length];
    usedInodes = 0;
    blocks.clear();
    for (Inode inode : inodes) {
      if (inode != null) {
        usedInodes++;
        blocks.take(JournalVolume.start(inode), JournalVolume.blocksOf(inode));
        nextDirectory = Math.max(nextDirectory, inode instanceof DirData directory ? 1 - directory.block : 0);
        nextEpoch = Math.max(nextEpoch, inode instanceof FileData file ? file.epoch() + 1 : 0);
      }
    }
  }

  @Override
  public Tree tree() {
    return names.tree();
  }

  @Override
  public void mount() {
    if (mounted) {
      return;
    }
    mounted = true;
    if (log.base().home != null) {
      log.forceAll();
      log.rebase(log.base().canonical());
      load(log.base());
      log.flushed();
    } else if (log.size() > 0) {
      load((JournalState) settled());
    }
  }

  @Override
  public void mkdir(String path) {
    int number = freshInode(path);
    requireParent(path);
    DirData empty = DirData.empty(-nextDirectory++);
    metadata("mkdir", path)
        .names(names.with(path, Tree.Directory.empty(number)))
        .set(number, empty)
        .enter(path, number, Kind.DIRECTORY)
        .entries(path, number, empty)
        .add();
  }

  @Override
  public void create(String path) {
    int number = freshInode(path);
    requireParent(path);
    FileData empty = FileData.empty(nextEpoch++);
    JournalCall change = metadata("creation", path)
            .names(names.with(path, new Tree.File(Content.EMPTY, number, empty.epoch())))
            .set(number, empty)
            .enter(path, number, Kind.FILE);
    file(number).born = change.add();
  }

  @Override
  public String temporary(String directory) {
    if (!(names.tree().get(directory) instanceof Tree.Directory)) {
      throw new IllegalStateException("cannot make a nameless file in " + directory + ": no such directory");
    }
    int number = freshInode(NAMELESS);
    FileData empty = FileData.empty(nextEpoch++);
    JournalCall change = metadata("nameless file", directory).set(number, empty);
    file(number).born = change.add();
    return NAMELESS + number;
  }

  @Override
  public void truncate(String path) {
    Tree.File node = requireFile(path);
    int number = (int) node.inode();
    FileData empty = FileData.empty(nextEpoch++);
    JournalCall change = metadata("truncation", path).names(seen(path, number, empty)).set(number, empty);
    JournalFile file = file(number);
    file.born = change.add();
    file.size = null;
    file.data.clear();
    file.extents.clear();
    file.sectors = null;
    file.truncated = node.content().length() > 0 || file.truncated;
  }

  @Override
  public void write(String path, Content content) {
    Tree.File node = requireFile(path);
    if (content.length() < node.content().length()) {
      throw new IllegalStateException("cannot append to " + path + ": the new content is shorter than the file");
    }
    if (content.length() == 0) {
      return;
    }
    new Appending(path, (int) node.inode(), (FileData) inodes[(int) node.inode()]).run(content);
  }

  /** Splits an append into its pending writes. */
  private final class Appending {
    private final String path;
    private final int number;
    private final FileData old;
    /** Content over which the next part is issued. */
    private Content reached;

    Appending(String path, int number, FileData old) {
      this.path = path;
      this.number = number;
      this.old = old;
      this.reached = old.content();
    }

    void run(Content content) {
      long count = JournalVolume.blocksOf(content.length());
      long start = allocate(path, count - old.blocks(), old.start());
      FileData whole = new FileData(content, old.epoch(), volume.bootReadable() ? start : -1, count);
      JournalFile file = file(number);
      Entry<JournalState> fresh = freshData(whole);
      if (rules.dataBeforeSize()) {
        shortened(whole, file, fresh);
        part(file, whole, true, fresh);
      } else {
        unordered(whole, file);
      }
      inodes[number] = whole;
      names = seen(path, number, whole);
    }

    private Entry<JournalState> freshData(FileData whole) {
      boolean visible = volume.bootReadable() && rules.dataBeforeSize();
      return visible
          ? log.add(new JournalWrite.FreshData(path, number, whole, append(whole.content())), false)
          : null;
    }

    private Append append(Content content) {
      return new Append(old.content().length(), reached, content);
    }

    /** The size may reach the journal when only a part of the blocks was written out. */
    private void shortened(FileData whole, JournalFile file, Entry<JournalState> fresh) {
      long half = JournalVolume.blocksOf(whole.content().length()) / 2 * JournalVolume.BLOCK_BYTES;
      if (half > old.content().length()) {
        part(file, whole.with(whole.content().prefix(half)), false, fresh);
      } else if (rules.zeroTail() && !whole.content().isOpaque()) {
        byte[] zeros = whole.content().bytes().orElseThrow();
        Arrays.fill(zeros, (int) old.content().length(), zeros.length, (byte) 0);
        part(file, whole.with(Content.of(zeros)), false, fresh);
      }
    }

    private void part(JournalFile file, FileData value, boolean complete, Entry<JournalState> fresh) {
      size(file, value, append(value.content()), complete, fresh);
      reached = value.content();
    }

    private void size(
        JournalFile file, FileData value, Append append, boolean complete, Entry<JournalState> fresh) {
      JournalWrite.Size write = new JournalWrite.Size(path, number, value, append, complete, volume.bootReadable());
      file.size = log.add(write, false, file.born, file.size, fresh);
      file.data.add(file.size);
      file.extents.add(new JournalFile.Extent(old.content().length(), file.size));
      homeWrite(JournalVolume.inodeBlock(number), file.size);
    }

    /**
     * A size that does not wait for its data shows what the blocks held before; zeros stand for that. Content that
     * nobody interprets comes as a whole.
     */
    private void unordered(FileData whole, JournalFile file) {
      if (old.content().isOpaque() || whole.content().isOpaque()) {
        Content stale = Content.damaged("stale blocks of " + whole.epoch(), whole.content().length());
        size(file, whole.with(stale), Append.replacing(stale), true, null);
        file.data.add(log.add(new JournalWrite.LateData(path, number, stale, whole), false, file.size));
      } else {
        byte[] bytes = whole.content().bytes().orElseThrow();
        int end = (int) old.content().length();
        Content sized = old.content().overwritten(end, new byte[bytes.length - end]);
        size(file, whole.with(sized), Append.ofSize(end, old.content(), sized), true, null);
        lateBlocks(file, bytes, end / Sectors.BYTES * Sectors.BYTES);
      }
    }

    /** Each block goes its own way, behind what is pending of the sector in which the append begins. */
    private void lateBlocks(JournalFile file, byte[] bytes, int begin) {
      int to;
      for (int from = begin; from < bytes.length; from = to) {
        to = (int) Math.min(bytes.length, (from / JournalVolume.BLOCK_BYTES + 1) * JournalVolume.BLOCK_BYTES);
        JournalWrite write = new JournalWrite.InPlace(
            path, number, old.epoch(), from, Arrays.copyOfRange(bytes, from, to), new JournalWrite.Memo());
        int first = from / Sectors.BYTES;
        Entry<JournalState> entry = log.add(write, false, file.size, file.latest(first));
        file.data.add(entry);
        for (int sector = first; sector * Sectors.BYTES < to; sector++) {
          file.written(sector, entry);
        }
      }
    }
  }

  @Override
  public void overwrite(String path, Content content) {
    Tree.File node = requireFile(path);
    if (content.length() != node.content().length()) {
      throw new IllegalStateException("cannot overwrite " + path + " in place: the lengths differ");
    }
    int number = (int) node.inode();
    FileData old = (FileData) inodes[number];
    JournalFile file = file(number);
    boolean opaque = node.content().isOpaque() || content.isOpaque();
    log.inOneRequest(() -> {
      if (opaque) {
        halves(path, number, old, content, file);
      } else {
        sectors(path, number, old, content, file);
      }
    });
    inodes[number] = old.with(content);
    names = seen(path, number, old.with(content));
  }

  private void halves(String path, int number, FileData old, Content content, JournalFile file) {
    for (int part = 0; part < 2; part++) {
      JournalWrite write = new JournalWrite.InPlacePart(path, number, old.epoch(), content, part == 1);
      file.data.add(log.add(write, false, file.size));
    }
  }

  private void sectors(String path, int number, FileData old, Content content, JournalFile file) {
    byte[] before = old.content().bytes().orElseThrow();
    byte[] after = content.bytes().orElseThrow();
    for (Sectors.Change change : Sectors.changes(before, after, 0)) {
      JournalWrite write = new JournalWrite.InPlace(
              path, number, old.epoch(), change.offset(), change.bytes(), new JournalWrite.Memo());
      file.data.add(log.add(write, false, holding(file, change), file.latest(change.sector())));
      file.written(change.sector(), file.data.getLast());
    }
  }

  private Entry<JournalState> holding(JournalFile file, Sectors.Change change) {
    return rules.dataBeforeSize() ? file.holding(change.offset() + change.bytes().length) : file.size;
  }

  @Override
  public void close(String path) {
    Tree.File node = requireFile(path);
    JournalFile file = file((int) node.inode());
    if (file.truncated && rules.closeFlushesTruncated() && file.size != null && file.size.pending()) {
      joinStream(file);
    }
    file.truncated = false;
  }

  /**
   * From here on the metadata stream carries this size: whatever follows needs it. Where sizes do not wait for data, a
   * commit waits for no data either.
   */
  private void joinStream(JournalFile file) {
    joined.add(file.size);
    file.size.joinStream();
  }

  private final List<Entry<JournalState>> joined = new ArrayList<>();

  @Override
  public void rename(String from, String to) {
    Tree.Node node = names.tree().get(from);
    if (node == null) {
      throw new IllegalStateException("cannot rename " + from + " to " + to + ": no such file");
    }
    requireParent(to);
    Tree.Node replaced = names.tree().get(to);
    int number = JournalState.numberOf(node);
    if (replaced != null && JournalState.numberOf(replaced) == number) {
      return;
    }
    requireReplaceable(from, to, node, replaced);
    volume.reads().requireMovable(node, from, to);
    if (node instanceof Tree.File && replaced instanceof Tree.File && rules.replaceFlushesData()) {
      JournalFile file = file(number);
      if (file.size != null && file.size.pending()) {
        joinStream(file);
      }
    }
    JournalCall change = metadata("rename", from).to(to).names(names.moved(from, to)).leave(from);
    if (replaced != null) {
      change.release(JournalState.numberOf(replaced));
    }
    change.enter(to, number, JournalState.kindOf(node)).carry(node).add();
  }

  private static void requireReplaceable(String from, String to, Tree.Node node, Tree.Node replaced) {
    boolean directory = node instanceof Tree.Directory;
    boolean fits =
        replaced == null
            || (replaced instanceof Tree.Directory other ? directory && other.size() == 0 : !directory);
    if (!fits) {
      throw new IllegalStateException("cannot rename " + from + " to " + to + ": the target cannot be replaced");
    }
  }

  @Override
  public void unlink(String path) {
    Tree.Node node = names.tree().get(path);
    if (node == null || node instanceof Tree.Directory) {
      throw new IllegalStateException("cannot unlink " + path + ": no such file");
    }
    int number = JournalState.numberOf(node);
    metadata("unlink", path).names(names.without(path)).leave(path).release(number).add();
  }

  @Override
  public void rmdir(String path) {
    if (!(names.tree().get(path) instanceof Tree.Directory directory) || directory.size() > 0) {
      throw new IllegalStateException("cannot remove directory " + path + ": missing or not empty");
    }
    int number = (int) directory.inode();
    metadata("rmdir", path).names(names.without(path)).leave(path).release(number).add();
  }

  @Override
  public void symlink(String target, String path) {
    int number = freshInode(path);
    requireParent(path);
    long count = JournalVolume.blocksOfLink(target);
    if (count > 0) {
      allocate(path, count, -1);
    }
    metadata("symlink", path)
        .names(names.with(path, new Tree.Symlink(target, number)))
        .set(number, new LinkData(target, count))
        .enter(path, number, Kind.LINK)
        .add();
  }

  @Override
  public void link(String existing, String path) {
    Tree.Node node = existing.startsWith(NAMELESS) ? nameless(existing) : names.tree().get(existing);
    if (node == null || node instanceof Tree.Directory) {
      throw new IllegalStateException("cannot link " + existing + " to " + path + ": no such file");
    }
    requireFree(path);
    requireParent(path);
    metadata("link", existing)
        .to(path)
        .names(names.with(path, node))
        .enter(path, JournalState.numberOf(node), JournalState.kindOf(node))
        .carry(node)
        .add();
  }

  @Override
  public void fsync(String path) {
    JournalFile file = file((int) requireFile(path).inode());
    commit(entry -> entry.inStream() || file.data.contains(entry));
    file.data.removeIf(entry -> !entry.pending());
    file.extents.removeIf(extent -> !extent.size().pending());
  }

  @Override
  public void fsyncDirectory(String path) {
    if (!(names.tree().get(path) instanceof Tree.Directory)) {
      throw new IllegalStateException("cannot fsync directory " + path + ": no such directory");
    }
    commit(Entry::inStream);
  }

  @Override
  public void sync() {
    commit(entry -> !(entry.write() instanceof JournalWrite.HomeBlock));
  }

  private void commit(java.util.function.Predicate<Entry<JournalState>> chosen) {
    requireMounted();
    if (rules.barriers()) {
      log.force(entry -> chosen.test(entry) || log.isIssued(entry));
      dropOldHomeWrites();
      log.flushed();
    } else {
      log.issue(chosen);
    }
    joined.removeIf(entry -> !entry.pending());
    blocks.release();
  }

  /** Of the writes of one home block that wait for no commit any more, all would write the same: the last one stays. */
  private void dropOldHomeWrites() {
    if (volume.bootReadable()) {
      TreeMap<Integer, Entry<JournalState>> last = new TreeMap<>();
      for (Entry<JournalState> entry : log.entries()) {
        if (entry.write() instanceof JournalWrite.HomeBlock home && !home.cause().pending()) {
          last.put(home.block(), entry);
        }
      }
      log.restart(
          log.base(),
          entry ->
              !(entry.write() instanceof JournalWrite.HomeBlock home)
                  || home.cause().pending()
                  || last.get(home.block()) == entry);
    }
  }

  @Override
  public void freeze() {
    log.forceAll();
    if (!mounted) {
      // Only a kernel that replayed the journal can write it home; a loader's own sectors are home already.
      if (log.base().home == null) {
        load(log.base());
      }
      log.flushed();
      return;
    }
    joined.clear();
    homeWrites.clear();
    log.rebase(log.base().checkpointed());
    blocks.release();
    log.flushed();
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
  public void fsyncRaw() {
    deviceFlushed();
  }

  @Override
  public void onFlush(Runnable told) {
    log.onFlush(told);
  }

  @Override
  public void deviceFlushed() {
    log.forceIssued();
    joined.removeIf(entry -> !entry.pending());
  }

  @Override
  public BootVolume boot() {
    return new JournalBoot(volume, log);
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
    Hash128 pending = mounted && joined.isEmpty() ? log.fingerprint() : null;
    return pending == null ? null : pending.then(log.base().fingerprint(log.size() > 0 || volume.bootReadable()))
        .then(new Hash128(blocks.free(), blocks.available()));
  }

  /** The pending writes, for a twin that replays them naively. */
  Write<JournalState>[] pendingWrites() {
    return log.writes();
  }

  @Override
  public VolumeState settled() {
    PendingWindow window = log.window();
    VolumeState state = window.base();
    for (int i = 0; i < window.size(); i++) {
      state = window.apply(state, i);
    }
    return ((JournalState) state).checkpointed();
  }

  @Override
  public Space space() {
    return new Space(blocks.free(), volume.inodes() - usedInodes);
  }

  // ---- the metadata stream ----

  private JournalCall metadata(String call, String path) {
    requireMounted();
    return new JournalCall(this, volume, call, path);
  }

  Names names() {
    return names;
  }

  Inode inode(int number) {
    return inodes[number];
  }

  /** Puts a collected operation at the end of the stream and into the live view. */
  Entry<JournalState> carryOut(JournalWrite.Metadata write, List<Inode> freed) {
    stream = appendToStream(write);
    for (int i = 0; i < write.touched().length; i++) {
      if (write.values()[i] != JournalWrite.UNCHANGED) {
        put(write.touched()[i], write.values()[i]);
      }
    }
    names = write.after();
    freed.forEach(inode -> blocks.free(JournalVolume.start(inode), JournalVolume.blocksOf(inode)));
    for (int block : write.blocks()) {
      homeWrite(block, stream);
    }
    return stream;
  }

  @SuppressWarnings("unchecked")
  private Entry<JournalState> appendToStream(JournalWrite write) {
    Entry<JournalState> entry;
    if (joined.isEmpty()) {
      entry = log.add(write, false, stream);
    } else {
      Entry<JournalState>[] required = joined.toArray(new Entry[joined.size() + 1]);
      required[joined.size()] = stream;
      entry = log.add(write, false, required);
      joined.clear();
    }
    entry.joinStream();
    return entry;
  }

  private void homeWrite(int block, Entry<JournalState> cause) {
    if (volume.bootReadable()) {
      homeWrites.put(block, log.add(new JournalWrite.HomeBlock(block, cause), false, cause, homeWrites.get(block)));
    }
  }

  private void put(int number, Inode inode) {
    if (number >= inodes.length) {
      inodes = Arrays.copyOf(inodes, number * 2);
      files = Arrays.copyOf(files, inodes.length);
    }
    if (inode == null) {
      files[number] = null;
    }
    usedInodes += (inode == null ? 0 : 1) - (inodes[number] == null ? 0 : 1);
    inodes[number] = inode;
  }

  private JournalFile file(int number) {
    if (number >= files.length) {
      files = Arrays.copyOf(files, number * 2);
    }
    if (files[number] == null) {
      files[number] = new JournalFile();
    }
    return files[number];
  }

  /** The live names with another content of one file. */
  private Names seen(String path, int number, FileData data) {
    if (names.isOnly(number, path)) {
      return names.seen(names.tree().with(path, new Tree.File(data.content(), number, data.epoch())));
    }
    return names.seen(
        names.tree().mapFiles(
            file -> file.inode() == number ? new Tree.File(data.content(), number, data.epoch()) : file));
  }

  private int freshInode(String path) {
    requireFree(path);
    if (usedInodes >= volume.inodes()) {
      throw new NoSpaceException("cannot create " + path + ": no free inode on " + volume.identity().label());
    }
    int number = JournalVolume.FIRST_INODE;
    while (number < inodes.length && inodes[number] != null) {
      number++;
    }
    return number;
  }

  /** Takes blocks; a shortage first commits, since blocks freed by pending operations come back only then. */
  long allocate(String path, long count, long after) {
    if (count <= 0) {
      return after;
    }
    if (count > blocks.available() && count <= blocks.free() && rules.barriers()) {
      log.force(Entry::inStream);
      joined.removeIf(entry -> !entry.pending());
      blocks.release();
    }
    if (count > blocks.available()) {
      throw new NoSpaceException(
          "cannot write " + path + ": " + count + " blocks needed, " + blocks.free() + " free on "
              + volume.identity().label());
    }
    return blocks.allocate(count, after, volume.bootReadable());
  }

  private void requireMounted() {
    if (!mounted) {
      throw new IllegalStateException("cannot change " + volume.identity().label() + ": it is not mounted");
    }
  }

  private void requireFree(String path) {
    if (names.tree().exists(path)) {
      throw new IllegalStateException("cannot create " + path + ": it exists");
    }
  }

  private void requireParent(String path) {
    if (names.tree().above(path) == null) {
      throw new IllegalStateException("cannot create " + path + ": no directory above it");
    }
  }

  private Tree.File nameless(String path) {
    int number = Integer.parseInt(path.substring(NAMELESS.length()));
    return number < inodes.length && inodes[number] instanceof FileData data
        ? new Tree.File(data.content(), number, data.epoch())
        : null;
  }

  private Tree.File requireFile(String path) {
    requireMounted();
    if (names.tree().get(path) instanceof Tree.File file) {
      return file;
    }
    if (path.startsWith(NAMELESS) && nameless(path) instanceof Tree.File file) {
      return file;
    }
    throw new IllegalStateException("cannot use " + path + ": no such regular file");
  }
}
