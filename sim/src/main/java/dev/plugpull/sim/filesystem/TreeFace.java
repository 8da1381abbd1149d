package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A boot loader's face over a plain tree, without any writer. */
class TreeFace implements BootVolume {
  private static final int LINKS = 40;

  private final Identity identity;
  private final Supplier<Tree> tree;

  TreeFace(Identity identity, Supplier<Tree> tree) {
    this.identity = identity;
    this.tree = tree;
  }

  @Override
  public int disk() {
    return identity.disk();
  }

  @Override
  public int partition() {
    return identity.partition();
  }

  @Override
  public String label() {
    return identity.label();
  }

  @Override
  public String uuid() {
    return identity.uuid();
  }

  @Override
  public String partitionName() {
    return identity.partitionName();
  }

  @Override
  public String type() {
    return identity.type();
  }

  @Override
  public Lookup lookup(String path) {
    return switch (find(path)) {
      case null -> new Lookup.Missing();
      case Tree.Directory directory -> new Lookup.Directory();
      case Tree.File file -> new Lookup.File(file.content());
      case Tree.Symlink link -> new Lookup.Unreadable("too many symbolic links");
    };
  }

  /** Follows symbolic links; a link comes back only when there were too many. */
  private Tree.Node find(String path) {
    ArrayDeque<Tree.Directory> above = new ArrayDeque<>();
    ArrayDeque<String> rest = new ArrayDeque<>(List.of(path.split("/")));
    Tree.Node at = tree.get().root();
    int links = 0;
    while (!rest.isEmpty()) {
      String name = rest.pop();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        at = above.isEmpty() ? tree.get().root() : above.pop();
        continue;
      }
      if (!(at instanceof Tree.Directory directory)) {
        return null;
      }
      Tree.Node next = directory.get(name);
      if (next instanceof Tree.Symlink link) {
        if (++links > LINKS) {
          return link;
        }
        String[] parts = link.target().split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
          rest.push(parts[i]);
        }
        if (link.target().startsWith("/")) {
          above.clear();
          at = tree.get().root();
        }
        continue;
      }
      if (next == null) {
        return null;
      }
      above.push(directory);
      at = next;
    }
    return at;
  }

  @Override
  public Optional<String> link(String path) {
    return tree.get().get(path) instanceof Tree.Symlink link ? Optional.of(link.target()) : Optional.empty();
  }

  @Override
  public List<String> list(String directory) {
    return find(directory) instanceof Tree.Directory found ? found.names() : List.of();
  }

  @Override
  public boolean overwrite(String path, long offset, byte[] data) {
    return false;
  }

  @Override
  public boolean rewrite(String path, Content content) {
    return false;
  }

  /** Zeros: the bytes of a file system's own structures are not modelled. */
  @Override
  public byte[] readRaw(long offset, int length) {
    return new byte[length];
  }

  @Override
  public void writeRaw(long offset, byte[] data) {
    throw new IllegalStateException("cannot write raw sectors of " + label() + ": it holds a file system");
  }
}
