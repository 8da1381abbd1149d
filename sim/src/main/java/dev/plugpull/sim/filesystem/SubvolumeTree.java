package dev.plugpull.sim.filesystem;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Subvolumes as changes of a tree. */
final class SubvolumeTree {
  static final String FOLDER = "/.btrfs";
  static final String DEFAULT = FOLDER + "/default";
  static final String READ_ONLY = "ro";
  private static final String WRITABLE = "rw";
  private static final char SLASH = ':';

  private SubvolumeTree() {}

  static String entry(String path) {
    return FOLDER + "/subvolumes/" + path.substring(1).replace('/', SLASH);
  }

  static List<String> nested(Tree tree, String path) {
    String within = path.substring(1).replace('/', SLASH) + SLASH;
    List<String> found = new ArrayList<>();
    for (String name : tree.names(FOLDER + "/subvolumes")) {
      if (name.startsWith(within)) {
        found.add("/" + name.replace(SLASH, '/'));
      }
    }
    return found;
  }

  private static Tree entered(Tree tree, String path, String property, LongSupplier inodes) {
    return tree.with(entry(path), new Tree.Symlink(property, inodes.getAsLong()));
  }

  static Tree created(Tree tree, String path, LongSupplier inodes) {
    return entered(tree.with(path, Tree.Directory.empty(inodes.getAsLong())), path, WRITABLE, inodes);
  }

  static Tree snapshot(Tree tree, String from, String to, LongSupplier inodes) {
    Tree.Directory copy = copy(tree, (Tree.Directory) tree.get(from), from, inodes);
    return entered(tree.with(to, copy), to, WRITABLE, inodes);
  }

  /** The same files under new inode numbers, on the same extents; a nested subvolume is an empty directory. */
  private static Tree.Directory copy(Tree tree, Tree.Directory from, String path, LongSupplier inodes) {
    Tree.Directory result = Tree.Directory.empty(inodes.getAsLong());
    for (String name : from.names()) {
      String inner = path + "/" + name;
      result = result.with(name, switch (from.get(name)) {
        case Tree.File file -> new Tree.File(file.content(), inodes.getAsLong(), file.extent());
        case Tree.Symlink link -> new Tree.Symlink(link.target(), inodes.getAsLong());
        case Tree.Directory below -> tree.exists(entry(inner))
            ? Tree.Directory.empty(inodes.getAsLong())
            : copy(tree, below, inner, inodes);
      });
    }
    return result;
  }

  static Tree property(Tree tree, String path, boolean readOnly, LongSupplier inodes) {
    return entered(tree, path, readOnly ? READ_ONLY : WRITABLE, inodes);
  }

  static Tree withDefault(Tree tree, String path, LongSupplier inodes) {
    return tree.with(DEFAULT, new Tree.Symlink(path, inodes.getAsLong()));
  }

  static Tree deleted(Tree tree, String path) {
    if (!tree.exists(entry(path)) || path.equals(tree.target(DEFAULT)) || !nested(tree, path).isEmpty()) {
      throw new IllegalStateException(
          "cannot delete subvolume " + path + ": missing, the default one, or others are nested in it");
    }
    return tree.without(path).without(entry(path));
  }
}
