package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.bootloader.BootVolume.Lookup;
import dev.plugpull.sim.filesystem.Inode.DirData;
import dev.plugpull.sim.filesystem.Inode.FileData;
import dev.plugpull.sim.filesystem.Inode.Kind;
import dev.plugpull.sim.filesystem.Inode.LinkData;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/**
 * A journalled volume as a boot loader reads it: names through stale directory blocks, numbers through stale inode
 * blocks, data wherever the inode that it sees points.
 */
final class HomeView {
  private static final int DEPTH = 32;
  private static final Content GARBAGE = Content.damaged("blocks of other files", 1);

  private final JournalState state;
  private final Home home;

  HomeView(JournalState state) {
    this.state = state;
    this.home = state.home;
  }

  /** The inode as the home block of the inode table has it. */
  Inode inode(int number) {
    int at = home == null ? -1 : home.find(JournalVolume.inodeBlock(number));
    return at < 0
        ? state.inode(number)
        : ((Inode[]) home.contents[at])[(number - 1) % JournalVolume.INODES_PER_BLOCK];
  }

  /** The entries in the home block; null if the inode seen is no directory. A removed one was empty when it went. */
  DirData directory(int number) {
    if (!(inode(number) instanceof DirData inline)) {
      return null;
    }
    if (state.volume.rules().inlineDirectories()) {
      return inline;
    }
    int at = home == null ? -1 : home.find(inline.block);
    if (at >= 0) {
      return (DirData) home.contents[at];
    }
    return state.inode(number) instanceof DirData now && now.block == inline.block ? now : Home.NEVER_WRITTEN;
  }

  /** What stands at a path; symbolic links are followed. */
  Lookup lookup(String path) {
    return switch (walk(path)) {
      case Found.At at when at.kind() == Kind.DIRECTORY -> new Lookup.Directory();
      case Found.At at -> file(at.number());
      case Found.Nothing nothing -> new Lookup.Missing();
      case Found.Broken broken -> new Lookup.Unreadable(broken.why());
    };
  }

  private Lookup file(int number) {
    return switch (inode(number)) {
      case FileData data -> new Lookup.File(content(data));
      case null -> new Lookup.File(Content.EMPTY);
      case LinkData link -> new Lookup.Unreadable("inode " + number + " still holds a symbolic link");
      case DirData directory -> new Lookup.Unreadable("inode " + number + " still holds a directory");
    };
  }

  /** The file whose blocks a write in place would hit; null if there is none. */
  FileData data(String path) {
    return walk(path) instanceof Found.At at
            && at.kind() == Kind.FILE
            && inode(at.number()) instanceof FileData data
            && data.start() >= 0
        ? data
        : null;
  }

  List<String> list(String path) {
    if (walk(path) instanceof Found.At at && at.kind() == Kind.DIRECTORY) {
      DirData directory = directory(at.number());
      return directory == null ? List.of() : List.of(directory.names);
    }
    return List.of();
  }

  /** What the blocks of a file hold now. */
  Content content(FileData seen) {
    long size = seen.content().length();
    if (size == 0 || seen.start() < 0) {
      return seen.content();
    }
    FileData now = owner(seen.start());
    if (now != null) {
      return now.epoch() == seen.epoch() && now.content().length() == size
          ? now.content()
          : part(now.content(), size);
    }
    Content result = seen.content();
    for (Home.Ghost ghost : home == null ? new Home.Ghost[0] : home.ghosts) {
      if (ghost.start() == seen.start()) {
        result = part(ghost.content(), size);
      } else if (seen.overlaps(ghost.start(), ghost.blocks())) {
        return garbage(size);
      }
    }
    return overlapped(seen) ? garbage(size) : result;
  }

  private static Content part(Content content, long size) {
    return content.length() >= size ? content.prefix(size) : garbage(size);
  }

  private static Content garbage(long size) {
    return Content.opaque(GARBAGE.name(), size);
  }

  /** The file that owns the block after recovery and begins there. */
  FileData owner(long start) {
    for (Inode inode : state.inodes) {
      if (inode instanceof FileData file && file.start() == start) {
        return file;
      }
    }
    return null;
  }

  private boolean overlapped(FileData seen) {
    for (Inode inode : state.inodes) {
      if (inode instanceof FileData file && file.overlaps(seen.start(), seen.blocks())) {
        return true;
      }
    }
    return false;
  }

  private sealed interface Found {
    record At(int number, Kind kind) implements Found {}

    record Nothing() implements Found {}

    record Broken(String why) implements Found {}
  }

  private Found walk(String path) {
    return walk(JournalVolume.ROOT, path, 0);
  }

  private Found walk(int from, String path, int depth) {
    if (depth > DEPTH) {
      return new Found.Broken("too many symbolic links");
    }
    int at = path.startsWith("/") ? JournalVolume.ROOT : from;
    int parent = at;
    Kind kind = Kind.DIRECTORY;
    String[] parts = path.split("/");
    java.util.ArrayDeque<Integer> above = new java.util.ArrayDeque<>();
    for (int i = 0; i < parts.length; i++) {
      String name = parts[i];
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (kind != Kind.DIRECTORY) {
        return new Found.Nothing();
      }
      if (name.equals("..")) {
        at = above.isEmpty() ? parent(at) : above.pop();
        continue;
      }
      DirData directory = directory(at);
      if (directory == null) {
        return new Found.Broken("inode " + at + " is no directory yet");
      }
      int index = directory.find(name);
      if (index < 0) {
        return new Found.Nothing();
      }
      above.push(at);
      parent = at;
      at = directory.inodes[index];
      kind = directory.kinds[index];
      if (kind == Kind.LINK) {
        if (!(inode(at) instanceof LinkData link)) {
          return new Found.Broken("inode " + at + " is no symbolic link yet");
        }
        Found target = walk(parent, link.target(), depth + 1);
        if (!(target instanceof Found.At there)) {
          return target;
        }
        at = there.number();
        kind = there.kind();
      }
    }
    return new Found.At(at, kind);
  }

  private int parent(int number) {
    for (int i = 0; i < state.inodes.length; i++) {
      if (state.inodes[i] instanceof DirData directory) {
        for (int child : directory.inodes) {
          if (child == number) {
            return i;
          }
        }
      }
    }
    return JournalVolume.ROOT;
  }

  /**
   * Fingerprint of how this view differs from the recovered one, in names, contents and in which recovered file a write
   * in place would hit. Zero if a loader cannot tell them apart.
   */
  Hash128 difference() {
    if (home == null) {
      return Hash128.ZERO;
    }
    Difference sum = new Difference(new HomeView(state.with((Home) null)));
    if (!sum.mark()) {
      return Hash128.ZERO;
    }
    sum.compare(JournalVolume.ROOT, "/", 0);
    sum.addShared();
    if (sum.high == 0 && sum.low == 0) {
      return Hash128.ZERO;
    }
    return new Hash128(Hash128.mix(sum.high ^ 0x5851F42D4C957F2DL), Hash128.mix(sum.low + 0x14057B7EF767814FL));
  }

  /** Adds what is seen and takes off what is recovered; whatever is the same object in both is passed over. */
  private final class Difference {
    private final HomeView recovered;
    private final TreeMap<Long, long[]> freed = new TreeMap<>();
    private long high;
    private long low;

    /** Inode numbers that the two views have differently, and the directories above them. */
    private final BitSet differs = new BitSet();

    Difference(HomeView recovered) {
      this.recovered = recovered;
    }

    /** Finds out where it is worth looking; false if the views show the same. */
    boolean mark() {
      for (int i = 0; i < home.blocks.length; i++) {
        if (home.blocks[i] >= 0) {
          int from = home.blocks[i] * JournalVolume.INODES_PER_BLOCK + 1;
          for (int k = 0; k < JournalVolume.INODES_PER_BLOCK; k++) {
            differs.set(from + k, ((Inode[]) home.contents[i])[k] != state.inode(from + k));
          }
        }
      }
      for (int i = 0; i < state.inodes.length; i++) {
        if (state.inodes[i] instanceof DirData now && home.find(now.block) >= 0) {
          differs.set(i);
        }
      }
      if (differs.isEmpty()) {
        return false;
      }
      int[] pairs = state.names.pairs();
      for (int i = 0; i < pairs.length; i += 2) {
        if (differs.get(pairs[i])) {
          differs.set(pairs[i + 1]);
        }
      }
      return true;
    }

    /** Both views reach the same directory at this path. */
    void compare(int number, String path, int depth) {
      DirData seen = directory(number);
      DirData now = recovered.directory(number);
      if (seen == null || now == null || depth > DEPTH) {
        everything(HomeView.this, number, path, depth, 1);
        everything(recovered, number, path, depth, -1);
        return;
      }
      int i = 0;
      int k = 0;
      while (i < seen.names.length || k < now.names.length) {
        int order = order(seen, i, now, k);
        if (order == 0 && seen.inodes[i] == now.inodes[k] && seen.kinds[i] == now.kinds[k]) {
          same(seen, i, path, depth);
        } else {
          if (order <= 0) {
            entry(HomeView.this, seen, i, path, depth, 1);
          }
          if (order >= 0) {
            entry(recovered, now, k, path, depth, -1);
          }
        }
        i += order <= 0 ? 1 : 0;
        k += order >= 0 ? 1 : 0;
      }
    }

    private static int order(DirData seen, int i, DirData now, int k) {
      if (i == seen.names.length || k == now.names.length) {
        return i == seen.names.length ? 1 : -1;
      }
      return seen.names[i] == now.names[k] ? 0 : seen.names[i].compareTo(now.names[k]);
    }

    private void same(DirData directory, int index, String path, int depth) {
      int number = directory.inodes[index];
      if (!differs.get(number)) {
        return;
      }
      if (directory.kinds[index] == Kind.DIRECTORY) {
        compare(number, PathHash.child(path, directory.names[index]), depth + 1);
      } else if (inode(number) != recovered.inode(number)) {
        entry(HomeView.this, directory, index, path, depth, 1);
        entry(recovered, directory, index, path, depth, -1);
      }
    }

    private void everything(HomeView view, int number, String path, int depth, int sign) {
      DirData directory = view.directory(number);
      if (directory == null || depth > DEPTH) {
        put(path, 3, 3, sign);
        return;
      }
      put(path, 1, 1, sign);
      for (int i = 0; i < directory.names.length; i++) {
        entry(view, directory, i, path, depth, sign);
      }
    }

    private void entry(HomeView view, DirData directory, int index, String path, int depth, int sign) {
      String child = PathHash.child(path, directory.names[index]);
      int number = directory.inodes[index];
      switch (directory.kinds[index]) {
        case DIRECTORY -> everything(view, number, child, depth + 1, sign);
        case LINK -> link(view.inode(number), child, sign);
        case FILE -> file(view, view.inode(number), child, sign);
      }
    }

    private void link(Inode inode, String path, int sign) {
      if (inode instanceof LinkData link) {
        put(path, ~PathHash.high(link.target()), ~PathHash.low(link.target()), sign);
      } else {
        put(path, 5, 5, sign);
      }
    }

    private void file(HomeView view, Inode inode, String path, int sign) {
      if (inode instanceof FileData data) {
        Content content = view.content(data);
        put(path, content.hash().hi(), content.hash().lo(), sign);
        if (!content.isOpaque()) {
          hit(data, path, sign);
        }
      } else if (inode == null) {
        put(path, Content.EMPTY.hash().hi(), Content.EMPTY.hash().lo(), sign);
      } else {
        put(path, 7, 7, sign);
      }
    }

    /** Which recovered names share the blocks; nobody overwrites what he cannot read. */
    private void hit(FileData data, String path, int sign) {
      if (data.start() < 0) {
        return;
      }
      boolean owned = false;
      for (int i = 0; i < state.inodes.length; i++) {
        if (state.inodes[i] instanceof FileData file && file.start() == data.start()) {
          owned = true;
          high += sign * PathHash.high(path) * Hash128.mix(state.names.highOf(i));
          low += sign * PathHash.low(path) * Hash128.mix(state.names.lowOf(i));
        }
      }
      if (!owned) {
        long[] sharing = freed.computeIfAbsent(data.start(), start -> new long[2]);
        sharing[0] += PathHash.high(path);
        sharing[1] += PathHash.low(path);
      }
    }

    /** Freed blocks that several stale names lead to: a write through one shows in the others. */
    void addShared() {
      for (long[] sharing : freed.values()) {
        high += Hash128.mix(sharing[0]);
        low += Hash128.mix(sharing[1]);
      }
    }

    private void put(String path, long wide, long other, int sign) {
      high += sign * PathHash.high(path) * wide;
      low += sign * PathHash.low(path) * other;
    }
  }
}
