package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;

/**
 * Collects what a freshly formatted volume holds.
 *
 * @param <F> the concrete formatter
 */
public abstract class Formatter<F extends Formatter<F>> {
  private Tree tree = Tree.EMPTY;
  private Identity identity;
  private long bytes = 1L << 30;

  Formatter(String type, String label) {
    identity = new Identity(type, label, "", label, 0, 1);
  }

  abstract F self();

  /** The volume as formatted. */
  public abstract VolumeState state();

  /** Size of the partition in bytes; 1 GiB unless told. */
  public F size(long newBytes) {
    if (newBytes <= 0) {
      throw new IllegalArgumentException("cannot format a volume of " + newBytes + " bytes: no room");
    }
    bytes = newBytes;
    return self();
  }

  /** UUID of the file system. */
  public F uuid(String uuid) {
    identity = identity.withUuid(uuid);
    return self();
  }

  /** Disk (from 0) and partition (from 1) it lies on. */
  public F at(int disk, int partition) {
    identity = identity.at(disk, partition);
    return self();
  }

  /** GPT name of the partition; the label unless told. */
  public F partitionName(String name) {
    identity = identity.named(name);
    return self();
  }

  /** A file; directories above it are made. */
  public F with(String path, Content content) {
    tree = withParents(path).with(path, new Tree.File(content, 0, 0));
    return self();
  }

  public F withDirectory(String path) {
    tree = withParents(PathHash.child(path, "x"));
    return self();
  }

  public F withSymlink(String target, String path) {
    tree = withParents(path).with(path, new Tree.Symlink(target, 0));
    return self();
  }

  private Tree withParents(String path) {
    String parent = PathHash.parent(path);
    if (parent.equals("/") || tree.get(parent) instanceof Tree.Directory) {
      return tree;
    }
    return withParents(parent).with(parent, Tree.Directory.empty(0));
  }

  Tree tree() {
    return tree;
  }

  Identity identity() {
    return identity;
  }

  long bytes() {
    return bytes;
  }
}
