package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.WriteLog.Entry;
import dev.plugpull.sim.media.Content;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A btrfs volume during one boot. A transaction commit takes everything done so far, so each call adds one more
 * possible
 * commit; an fsync writes its few items to the log and rules out commits of the past.
 */
final class BtrfsLive extends TreeLive implements Subvolumes {
  private static final int BLOCK_BYTES = 4096;

  private final WriteLog<BtrfsState> log;
  private Entry<BtrfsState> last;
  /** Inodes whose present data is on disk. */
  private final TreeSet<Long> flushed = new TreeSet<>();

  /** What the disk has of inodes with data overwritten since their last flush, if only later appends reach it. */
  private final TreeMap<Long, Content> behind = new TreeMap<>();

  /** Content of the inodes that the log holds since the last commit. */
  private final TreeMap<Long, Content> inLog = new TreeMap<>();
  /** Inodes in the log that got other names since: the next write of the log, for whatever file, carries them. */
  private final TreeSet<Long> renamed = new TreeSet<>();

  BtrfsLive(BtrfsState state) {
    super(state.format().identity(), state.format().blocks(), state.recovered());
    log = new WriteLog<>(state);
  }

  /** A transaction commit that holds everything up to this call. */
  private record Commit(String what, Tree tree) implements Write<BtrfsState> {
    @Override
    public BtrfsState apply(BtrfsState state) {
      return state.committing(tree);
    }

    @Override
    public String label() {
      return "transaction commit with " + what;
    }
  }

  /** Bytes of the boot loaders' reserved area. */
  private record Reserved(Sectors.Change change) implements Write<BtrfsState> {
    @Override
    public BtrfsState apply(BtrfsState state) {
      RawState changed = state.reserved().with(change.offset(), change.bytes());
      return new BtrfsState(state.format(), state.recovered(), state.committed(), changed);
    }

    @Override
    public String label() {
      return "raw bytes at " + change.offset();
    }
  }

  /** Mounting replays the log and commits. */
  @Override
  public void mount() {
    if (!isMounted()) {
      super.mount();
      if (!log.base().homeIsCurrent()) {
        log.forceIssued();
        log.restart(log.base().checkpointed(), entry -> true);
      }
    }
  }

  private void then(String what, Tree tree) {
    change(tree);
    last = log.add(new Commit(what, tree), false, last);
  }

  @Override
  public void mkdir(String path) {
    freeIn("mkdir", path);
    then("mkdir of " + path, tree().with(path, Tree.Directory.empty(freshInode())));
  }

  @Override
  public void create(String path) {
    freeIn("create", path);
    long inode = freshInode();
    then("creation of " + path, tree().with(path, new Tree.File(Content.EMPTY, inode, inode)));
  }

  @Override
  public void truncate(String path) {
    Tree.File old = file("truncate", path);
    behind.remove(old.inode());
    replace(path, old, Content.EMPTY);
    put("truncation of " + path, old, Content.EMPTY);
  }

  private void put(String what, Tree.File old, Content content) {
    put(what, old, content, freshInode());
  }

  /** Copy on write: new data lie in a new extent, whoever else shares the old one. */
  private void put(String what, Tree.File old, Content content, long extent) {
    flushed.remove(old.inode());
    then(what, withFile(old.inode(), new Tree.File(content, old.inode(), extent)));
  }

  /** Takes room for new data; what they replace is given back unless a snapshot or another name still has it. */
  private void replace(String path, Tree.File old, Content content) {
    take(path, blocks(content) - (holders(old.extent()) > 1 ? 0 : blocks(old.content())));
  }

  @Override
  public void write(String path, Content content) {
    Tree.File old = file("write", path);
    requireLonger(path, old, content);
    replace(path, old, content);
    long half = content.length() / 2 / BLOCK_BYTES * BLOCK_BYTES;
    long extent = freshInode();
    if (half > old.content().length()) {
      put("a part of the data of " + path, old, content.prefix(half), extent);
    }
    if (behind.get(old.inode()) instanceof Content disk) {
      long from = old.content().length() / BLOCK_BYTES * BLOCK_BYTES;
      Content alone = disk.appended(from, old.content(), content);
      behind.put(old.inode(), alone);
      put("data appended to " + path + " without what was overwritten before", old, alone, freshInode());
    }
    put("data of " + path, old, content, extent);
  }

  /** Copy on write: each extent is old or new. */
  @Override
  public void overwrite(String path, Content content) {
    Tree.File old = file("overwrite", path);
    requireSameLength(path, old, content);
    replace(path, old, content);
    behind.putIfAbsent(old.inode(), old.content());
    Content mixture = mixture(old.content(), content);
    if (!mixture.equals(content)) {
      put("a part of the data of " + path, old, mixture);
    }
    put("data of " + path, old, content);
  }

  /** The first half of the blocks that change; the new content if there is but one. */
  private static Content mixture(Content before, Content after) {
    if (before.isOpaque() || after.isOpaque()) {
      return after.length() <= BLOCK_BYTES
          ? after
          : Content.damaged("begin of " + after.hash() + " in " + before.hash(), after.length());
    }
    byte[] now = after.bytes().orElseThrow();
    List<Sectors.Change> changes = Sectors.changes(before.bytes().orElseThrow(), now, 0, BLOCK_BYTES);
    if (changes.size() < 2) {
      return after;
    }
    int end = Math.toIntExact(changes.get(changes.size() / 2).offset());
    return before.overwritten(0, Arrays.copyOf(now, end));
  }

  @Override
  public void rename(String from, String to) {
    Tree.Node node = movable(from, to);
    noteNewName(node);
    if (tree().get(to) instanceof Tree.File replaced) {
      if (node instanceof Tree.File file && file.inode() == replaced.inode()) {
        return;
      }
      then("rename of " + from + " to " + to, tree().without(from).with(to, node));
      giveBack(replaced);
    } else {
      then("rename of " + from + " to " + to, tree().without(from).with(to, node));
    }
  }

  private void noteNewName(Tree.Node node) {
    if (node instanceof Tree.File file && inLog.containsKey(file.inode())) {
      renamed.add(file.inode());
    }
  }

  private void giveBack(Tree.File gone) {
    if (holders(gone.extent()) == 0) {
      take("", -blocks(gone.content()));
    }
  }

  @Override
  public void unlink(String path) {
    Tree.Node node = removable(path);
    then("unlink of " + path, tree().without(path));
    if (node instanceof Tree.File file) {
      giveBack(file);
    }
  }

  @Override
  public void rmdir(String path) {
    if (directory("remove directory", path).size() > 0) {
      throw new IllegalStateException("cannot remove directory " + path + ": not empty");
    }
    then("rmdir of " + path, tree().without(path));
  }

  @Override
  public void symlink(String target, String path) {
    freeIn("symlink", path);
    then("symlink " + path, tree().with(path, new Tree.Symlink(target, freshInode())));
  }

  @Override
  public void link(String existing, String path) {
    freeIn("link", path);
    Tree.Node node = removable(existing);
    noteNewName(node);
    then("link of " + existing + " to " + path, tree().with(path, node));
  }

  @Override
  public void createSubvolume(String path) {
    freeIn("create subvolume", path);
    then("creation of subvolume " + path, SubvolumeTree.created(tree(), path, this::freshInode));
  }

  @Override
  public void snapshot(String from, String to) {
    freeIn("snapshot", to);
    directory("snapshot", from);
    then("snapshot " + to, SubvolumeTree.snapshot(tree(), from, to, this::freshInode));
    sync();
  }

  @Override
  public void readOnly(String path, boolean readOnly) {
    directory("set property ro of", path);
    then("property ro of " + path, SubvolumeTree.property(tree(), path, readOnly, this::freshInode));
    sync();
  }

  @Override
  public void setDefault(String path) {
    directory("set default subvolume", path);
    then("default subvolume " + path, SubvolumeTree.withDefault(tree(), path, this::freshInode));
  }

  @Override
  public void deleteSubvolume(String path) {
    then("deletion of subvolume " + path, SubvolumeTree.deleted(tree(), path));
    see(tree());
  }

  @Override
  public void fsync(String path) {
    Tree.File node = file("fsync", path);
    flushed.add(node.inode());
    behind.remove(node.inode());
    inLog.put(node.inode(), node.content());
    renamed.remove(node.inode());
    logged(new BtrfsLog(withNewNames(), tree(), flushed::contains).file(node));
  }

  @Override
  public void fsyncDirectory(String path) {
    Tree.Directory node = directory("fsync directory", path);
    Tree replayed = new BtrfsLog(withNewNames(), tree(), flushed::contains).directory(node);
    if (replayed == null) {
      sync();
    } else {
      logged(replayed);
    }
  }

  private Tree withNewNames() {
    Tree replayed = log.base().recovered();
    for (long inode : renamed) {
      Tree.File known = new Tree.File(inLog.get(inode), inode, inode);
      replayed = new BtrfsLog(replayed, tree(), flushed::contains).file(known);
    }
    renamed.clear();
    return replayed;
  }

  /** The log is on disk; a commit from now on takes the present. */
  private void logged(Tree replayed) {
    log.forceIssued();
    log.restart(log.base().logging(replayed), entry -> !(entry.write() instanceof Commit));
    last = null;
    log.flushed();
    if (!log.base().committed().equals(tree())) {
      then("everything so far", tree());
    }
  }

  @Override
  public void sync() {
    log.forceAll();
    log.restart(log.base().committing(tree()), entry -> false);
    last = null;
    flushed.clear();
    behind.clear();
    inLog.clear();
    renamed.clear();
    log.base().recovered().mapFiles(this::nowOnDisk);
    log.flushed();
  }

  private Tree.File nowOnDisk(Tree.File file) {
    flushed.add(file.inode());
    return file;
  }

  @Override
  public void freeze() {
    sync();
  }

  @Override
  public byte[] readRaw(long offset, int length) {
    PendingWindow window = log.window();
    BtrfsState state = log.base();
    for (int i = 0; i < window.size(); i++) {
      state = (BtrfsState) window.apply(state, i);
    }
    return state.reserved().read(offset, length);
  }

  @Override
  public void writeRaw(long offset, byte[] data) {
    writeReserved(offset, data, false);
  }

  private void writeReserved(long offset, byte[] data, boolean accepted) {
    log.inOneRequest(() -> {
      for (Sectors.Change change : Sectors.changes(readRaw(offset, data.length), data, offset)) {
        log.add(new Reserved(change), accepted);
      }
    });
  }

  @Override
  public void fsyncRaw() {
    log.force(entry -> entry.write() instanceof Reserved);
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
  public long version() {
    return log.version();
  }

  @Override
  public PendingWindow pending() {
    return log.window();
  }

  @Override
  public VolumeState settled() {
    PendingWindow window = log.window();
    BtrfsState state = log.base();
    for (int i = 0; i < window.size(); i++) {
      state = (BtrfsState) window.apply(state, i);
    }
    return state.checkpointed();
  }

  @Override
  public BootVolume boot() {
    return new TreeFace(log.base().format().identity(), () -> log.base().committed()) {
      @Override
      public byte[] readRaw(long offset, int length) {
        return BtrfsLive.this.readRaw(offset, length);
      }

      @Override
      public void writeRaw(long offset, byte[] data) {
        writeReserved(offset, data, true);
      }
    };
  }
}
