package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.filesystem.Inode.DirData;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;

/** Inodes and directories, each changed by writes that know nothing of each other. */
final class WeakState implements VolumeState {
  static final int ROOT = 0;

  final Identity identity;
  final long blocks;
  final Object[] inodes;
  private Tree tree;

  /** Data blocks as far as written, and the size that the inode claims. */
  record WeakFile(Content data, long size) {
    Content content() {
      if (data.length() >= size) {
        return data.prefix(size);
      }
      return data.bytes().isPresent() && size < Integer.MAX_VALUE
          ? Content.of(Arrays.copyOf(data.bytes().orElseThrow(), (int) size))
          : Content.damaged("hole behind " + data.hash(), size);
    }
  }

  WeakState(Identity identity, long blocks, Object[] inodes) {
    this.identity = identity;
    this.blocks = blocks;
    this.inodes = inodes;
  }

  static WeakState of(Identity identity, long blocks, Tree tree) {
    Filling filling = new Filling();
    filling.directory(tree.root());
    return new WeakState(identity, blocks, filling.inodes);
  }

  private static final class Filling {
    private Object[] inodes = new Object[64];
    private int next;
    private final java.util.TreeMap<Long, Integer> linked = new java.util.TreeMap<>();

    int directory(Tree.Directory directory) {
      int number = next++;
      DirData data = DirData.empty(-1);
      for (String name : directory.names()) {
        Tree.Node node = directory.get(name);
        int child =
            switch (node) {
              case Tree.Directory below -> directory(below);
              case Tree.Symlink link -> put(next++, link.target());
              case Tree.File file -> file(file);
            };
        data = data.with(name, child, JournalState.kindOf(node));
      }
      return put(number, data);
    }

    private int file(Tree.File file) {
      Integer known = file.inode() == 0 ? null : linked.get(file.inode());
      if (known != null) {
        return known;
      }
      linked.put(file.inode(), next);
      return put(next++, new WeakFile(file.content(), file.content().length()));
    }

    private int put(int number, Object inode) {
      if (number >= inodes.length) {
        inodes = Arrays.copyOf(inodes, number * 2);
      }
      inodes[number] = inode;
      return number;
    }
  }

  Object inode(int number) {
    return number < inodes.length ? inodes[number] : null;
  }

  WeakState with(int number, Object inode) {
    Object[] others = Arrays.copyOf(inodes, Math.max(inodes.length, number + 1));
    others[number] = inode;
    return new WeakState(identity, blocks, others);
  }

  DirData directory(int number) {
    return inode(number) instanceof DirData directory ? directory : DirData.empty(-1);
  }

  WeakFile file(int number) {
    return inode(number) instanceof WeakFile file ? file : new WeakFile(Content.EMPTY, 0);
  }

  @Override
  public Hash128 hash() {
    return recovered().hash();
  }

  @Override
  public Tree recovered() {
    if (tree == null) {
      tree = Tree.of(tree(ROOT));
    }
    return tree;
  }

  private Tree.Directory tree(int number) {
    Tree.Directory result = Tree.Directory.empty(number);
    DirData data = directory(number);
    for (int i = 0; i < data.names.length; i++) {
      int child = data.inodes[i];
      Tree.Node node =
          switch (data.kinds[i]) {
            case DIRECTORY -> tree(child);
            case LINK -> new Tree.Symlink(inode(child) instanceof String target ? target : "", child);
            case FILE -> new Tree.File(file(child).content(), child, child);
          };
      result = result.with(data.names[i], node);
    }
    return result;
  }

  @Override
  public boolean homeIsCurrent() {
    return true;
  }

  @Override
  public VolumeState checkpointed() {
    return this;
  }

  /** Numbers are given anew, so that equal trees have equal futures. */
  @Override
  public LiveVolume open() {
    return new WeakLive(of(identity, blocks, recovered()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeakState state && state.hash().equals(hash());
  }

  @Override
  public int hashCode() {
    return hash().hashCode();
  }
}
