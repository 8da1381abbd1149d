package dev.plugpull.faultinjection.crashfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A regular file that is open: its bytes, and the names it has now. A file without a name lives until it is closed. */
abstract class StoredFile {
  final TreeSet<String> names = new TreeSet<>();
  final List<FileLock> locks = new ArrayList<>(0);
  int users;

  abstract long size() throws IOException;

  /** Reads at an offset; -1 at the end. */
  abstract int read(long offset, ByteBuffer into) throws IOException;

  /** Writes at an offset; a gap is filled with zeros. */
  abstract void write(long offset, byte[] bytes) throws IOException;

  /** Cuts to a smaller size. */
  abstract void truncate(long size) throws IOException;

  /** Nobody uses it any more. */
  void release() throws IOException {}
}
