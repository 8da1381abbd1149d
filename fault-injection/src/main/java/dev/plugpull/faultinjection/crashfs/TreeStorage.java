package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.util.List;

/**
 * A crash state as a file system: reads go to the state, which never changes; a write puts a new tree over it that
 * shares everything else.
 */
final class TreeStorage implements Storage {
  private static final FileTime NO_TIME = FileTime.fromMillis(0);

  private Tree tree;
  private long nextInode = 1L << 40;

  TreeStorage(Tree tree) {
    this.tree = tree;
  }

  @Override
  public Node stat(String path) {
    return switch (tree.get(path)) {
      case null -> null;
      case Tree.File file -> new Node(Kind.FILE, file.content().length(), key(path, file.inode()), "", NO_TIME);
      case Tree.Directory directory -> new Node(Kind.DIRECTORY, 0, path, "", NO_TIME);
      case Tree.Symlink link -> new Node(Kind.LINK, link.target().length(), path, link.target(), NO_TIME);
    };
  }

  /** FAT has no inode numbers that could be compared. */
  private Object key(String path, long inode) {
    return tree.root().inode() < 0 || inode == 0 ? path : (Object) inode;
  }

  @Override
  public List<String> list(String path) {
    return tree.names(path);
  }

  @Override
  public StoredFile open(String path) {
    Tree.File file = (Tree.File) tree.get(path);
    Opened opened = new Opened(file);
    opened.names.add(path);
    return opened;
  }

  private final class Opened extends StoredFile {
    private final long inode;
    private Content content;
    private byte[] bytes;
    private boolean allNames;

    Opened(Tree.File file) {
      inode = file.inode();
      content = file.content();
    }

    @Override
    long size() {
      return content.length();
    }

    @Override
    int read(long offset, ByteBuffer into) {
      if (offset >= content.length()) {
        return -1;
      }
      int count = (int) Math.min(into.remaining(), content.length() - offset);
      into.put(bytes(), (int) offset, count);
      return count;
    }

    private byte[] bytes() {
      if (bytes == null) {
        bytes = content.bytes().orElseGet(() -> garbage(content));
      }
      return bytes;
    }

    @Override
    void write(long offset, byte[] data) {
      change(readable().overwritten(offset, data));
    }

    @Override
    void truncate(long size) {
      change(readable().prefix(size));
    }

    private Content readable() {
      return content.isOpaque() ? Content.of(bytes()) : content;
    }

    private void change(Content now) {
      findNames();
      content = now;
      bytes = null;
      for (String name : names) {
        tree = tree.with(name, new Tree.File(now, inode, 0));
      }
    }

    private void findNames() {
      if (!allNames && inode > 0 && tree.root().inode() >= 0) {
        collect(tree.root(), "");
      }
      allNames = true;
    }

    private void collect(Tree.Directory directory, String path) {
      for (String name : directory.names()) {
        switch (directory.get(name)) {
          case Tree.Directory below -> collect(below, path + "/" + name);
          case Tree.File file when file.inode() == inode -> names.add(path + "/" + name);
          case Tree.File other -> {}
          case Tree.Symlink link -> {}
        }
      }
    }
  }

  /** Content of which the rules say only that it is neither old nor new: bytes nobody wrote, always the same. */
  private static byte[] garbage(Content content) {
    byte[] result = new byte[Math.toIntExact(content.length())];
    Hash128 hash = content.hash();
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) (Hash128.mix(hash.lo() + i) | 0x80);
    }
    return result;
  }

  @Override
  public void makeDirectory(String path) {
    tree = tree.with(path, Tree.Directory.empty(tree.root().inode() < 0 ? -1 : nextInode++));
  }

  @Override
  public void create(String path) {
    tree = tree.with(path, new Tree.File(Content.EMPTY, nextInode++, 0));
  }

  @Override
  public void remove(String path) {
    tree = tree.without(path);
  }

  @Override
  public void rename(String from, String to) {
    Tree.Node node = tree.get(from);
    tree = tree.without(from).with(to, node);
  }

  @Override
  public void symbolicLink(String target, String path) {
    tree = tree.with(path, new Tree.Symlink(target, nextInode++));
  }

  @Override
  public void hardLink(String existing, String path) {
    tree = tree.with(path, tree.get(existing));
  }
}
