package dev.plugpull.conformance.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stopped or killed run leaves for the next one. */
class JournalTest {
  @TempDir
  private Path folder;

  private static Judgement judgement(String hash, Outcome outcome) {
    BitSet reads = new BitSet();
    reads.set(3, 90_000, true);
    reads.clear(77);
    Trial trial = new Trial(List.of("GRUB prompt: \"x\"", "healthy"), outcome, reads, true, false, "abcd");
    return new Judgement("prefix:12", 12, 11, hash, "", trial, outcome, "why");
  }

  @Test
  void whatWasFinishedComesBack() throws IOException {
    Path file = folder.resolve("judged.jsonl");
    Journal journal = Journal.open(file);
    journal.add(judgement("01", Outcome.BRICK_ONCE));
    journal.add(judgement("02", Outcome.OLD));
    journal.addSettled("abcd", "the next update fails");
    journal.addSampled("03", Outcome.NEW);
    Journal again = Journal.open(file);
    assertThat(again.booted()).containsExactly(
        java.util.Map.entry("01", judgement("01", Outcome.BRICK_ONCE)),
        java.util.Map.entry("02", judgement("02", Outcome.OLD)));
    assertThat(again.settled("abcd")).isEqualTo("the next update fails");
    assertThat(again.settled("other")).isNull();
    assertThat(again.sampled("03")).isEqualTo(Outcome.NEW);
    assertThat(again.sampled("01")).as("booted, and no answer of a read set").isNull();
  }

  @Test
  void aLineThatAKillCutShortIsPassedOver() throws IOException {
    Path file = folder.resolve("judged.jsonl");
    Journal.open(file).add(judgement("01", Outcome.OLD));
    String half = Files.readString(file).substring(0, 40);
    Files.writeString(file, half, StandardOpenOption.APPEND);
    Journal journal = Journal.open(file);
    assertThat(journal.booted()).containsOnlyKeys("01");
    journal.add(judgement("02", Outcome.NEW));
    assertThat(Journal.open(file).booted()).containsOnlyKeys("01", "02");
  }

  @Test
  void damageIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("judged.jsonl"), "{\"state\":\"x\",\"trial\":\"purple\"}\n");
    assertThatThrownBy(() -> Journal.open(file)).isInstanceOf(IOException.class)
        .hasMessageContaining("cannot read " + file).hasMessageContaining("delete the file");
  }
}
