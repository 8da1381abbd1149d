package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Hash128;

/**
 * The durable content of a btrfs volume.
 *
 * @param recovered the committed tree with the log replayed
 * @param committed what the last superblock points to: the loader's view
 * @param reserved the first MiB, which belongs to boot loaders
 */
record BtrfsState(Format format, Tree recovered, Tree committed, RawState reserved) implements VolumeState {

  /** What never changes. */
  record Format(Identity identity, long blocks) {}

  /** The tree with an inode number for every node. */
  static Tree numbered(Tree tree) {
    long[] next = {256};
    return Tree.of(numbered(tree.root(), next, new java.util.TreeMap<>()));
  }

  private static Tree.Directory numbered(Tree.Directory old, long[] next, java.util.TreeMap<Long, Long> links) {
    Tree.Directory result = Tree.Directory.empty(next[0]++);
    for (String name : old.names()) {
      Tree.Node node =
          switch (old.get(name)) {
            case Tree.Directory below -> numbered(below, next, links);
            case Tree.Symlink link -> new Tree.Symlink(link.target(), next[0]++);
            case Tree.File file -> {
              long known = file.inode() == 0 ? next[0]++ : links.computeIfAbsent(file.inode(), key -> next[0]++);
              yield new Tree.File(file.content(), known, known);
            }
          };
      result = result.with(name, node);
    }
    return result;
  }

  BtrfsState committing(Tree tree) {
    return new BtrfsState(format, tree, tree, reserved);
  }

  BtrfsState logging(Tree replayed) {
    return new BtrfsState(format, replayed, committed, reserved);
  }

  @Override
  public Hash128 hash() {
    Hash128 both = recovered.hash().then(committed.hash());
    return reserved.hash().equals(Hash128.ZERO) ? both : both.then(reserved.hash());
  }

  @Override
  public boolean homeIsCurrent() {
    return recovered.equals(committed);
  }

  @Override
  public BtrfsState checkpointed() {
    return recovered == committed ? this : committing(recovered);
  }

  @Override
  public LiveVolume open() {
    return new BtrfsLive(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BtrfsState state && state.hash().equals(hash());
  }

  @Override
  public int hashCode() {
    return hash().hashCode();
  }
}
