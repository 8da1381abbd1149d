package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.bootloader.BootVolume.Lookup;
import dev.plugpull.sim.filesystem.Inode.DirData;
import dev.plugpull.sim.filesystem.Inode.FileData;
import dev.plugpull.sim.filesystem.Inode.Kind;
import dev.plugpull.sim.filesystem.Inode.LinkData;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.Optional;

/**
 * A journalled volume as a boot loader reads it: names through stale directory blocks, numbers through stale inode
 * blocks, data wherever the inode that it sees points.
 */
final class HomeView {
  static final int DEPTH = 32;
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

  /** The target of the symbolic link at a path; empty if its name or its inode is none. */
  Optional<String> link(String path) {
    if (!(walk(PathHash.parent(path)) instanceof Found.At at) || at.kind() != Kind.DIRECTORY) {
      return Optional.empty();
    }
    DirData directory = directory(at.number());
    int index = directory == null ? -1 : directory.find(path.substring(path.lastIndexOf('/') + 1));
    return index >= 0 && directory.kinds[index] == Kind.LINK && inode(directory.inodes[index]) instanceof LinkData link
        ? Optional.of(link.target())
        : Optional.empty();
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
    return new HomeDifference(state, this, new HomeView(state.with((Home) null))).fingerprint();
  }

  /** Fingerprint of the names and contents that a boot loader sees in the one folder that it reads. */
  Hash128 folder() {
    BootReads reads = state.volume.reads();
    Hash128 sum = Hash128.of(lookup(reads.folder()).getClass().getSimpleName());
    for (String name : list(reads.folder())) {
      String path = PathHash.child(reads.folder(), name);
      sum = sum.then(Hash128.of(path)).then(switch (lookup(path)) {
        case Lookup.File file -> reads.fingerprint(file.content());
        case Lookup other -> Hash128.of(other.toString());
      });
    }
    return sum;
  }
}
