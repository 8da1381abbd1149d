package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.filesystem.WriteLog.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is pending beside the metadata stream for one file of a journaling file system. */
final class JournalFile {
  Entry<JournalState> size;
  /** The stream's member that created or truncated the file. */
  Entry<JournalState> born;
  boolean truncated;
  final List<Entry<JournalState>> data = new ArrayList<>(0);
  /** Appends, oldest first, and where each began. */
  final List<Extent> extents = new ArrayList<>(0);
  /** The last write of each sector; null before the first. */
  Entry<JournalState>[] sectors;

  /** An append: its first byte, and the write after which it is in the file. */
  record Extent(long from, Entry<JournalState> size) {}

  /** The last pending append that brought bytes before this offset; what stands there needs it. Null for none. */
  Entry<JournalState> holding(long end) {
    for (int i = extents.size() - 1; i >= 0; i--) {
      if (extents.get(i).from() < end) {
        return extents.get(i).size();
      }
    }
    return null;
  }

  /** The pending write of a sector, which a later one follows. Null for none. */
  Entry<JournalState> latest(int sector) {
    return sectors == null || sector >= sectors.length ? null : sectors[sector];
  }

  @SuppressWarnings("unchecked")
  void written(int sector, Entry<JournalState> entry) {
    if (sectors == null) {
      sectors = (Entry<JournalState>[]) new Entry<?>[sector + 1];
    } else if (sectors.length <= sector) {
      sectors = Arrays.copyOf(sectors, (sector + 1) * 2);
    }
    sectors[sector] = entry;
  }
}
