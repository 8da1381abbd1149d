package dev.plugpull.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static CounterExample pointingAt(int... lines) {
    List<TraceStep> trace = IntStream.of(lines)
        .mapToObj(line -> new SourceLine("boot.scr", line))
        .map(line -> new TraceStep(1, 0, "bootloader", "", "", line, Map.of(), Map.of()))
        .toList();
    return new CounterExample("a", "NOBRICK", "", "", Outcome.BRICK, 1, "", Party.GADGET, List.of(), "", true, null,
        List.of(), trace, "");
  }

  private static List<Excerpt> excerpts(int... lines) {
    List<String> text = IntStream.rangeClosed(1, 30).mapToObj(n -> "line " + n).toList();
    return Excerpt.around(List.of(pointingAt(lines)), file -> Optional.of(text), 2);
  }

  private static Scenario passed(Exploration exploration) {
    return new Scenario("s", Verdict.PASS, "", exploration, Outcomes.NONE, 0, List.of(), CrashMap.EMPTY);
  }

  @Test
  void excerptsThatOverlapAreJoinedAndEndWithTheFile() {
    assertThat(excerpts(1, 4, 30)).extracting(Excerpt::firstLine).containsExactly(1, 28);
    assertThat(excerpts(1, 4, 30)).extracting(e -> e.lines().size()).containsExactly(6, 3);
    assertThat(excerpts(10).getFirst().lines()).containsExactly("line 8", "line 9", "line 10", "line 11", "line 12");
    assertThat(excerpts(99)).isEmpty();
  }

  @Test
  void excerptOfALineOfMegabytesIsShort() {
    assertThat(new Excerpt("f", 1, List.of("x".repeat(5_000_000))).lines().getFirst())
        .hasSize(Excerpt.LINE_LENGTH_MAX + 4);
  }

  @Test
  void crashMapRefusesWhatItCannotDraw() {
    var point = new CrashMap.Point("P5", 1, "snapd", "ubuntu-boot (FAT)");
    var cell = new CrashMap.Cell(0, Loss.TORN, Outcomes.of(Outcome.OLD).plus(Outcome.STUCK, 2), 0, List.of());
    assertThat(cell.worst()).contains(Outcome.STUCK);
    assertThatThrownBy(() -> new CrashMap(List.of(), List.of(cell))).hasMessageContaining("no point 0");
    assertThatThrownBy(() -> new CrashMap(List.of(point), List.of(cell, cell))).hasMessageContaining("twice");
  }

  @Test
  void aPassMustBeEarned() {
    var builder = new CertificateBuilder(Samples.device()).verdict(Verdict.PASS)
        .scenario(Scenario.notRun("gadget refresh", "no old gadget"));
    assertThatThrownBy(builder::seal).hasMessageContaining("no scenario passed");
    builder.scenario(passed(Exploration.NONE))
        .counterExample(pointingAt(1));
    assertThatThrownBy(builder::seal).hasMessageContaining("a counter-example counts");
  }

  @Test
  void passSaysWhenItHasBounds() {
    var builder = new CertificateBuilder(Samples.device()).verdict(Verdict.PASS);
    builder.scenario(passed(Exploration.NONE));
    assertThat(builder.seal().verdictInWords()).isEqualTo("pass");
    var bounded = new Exploration(1, 1, 1, 1, 0, 3, true, 1, 1, 0.1);
    builder.scenario(passed(bounded));
    assertThat(builder.seal().verdictInWords()).isEqualTo("pass within bounds");
    assertThat(builder.partial(true).seal().verdictInWords()).isEqualTo("pass within bounds (partial)");
    assertThatThrownBy(() -> new CertificateBuilder(Samples.device()).verdict(Verdict.NOT_RUN).seal())
        .hasMessageStartingWith("cannot certify");
  }
}
