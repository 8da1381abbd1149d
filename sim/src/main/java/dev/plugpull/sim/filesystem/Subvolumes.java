package dev.plugpull.sim.filesystem;

import java.util.List;

/**
 * What btrfs can do beyond other file systems: subvolumes, snapshots of them, and which one a mount takes by default.
 *
 * <p>Which call commits the transaction is as measured (micro-os.md section 2): a snapshot and a change of the property
 * {@code ro} do, with everything that was done before; the others are durable only with the next commit.
 *
 * <p>In a {@link Tree} a subvolume is a directory; which directories are subvolumes, and the default one, stands in
 * links below {@code /.btrfs}, which no program sees.
 */
public interface Subvolumes {

  /** The calls of a mounted btrfs volume. */
  static Subvolumes of(LiveVolume volume) {
    if (volume instanceof Subvolumes subvolumes) {
      return subvolumes;
    }
    throw new IllegalStateException("cannot use subvolumes: not a btrfs volume");
  }

  /** {@code btrfs subvolume create}: empty and writable; not durable. */
  void createSubvolume(String path);

  /** {@code btrfs subvolume snapshot}: writable, without the subvolumes nested in it; commits. */
  void snapshot(String from, String to);

  /** {@code btrfs property set ro}: commits. */
  void readOnly(String path, boolean readOnly);

  /** {@code btrfs subvolume set-default}: not durable. */
  void setDefault(String path);

  /**
   * {@code btrfs subvolume delete}: with all its files; not durable. Refused, as an error of the caller, for the
   * default subvolume and for one that has others nested in it.
   */
  void deleteSubvolume(String path);

  /** Path of the default subvolume in a tree, {@code /} if none was set. */
  static String defaultIn(Tree tree) {
    String target = tree.target(SubvolumeTree.DEFAULT);
    return target == null ? "/" : target;
  }

  /** True if there is a subvolume at this path. */
  static boolean exists(Tree tree, String path) {
    return tree.exists(SubvolumeTree.entry(path));
  }

  /** True if there is a subvolume at this path and nothing can be written in it. */
  static boolean isReadOnly(Tree tree, String path) {
    return SubvolumeTree.READ_ONLY.equals(tree.target(SubvolumeTree.entry(path)));
  }

  /** Subvolumes nested in one, by path, the deepest last. */
  static List<String> nested(Tree tree, String path) {
    return SubvolumeTree.nested(tree, path);
  }
}
