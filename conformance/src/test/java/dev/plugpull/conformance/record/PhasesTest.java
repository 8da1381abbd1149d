package dev.plugpull.conformance.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.disk.log.DiskLog;
import dev.plugpull.faultinjection.disk.log.LogEntry;
import dev.plugpull.faultinjection.disk.log.LogHeader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cut after N entries has passed the marks among these entries and no other. */
class PhasesTest {

  private static Phases phases(String... entries) {
    List<LogEntry> log = new ArrayList<>();
    for (String entry : entries) {
      log.add(entry.isEmpty() ? new LogEntry.Note("a request") : new LogEntry.Mark(entry));
    }
    return Phases.of(new DiskLog(LogHeader.of("d", 8192), log, true, ""));
  }

  @Test
  void marksDivideTheRecording() {
    Phases phases = phases("", "pull begins", "", "pull ends", "", "deploy begins", "", "deploy ends", "");
    assertThat(phases.names()).containsExactly("before", "pull", "deploy", "after");
    List<String> at = new ArrayList<>();
    for (int position = 0; position <= 9; position++) {
      at.add(phases.at(position));
    }
    assertThat(at).containsExactly("before", "before", "pull", "pull", "pull", "pull", "deploy", "deploy", "after",
        "after");
  }

  @Test
  void aRecordingWithoutMarksIsBeforeTheUpdate() {
    assertThat(phases("", "").at(2)).isEqualTo("before");
  }
}
