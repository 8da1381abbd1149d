package dev.plugpull.faultinjection.disk.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder;

  /** Writes so many requests, one frame each, and their answers. */
  private Path record(int requests, boolean close) throws IOException {
    Path file = folder.resolve("log" + requests + close);
    LogWriter log = LogWriter.create(file, LogHeader.of("disk", 1 << 20));
    for (int i = 0; i < requests; i++) {
      ByteBuffer data = ByteBuffer.wrap(data(i));
      long at = log.issued(0, 1, Operation.WRITE, i % 2 == 0, 512L * i, 512, data);
      log.completed(at, i % 3, false);
      log.sync();
    }
    if (close) {
      log.close();
    }
    return file;
  }

  private static byte[] data(int seed) {
    byte[] data = new byte[512];
    new Random(seed).nextBytes(data);
    return data;
  }

  private static List<LogEntry> readAll(LogReader reader) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
      entries.add(entry);
    }
    return entries;
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    try (LogReader reader = LogReader.open(record(9, true))) {
      List<LogEntry> entries = readAll(reader);
      assertThat(entries).hasSize(18);
      LogEntry.Issued fifth = (LogEntry.Issued) entries.get(8);
      assertThat(fifth.data()).isEqualTo(data(4));
      assertThat(fifth.offset()).isEqualTo(2048);
      assertThat(fifth.fua()).isTrue();
      assertThat(entries.get(9)).isEqualTo(new LogEntry.Completed(8, 1, false));
      assertThat(reader.complete()).isTrue();
    }
  }

  @Test
  void isReadableUpToItsLastWholeFrameWhereverItIsCut() throws IOException {
    byte[] whole = Files.readAllBytes(record(6, true));
    Path cut = folder.resolve("cut");
    int most = 0;
    for (int length = 60; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      try (LogReader reader = LogReader.open(cut)) {
        int entries = readAll(reader).size();
        assertThat(entries).isGreaterThanOrEqualTo(most).isLessThanOrEqualTo(12);
        assertThat(reader.complete()).isFalse();
        assertThat(reader.ending()).isNotEmpty();
        most = entries;
      }
    }
    assertThat(most).isEqualTo(12);
  }

  @Test
  void findsEveryFlippedBit() throws IOException {
    Path file = record(3, true);
    byte[] whole = Files.readAllBytes(file);
    List<LogEntry> right;
    try (LogReader reader = LogReader.open(file)) {
      right = readAll(reader);
    }
    Path bad = folder.resolve("bad");
    for (int bit = 0; bit < whole.length * 8; bit += 5) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(bad, damaged);
      try (LogReader reader = LogReader.open(bad)) {
        List<LogEntry> entries = readAll(reader);
        assertThat(reader.complete()).as("bit %d", bit).isFalse();
        assertThat(entries.toString()).isEqualTo(right.subList(0, entries.size()).toString());
      } catch (IOException refused) {
        assertThat(refused).hasMessageStartingWith("cannot read disk log");
      }
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException {
    byte[] other = Files.readAllBytes(record(1, true));
    other[11] = 2;
    Path file = Files.write(folder.resolve("v2"), other);
    assertThatThrownBy(() -> LogReader.open(file)).hasMessageContaining("format version 2");
    Path text = Files.writeString(folder.resolve("text"), "not a log at all, really");
    assertThatThrownBy(() -> LogReader.open(text)).hasMessageContaining("not a disk log");
    assertThatThrownBy(() -> LogReader.open(folder)).hasMessageContaining("folder");
    assertThatThrownBy(() -> LogReader.open(folder.resolve("none"))).hasMessageContaining("no such file");
    assertThatThrownBy(() -> LogWriter.create(text, LogHeader.of("d", 512))).hasMessageContaining("exists");
  }

  @Test
  void isWholeInTheFileAtEveryMark() throws IOException {
    Path file = folder.resolve("live");
    try (LogWriter log = LogWriter.create(file, LogHeader.of("disk", 4096))) {
      log.issued(0, 1, Operation.READ, false, 0, 4096, ByteBuffer.allocate(0));
      log.mark("update started");
      try (LogReader reader = LogReader.open(file)) {
        assertThat(readAll(reader)).hasSize(2).last().isEqualTo(new LogEntry.Mark("update started"));
        assertThat(reader.ending()).contains("no end record");
      }
    }
  }
}
