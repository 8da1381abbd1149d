package dev.plugpull.conformance.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.image.FileImage;
import dev.plugpull.faultinjection.disk.log.DiskLog;
import dev.plugpull.faultinjection.disk.log.LogEntry;
import dev.plugpull.faultinjection.disk.log.LogHeader;
import dev.plugpull.faultinjection.disk.log.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crash states of small logs that can be written out by hand. */
class StatePlanTest {
  @TempDir
  private Path folder;

  private final List<LogEntry> entries = new ArrayList<>();

  private void write(int block, int value) {
    byte[] data = new byte[1024];
    Arrays.fill(data, (byte) value);
    answered(new LogEntry.Issued(0, 0, Operation.WRITE, false, block * 1024L, 1024, data));
  }

  private void flush() {
    answered(new LogEntry.Issued(0, 0, Operation.FLUSH, false, 0, 0, new byte[0]));
  }

  private void answered(LogEntry.Issued request) {
    entries.add(request);
    entries.add(new LogEntry.Completed(entries.size() - 1, 0, false));
  }

  private StatePlan plan() throws IOException {
    FileImage image = FileImage.openReadOnly(Files.write(folder.resolve("base"), new byte[8192]));
    return StatePlan.of(new DiskLog(LogHeader.of("d", 8192), entries, true, ""), DiskState.of(image));
  }

  /** First byte of each of the first three kilobytes. */
  private static List<Integer> bytes(CrashState state) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(8192);
    state.disk().read(0, all);
    return List.of((int) all.get(0), (int) all.get(1024), (int) all.get(2048));
  }

  @Test
  void prefixesLossesAndTears() throws IOException {
    write(0, 1);
    flush();
    write(1, 2);
    write(2, 3);
    flush();
    StatePlan plan = plan();
    assertThat(plan.changes()).isEqualTo(3);
    assertThat(plan.boundaries()).containsExactly(4, 10);
    List<String> states = new ArrayList<>();
    for (CrashState state : plan.prefixes(0, 10)) {
      states.add(state.id() + bytes(state));
    }
    for (CrashState state : plan.drops(4, 10)) {
      states.add(state.id() + bytes(state));
    }
    assertThat(states).containsExactly("prefix:1[1, 0, 0]", "prefix:5[1, 2, 0]", "prefix:7[1, 2, 3]",
        "flushed:9[1, 0, 0]", "drop:9:4[1, 0, 3]");
    CrashState torn = plan.named("torn:5:4:512");
    assertThat(bytes(torn)).containsExactly(1, 2, 0);
    ByteBuffer second = ByteBuffer.allocate(1);
    torn.disk().read(1024 + 512, second);
    assertThat(second.get(0)).as("the second unit of the torn request").isZero();
    assertThat(plan.tears(0, 10, 15)).extracting(CrashState::id)
        .containsExactly("torn:1:0:512", "torn:5:4:512", "torn:7:6:512");
  }

  @Test
  void everyIdBuildsItsStateAgain() throws IOException {
    for (int i = 0; i < 6; i++) {
      write(i % 3, i + 1);
      if (i % 2 == 1) {
        flush();
      }
    }
    StatePlan plan = plan();
    List<CrashState> all = new ArrayList<>(plan.prefixes(0, entries.size()));
    all.addAll(plan.drops(0, entries.size()));
    all.addAll(plan.tears(0, entries.size(), 3));
    assertThat(all).hasSizeGreaterThan(12);
    for (CrashState state : all) {
      assertThat(plan.named(state.id()).disk().hash()).as(state.id()).isEqualTo(state.disk().hash());
    }
    for (String bad : List.of("", "prefix", "prefix:x", "prefix:999", "drop:1:1", "torn:2:1:5", "torn:1:0:99999")) {
      assertThatThrownBy(() -> plan.named(bad)).as(bad).isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("cannot find crash state");
    }
  }
}
