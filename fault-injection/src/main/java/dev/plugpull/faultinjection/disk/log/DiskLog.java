package dev.plugpull.faultinjection.disk.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole recording in memory.
 *
 * <p>A <em>position</em> is a number of entries: the moment after entry {@code position - 1}.
 *
 * @param complete false if the recording was killed or the file is damaged; {@code entries} is what could be read
 * @param ending how the file ends, in words
 */
public record DiskLog(LogHeader header, List<LogEntry> entries, boolean complete, String ending) {

  public DiskLog {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a log as far as it is whole.
   *
   * @throws IOException {@code cannot read disk log ...}
   */
  public static DiskLog read(Path path) throws IOException {
    try (LogReader reader = LogReader.open(path)) {
      List<LogEntry> entries = new ArrayList<>();
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
      }
      return new DiskLog(reader.header(), entries, reader.complete(), reader.ending());
    }
  }

  /** Number of entries: the last position. */
  public int size() {
    return entries.size();
  }

  /** The position right after the first mark of this name; -1 if there is none. */
  public int positionOfMark(String name) {
    int index = entries.indexOf(new LogEntry.Mark(name));
    return index < 0 ? -1 : index + 1;
  }

  /** The request that this entry answers. */
  public LogEntry.Issued request(LogEntry.Completed answer) {
    return (LogEntry.Issued) entries.get((int) answer.request());
  }

  /** How many flushes the disk acknowledged without lying; a recording that saw none proves nothing. */
  public long flushes() {
    return entries.stream()
        .filter(e -> e instanceof LogEntry.Completed c && c.error() == 0 && !c.lied()
            && request(c).operation() == Operation.FLUSH)
        .count();
  }
}
