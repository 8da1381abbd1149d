package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.Inode.Kind;
import dev.plugpull.sim.filesystem.WeakState.WeakFile;
import dev.plugpull.sim.filesystem.WriteLog.Entry;
import dev.plugpull.sim.media.Content;
import java.util.Arrays;

/** The weakest POSIX file system during one boot. */
final class WeakLive extends TreeLive {
  private static final int BLOCK_BYTES = 4096;

  private final WriteLog<WeakState> log;

  WeakLive(WeakState state) {
    super(state.identity, state.blocks, state.recovered());
    log = new WriteLog<>(state);
  }

  private sealed interface Micro extends Write<WeakState> {
    /** The inode it belongs to: a file, or the directory of an entry. */
    int inode();

    record CreateEntry(String path, int inode, String name, int child, Kind kind, Object made) implements Micro {
      @Override
      public WeakState apply(WeakState state) {
        WeakState known = made != null && state.inode(child) == null ? state.with(child, made) : state;
        return known.with(inode, known.directory(inode).with(name, child, kind));
      }

      @Override
      public String label() {
        return "create entry " + path;
      }
    }

    record DeleteEntry(String path, int inode, String name, int child) implements Micro {
      @Override
      public WeakState apply(WeakState state) {
        var directory = state.directory(inode);
        int at = directory.find(name);
        return at >= 0 && directory.inodes[at] == child ? state.with(inode, directory.without(name)) : state;
      }

      @Override
      public String label() {
        return "delete entry " + path;
      }
    }

    record ChangeSize(String path, int inode, long size) implements Micro {
      @Override
      public WeakState apply(WeakState state) {
        WeakFile file = state.file(inode);
        return state.with(inode, new WeakFile(size == 0 ? Content.EMPTY : file.data(), size));
      }

      @Override
      public String label() {
        return "size " + size + " of " + path;
      }
    }

    /** A block of interpreted content; {@code bytes} null: a half of opaque content. */
    record WriteBlock(String path, int inode, long offset, byte[] bytes, Content whole) implements Micro {
      @Override
      public WeakState apply(WeakState state) {
        WeakFile file = state.file(inode);
        Content data = bytes == null ? part(file.data()) : file.data().overwritten(offset, bytes);
        return state.with(inode, new WeakFile(data, file.size()));
      }

      private Content part(Content old) {
        boolean first = offset == 0;
        String id = " in " + whole.hash();
        if (whole.length() <= BLOCK_BYTES || !first && old.name().startsWith("damaged: begin of ")
            && old.name().endsWith(id)) {
          return whole;
        }
        return Content.damaged((first ? "begin of " : "end of ") + old.hash() + id, whole.length());
      }

      @Override
      public String label() {
        return "data of " + path + " at " + offset;
      }
    }
  }

  private Entry<WeakState> add(Micro micro) {
    return log.add(micro, false);
  }

  private void enter(String path, int child, Kind kind, Object made) {
    int parent = (int) parent("create", path).inode();
    add(new Micro.CreateEntry(path, parent, PathHash.name(path), child, kind, made));
  }

  private void leave(String path, int child) {
    int parent = (int) parent("delete", path).inode();
    add(new Micro.DeleteEntry(path, parent, PathHash.name(path), child));
  }

  @Override
  public void mkdir(String path) {
    freeIn("mkdir", path);
    int number = (int) freshInode();
    enter(path, number, Kind.DIRECTORY, Inode.DirData.empty(-1));
    change(tree().with(path, Tree.Directory.empty(number)));
  }

  @Override
  public void create(String path) {
    freeIn("create", path);
    int number = (int) freshInode();
    enter(path, number, Kind.FILE, null);
    change(tree().with(path, new Tree.File(Content.EMPTY, number, number)));
  }

  @Override
  public void truncate(String path) {
    Tree.File file = file("truncate", path);
    take(path, -blocks(file.content()));
    add(new Micro.ChangeSize(path, (int) file.inode(), 0));
    change(withFile(file.inode(), new Tree.File(Content.EMPTY, file.inode(), file.extent())));
  }

  @Override
  public void write(String path, Content content) {
    Tree.File file = file("write", path);
    requireLonger(path, file, content);
    take(path, blocks(content) - blocks(file.content()));
    data(path, file, content);
    add(new Micro.ChangeSize(path, (int) file.inode(), content.length()));
    change(withFile(file.inode(), new Tree.File(content, file.inode(), file.extent())));
  }

  @Override
  public void overwrite(String path, Content content) {
    Tree.File file = file("overwrite", path);
    requireSameLength(path, file, content);
    data(path, file, content);
    change(withFile(file.inode(), new Tree.File(content, file.inode(), file.extent())));
  }

  private void data(String path, Tree.File file, Content content) {
    int number = (int) file.inode();
    if (content.bytes().isEmpty() || file.content().bytes().isEmpty()) {
      add(new Micro.WriteBlock(path, number, 0, null, content));
      if (content.length() > BLOCK_BYTES) {
        add(new Micro.WriteBlock(path, number, BLOCK_BYTES, null, content));
      }
      return;
    }
    byte[] after = content.bytes().orElseThrow();
    byte[] before = file.content().bytes().orElseThrow();
    for (int at = 0; at < after.length; at += BLOCK_BYTES) {
      int end = Math.min(after.length, at + BLOCK_BYTES);
      boolean same = end <= before.length && Arrays.equals(before, at, end, after, at, end);
      if (!same) {
        add(new Micro.WriteBlock(path, number, at, Arrays.copyOfRange(after, at, end), content));
      }
    }
  }

  @Override
  public void rename(String from, String to) {
    Tree.Node node = movable(from, to);
    int number = JournalState.numberOf(node);
    Tree.Node replaced = tree().get(to);
    if (replaced != null && JournalState.numberOf(replaced) == number) {
      return;
    }
    enter(to, number, JournalState.kindOf(node), null);
    leave(from, number);
    change(tree().without(from).with(to, node));
    if (replaced != null) {
      giveBack(replaced);
    }
  }

  private void giveBack(Tree.Node gone) {
    if (gone instanceof Tree.File file && !hasInode(tree().root(), file.inode())) {
      take("", -blocks(file.content()));
    }
  }

  @Override
  public void unlink(String path) {
    Tree.Node node = removable(path);
    leave(path, JournalState.numberOf(node));
    change(tree().without(path));
    giveBack(node);
  }

  @Override
  public void rmdir(String path) {
    Tree.Directory node = directory("remove directory", path);
    if (node.size() > 0) {
      throw new IllegalStateException("cannot remove directory " + path + ": not empty");
    }
    leave(path, (int) node.inode());
    change(tree().without(path));
  }

  @Override
  public void symlink(String target, String path) {
    freeIn("symlink", path);
    int number = (int) freshInode();
    enter(path, number, Kind.LINK, target);
    change(tree().with(path, new Tree.Symlink(target, number)));
  }

  @Override
  public void link(String existing, String path) {
    freeIn("link", path);
    Tree.Node node = removable(existing);
    enter(path, JournalState.numberOf(node), JournalState.kindOf(node), null);
    change(tree().with(path, node));
  }

  @Override
  public void fsync(String path) {
    int number = (int) file("fsync", path).inode();
    log.force(entry -> !isEntry(entry) && ((Micro) entry.write()).inode() == number);
    log.flushed();
  }

  private static boolean isEntry(Entry<WeakState> entry) {
    return entry.write() instanceof Micro.CreateEntry || entry.write() instanceof Micro.DeleteEntry;
  }

  @Override
  public void fsyncDirectory(String path) {
    int number = (int) directory("fsync directory", path).inode();
    log.force(entry -> isEntry(entry) && ((Micro) entry.write()).inode() == number);
    log.flushed();
  }

  @Override
  public void sync() {
    log.forceAll();
    log.flushed();
  }

  @Override
  public void freeze() {
    log.forceAll();
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
  }

  @Override
  public BootVolume boot() {
    return new TreeFace(log.base().identity, this::tree);
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
    return WeakState.of(log.base().identity, log.base().blocks, tree());
  }
}
