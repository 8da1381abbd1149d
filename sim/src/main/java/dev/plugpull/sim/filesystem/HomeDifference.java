package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.filesystem.Inode.DirData;
import dev.plugpull.sim.filesystem.Inode.FileData;
import dev.plugpull.sim.filesystem.Inode.Kind;
import dev.plugpull.sim.filesystem.Inode.LinkData;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.TreeMap;

/**
 * How a boot loader's view differs from the recovered one, as far as the loader reads: adds what is seen and takes off
 * what is recovered. Whatever is the same object in both is passed over.
 */
final class HomeDifference {
  private final JournalState state;
  private final Home home;
  private final BootReads reads;
  private final HomeView seen;
  private final HomeView recovered;
  private final TreeMap<Long, long[]> freed = new TreeMap<>();
  private long high;
  private long low;

  /** Bits: inode numbers that the two views have differently, and the directories above them. */
  private long[] differs;

  HomeDifference(JournalState state, HomeView seen, HomeView recovered) {
    this.state = state;
    this.home = state.home;
    this.reads = state.volume.reads();
    this.seen = seen;
    this.recovered = recovered;
  }

  /** Zero if a loader cannot tell the views apart. */
  Hash128 fingerprint() {
    if (!reads.onlyFolder() && !mark()) {
      return Hash128.ZERO;
    }
    compare(JournalVolume.ROOT, "/", 0);
    addShared();
    if (high == 0 && low == 0) {
      return Hash128.ZERO;
    }
    return new Hash128(Hash128.mix(high ^ 0x5851F42D4C957F2DL), Hash128.mix(low + 0x14057B7EF767814FL));
  }

  /** Finds out where it is worth looking; false if the views show the same. */
  private boolean mark() {
    differs = new long[(highest() >>> 6) + 1];
    boolean any = false;
    for (int i = 0; i < home.blocks.length; i++) {
      if (home.blocks[i] >= 0) {
        int from = first(home.blocks[i]);
        for (int k = 0; k < JournalVolume.INODES_PER_BLOCK; k++) {
          if (((Inode[]) home.contents[i])[k] != state.inode(from + k)) {
            set(from + k);
            any = true;
          }
        }
      }
    }
    for (int i = 0; i < state.inodes.length; i++) {
      if (state.inodes[i] instanceof DirData now && home.find(now.block) >= 0) {
        set(i);
        any = true;
      }
    }
    int[] pairs = any ? state.names.pairs() : new int[0];
    for (int i = 0; i < pairs.length; i += 2) {
      if (differs(pairs[i])) {
        set(pairs[i + 1]);
      }
    }
    return any;
  }

  private int highest() {
    int highest = state.inodes.length;
    for (int block : home.blocks) {
      highest = Math.max(highest, first(block) + JournalVolume.INODES_PER_BLOCK);
    }
    return highest;
  }

  private static int first(int block) {
    return block * JournalVolume.INODES_PER_BLOCK + 1;
  }

  private void set(int number) {
    differs[number >>> 6] |= 1L << number;
  }

  private boolean differs(int number) {
    return (differs[number >>> 6] & 1L << number) != 0;
  }

  /** Both views reach the same directory at this path. */
  private void compare(int number, String path, int depth) {
    DirData then = seen.directory(number);
    DirData now = recovered.directory(number);
    if (then == null || now == null || depth > HomeView.DEPTH) {
      everything(seen, number, path, depth, 1);
      everything(recovered, number, path, depth, -1);
      return;
    }
    String only = reads.step(depth);
    if (only != null) {
      both(then, then.find(only), now, now.find(only), path, depth);
      return;
    }
    int i = 0;
    int k = 0;
    while (i < then.names.length || k < now.names.length) {
      int order = order(then, i, now, k);
      both(then, order <= 0 ? i : -1, now, order >= 0 ? k : -1, path, depth);
      i += order <= 0 ? 1 : 0;
      k += order >= 0 ? 1 : 0;
    }
  }

  /** One name, with its place in either directory; a negative place says that it is not there. */
  private void both(DirData then, int i, DirData now, int k, String path, int depth) {
    if (i >= 0 && k >= 0 && then.inodes[i] == now.inodes[k] && then.kinds[i] == now.kinds[k]) {
      same(then, i, path, depth);
      return;
    }
    if (i >= 0) {
      entry(seen, then, i, path, depth, 1);
    }
    if (k >= 0) {
      entry(recovered, now, k, path, depth, -1);
    }
  }

  private static int order(DirData then, int i, DirData now, int k) {
    if (i == then.names.length || k == now.names.length) {
      return i == then.names.length ? 1 : -1;
    }
    return then.names[i] == now.names[k] ? 0 : then.names[i].compareTo(now.names[k]);
  }

  private void same(DirData directory, int index, String path, int depth) {
    int number = directory.inodes[index];
    if (differs != null && !differs(number)) {
      return;
    }
    if (directory.kinds[index] == Kind.DIRECTORY) {
      compare(number, PathHash.child(path, directory.names[index]), depth + 1);
    } else if (seen.inode(number) != recovered.inode(number)) {
      entry(seen, directory, index, path, depth, 1);
      entry(recovered, directory, index, path, depth, -1);
    }
  }

  private void everything(HomeView view, int number, String path, int depth, int sign) {
    DirData directory = view.directory(number);
    if (directory == null || depth > HomeView.DEPTH) {
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
    if (!reads.reaches(child)) {
      return;
    }
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
      Hash128 hash = reads.fingerprint(content);
      put(path, hash.hi(), hash.lo(), sign);
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
  private void addShared() {
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
