package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.filesystem.Inode.DirData;
import dev.plugpull.sim.filesystem.Inode.Kind;
import dev.plugpull.sim.filesystem.WriteLog.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects what one metadata call changes: names, inodes, home blocks. Nothing happens before {@link #add}. */
final class JournalCall {
  private final JournalLive live;
  private final JournalVolume volume;
  private final String call;
  private final String path;
  private String other = "";
  private Names after;
  private int[] touched = new int[4];
  private Inode[] values = new Inode[4];
  private int count;
  private int[] homes = new int[4];
  private int homeCount;
  private final List<Inode> freed = new ArrayList<>(0);

  JournalCall(JournalLive live, JournalVolume volume, String call, String path) {
    this.live = live;
    this.volume = volume;
    this.after = live.names();
    this.call = call;
    this.path = path;
  }

  JournalCall to(String target) {
    other = target;
    return this;
  }

  JournalCall names(Names changed) {
    after = changed;
    return this;
  }

  JournalCall set(int number, Inode inode) {
    touch(number, inode);
    return home(JournalVolume.inodeBlock(number));
  }

  private void touch(int number, Inode inode) {
    for (int i = 0; i < count; i++) {
      if (touched[i] == number) {
        values[i] = inode;
        return;
      }
    }
    if (count == touched.length) {
      touched = Arrays.copyOf(touched, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    touched[count] = number;
    values[count++] = inode;
  }

  JournalCall home(int block) {
    for (int i = 0; i < homeCount; i++) {
      if (homes[i] == block) {
        return this;
      }
    }
    if (homeCount == homes.length) {
      homes = Arrays.copyOf(homes, homeCount * 2);
    }
    homes[homeCount++] = block;
    return this;
  }

  JournalCall enter(String name, int number, Kind kind) {
    int parent = numberAbove(name);
    changeDirectory(name, parent, directory(parent).with(PathHash.name(name), number, kind));
    return this;
  }

  JournalCall leave(String name) {
    int parent = numberAbove(name);
    changeDirectory(name, parent, directory(parent).without(PathHash.name(name)));
    return this;
  }

  /** A parent has no names of its own among files, so its inode moves in the tree without a trace. */
  private int numberAbove(String name) {
    return (int) live.names().tree().above(name).inode();
  }

  private DirData directory(int number) {
    for (int i = 0; i < count; i++) {
      if (touched[i] == number) {
        return (DirData) values[i];
      }
    }
    return (DirData) live.inode(number);
  }

  private void changeDirectory(String name, int number, DirData changed) {
    DirData old = (DirData) live.inode(number);
    long more = JournalVolume.blocksOfDirectory(changed) - JournalVolume.blocksOfDirectory(old);
    if (more > 0) {
      live.allocate(path, more, -1);
    }
    touch(number, changed);
    entries(name, number, changed);
  }

  /** The home block of a directory's entries changes; nobody can tell if the loader looks at no name that changed. */
  JournalCall entries(String name, int number, DirData directory) {
    return volume.reads().reaches(name) ? home(volume.directoryBlock(number, directory)) : this;
  }

  /** The name of an inode went; the inode goes with its last name. */
  JournalCall release(int number) {
    boolean named = live.inode(number) instanceof Inode.LinkData
        ? hasLink(after.tree().root(), number)
        : after.highOf(number) != 0 || after.lowOf(number) != 0;
    if (!named) {
      freed.add(live.inode(number));
      set(number, null);
    } else {
      touch(number, JournalWrite.UNCHANGED);
    }
    return this;
  }

  /** True if a symbolic link below a directory has this inode: names of links are not counted by inode. */
  private static boolean hasLink(Tree.Directory directory, int number) {
    for (int i = 0; i < directory.size(); i++) {
      boolean here = switch (directory.node(i)) {
        case Tree.Symlink link -> link.inode() == number;
        case Tree.Directory inner -> hasLink(inner, number);
        case Tree.File file -> false;
      };
      if (here) {
        return true;
      }
    }
    return false;
  }

  /** Every file below moves to another path. */
  JournalCall carry(Tree.Node node) {
    switch (node) {
      case Tree.File file -> touch((int) file.inode(), JournalWrite.UNCHANGED);
      case Tree.Directory directory -> directory.names().forEach(name -> carry(directory.get(name)));
      case Tree.Symlink link -> {}
    }
    return this;
  }

  /** Carries it out. */
  Entry<JournalState> add() {
    int[] blocks = volume.bootReadable() ? Arrays.copyOf(homes, homeCount) : new int[0];
    JournalWrite.Metadata write =
        new JournalWrite.Metadata(
            call, path, other, live.names(), after,
            Arrays.copyOf(touched, count), Arrays.copyOf(values, count), blocks);
    return live.carryOut(write, freed);
  }
}
