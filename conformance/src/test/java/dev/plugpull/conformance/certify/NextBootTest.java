package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.crash.CrashLimits;
import dev.plugpull.faultinjection.explore.SingleCuts;
import dev.plugpull.faultinjection.settling.QuietListener;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.SettlingWalk;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.ubuntucore.UbuntuCoreFamily;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ubuntucore.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The specification's tables of what a cut right after each row leads to, beside what one cut there leads to in the
 * model: every state that the cut can leave, left alone until it settles. {@code docs/spec-vs-model.md} holds the
 * outcome; {@code -Drows.write=true} writes it anew. What disagrees must be explained there by name.
 */
@Tag("differential")
class NextBootTest {
  private static final String BEGIN = "<!-- rows: begin -->\n";
  private static final String END = "<!-- rows: end -->\n";
  private static final int MOST_BOOTS = 12;
  private static final UbuntuCoreFamily FAMILY = new UbuntuCoreFamily();

  /** A row of the specification, and what its words allow. */
  private record Row(String id, String scenario, int boot, Pattern points, Set<String> allowed, String words) {
    static Row of(String line) {
      String[] cells = line.split("\t");
      String[] at = cells[2].contains(":") ? cells[2].split(":", 2) : new String[] {"0", cells[2]};
      return new Row(cells[0], cells[1], Integer.parseInt(at[0]), Pattern.compile(at[1]),
          new TreeSet<>(List.of(cells[3].split(","))), cells[4]);
    }

    boolean isAt(int number, String point) {
      return (boot == 0 || boot == number) && points.matcher(point).matches();
    }
  }

  private static List<Row> rows() throws IOException {
    try (InputStream in = NextBootTest.class.getResourceAsStream("next-boot.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .filter(line -> !line.startsWith("#")).map(Row::of).toList();
    }
  }

  private static UpdatingDevice<?> device(String scenario) {
    return scenario.startsWith("gadget")
        ? Bench.refreshed("grub-managed-22").board().device(Bench.scenario(scenario), Platform.SNAPD, false)
        : FAMILY.device(Profile.standard(FAMILY), scenario);
  }

  /** How each row ends: how many states that a cut leaves end in which way. */
  private static <S> Map<Row, Map<String, Integer>> ends(UpdatingDevice<S> whole, List<Row> rows) {
    String points = rows.stream().map(row -> row.points().pattern()).collect(Collectors.joining("|"));
    UpdatingDevice<S> device = CutsAt.of(whole, points);
    Map<Row, Map<Hash128, S>> left = new LinkedHashMap<>();
    rows.forEach(row -> left.put(row, new LinkedHashMap<>()));
    S state = device.start();
    for (int i = 1; i <= MOST_BOOTS && state != null; i++) {
      int boot = i;
      new SingleCuts<S>(CrashLimits.DEFAULT, (number, point, content, cut) ->
          rows.stream().filter(row -> row.isAt(boot, point))
              .forEach(row -> left.get(row).putIfAbsent(device.key(cut), cut))).of(device, state);
      state = device.boot(state, new QuietListener<>()) instanceof BootEnd.Restart<S> restart ? restart.next() : null;
    }
    Map<Row, Map<String, Integer>> ends = new LinkedHashMap<>();
    left.forEach((row, states) -> {
      Map<String, Integer> found = new TreeMap<>();
      states.values().forEach(s -> found.merge(end(device, s), 1, Integer::sum));
      ends.put(row, found);
    });
    return ends;
  }

  private static <S> String end(UpdatingDevice<S> device, S state) {
    Settlement<S> end = new SettlingWalk<>(device, new QuietListener<>()).settle(state, false);
    return switch (end.kind()) {
      case LOOP -> "loop";
      case STUCK -> "person";
      case SETTLED -> end.observation().outcome().word();
    };
  }

  private static String generated() throws IOException {
    Map<String, List<Row>> scenarios = rows().stream()
        .collect(Collectors.groupingBy(Row::scenario, LinkedHashMap::new, Collectors.toList()));
    StringBuilder table = new StringBuilder("| row | scenario | the specification, in short | its words allow | found |"
        + " |\n| --- | --- | --- | --- | --- | --- |\n");
    scenarios.forEach((scenario, rows) -> ends(device(scenario), rows).forEach((row, found) -> {
      assertThat(found).as("states that a cut at row %s leaves", row.id()).isNotEmpty();
      List<String> words = new ArrayList<>();
      found.forEach((end, count) -> words.add(count + " " + end));
      table.append("| ").append(row.id()).append(" | ").append(scenario).append(" | ").append(row.words())
          .append(" | ").append(String.join(" or ", row.allowed())).append(" | ").append(String.join(", ", words))
          .append(row.allowed().containsAll(found.keySet()) ? " | agrees |\n" : " | **disagrees** |\n");
    }));
    return table.toString();
  }

  @Test
  void theTableOfRowsIsWhatTheModelDoesAndEachDisagreementIsSettled() throws IOException {
    Path file = Bench.root().resolve("docs/spec-vs-model.md");
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    String table = generated();
    if (Boolean.getBoolean("rows.write")) {
      Files.writeString(file, text.substring(0, begin) + table + text.substring(end));
      return;
    }
    assertThat(text.substring(begin, end)).isEqualTo(table);
    for (String line : table.lines().filter(line -> line.endsWith("**disagrees** |")).toList()) {
      String row = line.split(" \\| ")[0].substring(2);
      assertThat(text.substring(end)).as("why row %s disagrees", row).contains("**" + row + "**");
    }
  }
}
