package dev.plugpull.sim.filesystem.squashfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects every path of an image, breadth first, within a budget. */
final class DirectoryWalk {

  private static final int MOST_ENTRIES = 200_000;
  private static final int LONGEST_PATH = 4096;
  private static final long MOST_PATH_CHARS = 32L << 20;
  private static final int LONGEST_NAME = 256;
  private static final int MOST_IN_RUN = 256;

  private final MetadataReader metadata;
  private final Superblock superblock;
  private final SortedMap<String, Inode> found = new TreeMap<>();
  private final Set<Long> directoriesSeen = new HashSet<>();
  private long pathChars;

  private record Waiting(String path, Inode.Directory directory) {}

  private final Deque<Waiting> waiting = new ArrayDeque<>();

  DirectoryWalk(MetadataReader metadata, Superblock superblock) {
    this.metadata = metadata;
    this.superblock = superblock;
  }

  /** All paths, sorted, without a leading slash; the root itself is the empty path. */
  SortedMap<String, Inode> run() throws IOException {
    add("", superblock.rootInode());
    if (!(found.get("") instanceof Inode.Directory)) {
      throw new SquashfsException("its root is not a directory");
    }
    while (!waiting.isEmpty()) {
      list(waiting.poll());
    }
    return found;
  }

  private void list(Waiting at) throws IOException {
    if (at.directory.listing() == 0) {
      return;
    }
    MetadataReader.Cursor cursor =
        metadata.at(superblock.directoryTable() + at.directory.block(), at.directory.offset());
    long left = at.directory.listing();
    while (left > 0) {
      ByteBuffer header = cursor.read(12);
      long entries = Integer.toUnsignedLong(header.getInt(0)) + 1;
      if (entries > MOST_IN_RUN) {
        throw new SquashfsException("directory /" + at.path + " says it has a run of " + entries + " entries");
      }
      left -= 12;
      for (long i = 0; i < entries; i++) {
        left -= entry(at.path, cursor, Integer.toUnsignedLong(header.getInt(4)));
      }
    }
    if (left < 0) {
      throw new SquashfsException("directory /" + at.path + " is longer than it says");
    }
  }

  private long entry(String directory, MetadataReader.Cursor cursor, long inodeBlock) throws IOException {
    ByteBuffer fixed = cursor.read(8);
    int length = Short.toUnsignedInt(fixed.getShort(6)) + 1;
    if (length > LONGEST_NAME) {
      throw new SquashfsException("directory /" + directory + " has a name of " + length + " bytes");
    }
    String name = new String(cursor.read(length).array(), StandardCharsets.UTF_8);
    if (name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      throw new SquashfsException("directory /" + directory + " has an entry named \"" + printable(name)
          + "\", which would lead out of it");
    }
    String path = directory.isEmpty() ? name : directory + "/" + name;
    add(path, inodeBlock << 16 | Short.toUnsignedInt(fixed.getShort(0)));
    return 8L + length;
  }

  private void add(String path, long reference) throws IOException {
    pathChars += path.length();
    if (path.length() > LONGEST_PATH || pathChars > MOST_PATH_CHARS || found.size() >= MOST_ENTRIES) {
      throw new SquashfsException("it has more than " + MOST_ENTRIES + " entries or paths over " + LONGEST_PATH
          + " characters (a directory may contain itself)");
    }
    Inode inode = Inode.read(metadata, superblock.inodeTable(), reference);
    if (found.put(path, inode) != null) {
      throw new SquashfsException("two entries have the path /" + printable(path));
    }
    if (inode instanceof Inode.Directory directory) {
      // A directory has exactly one parent: squashfs has no hard links to directories, so a second visit is a cycle.
      if (!directoriesSeen.add(reference)) {
        throw new SquashfsException("directory /" + printable(path) + " contains itself or has two parents");
      }
      waiting.add(new Waiting(path, directory));
    }
  }

  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
