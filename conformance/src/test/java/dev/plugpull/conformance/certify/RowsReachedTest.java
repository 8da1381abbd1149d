package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.ubuntucore.UbuntuCoreFamily;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.ubuntucore.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every row of the specification's tables of primitives, tasks and writes is a durability point that some scenario
 * reaches, or {@code rows.tsv} says why none does. A row that is said not to be reached must not be.
 */
class RowsReachedTest {
  private static final int MOST_BOOTS = 12;
  private static final UbuntuCoreFamily FAMILY = new UbuntuCoreFamily();
  private static final String NONE = "-";

  /** Points of a scenario on a board; or, with board {@value #NONE}, why there are none. */
  private record Row(String id, String board, String scenario, String points) {
    static Row of(String line) {
      String[] cells = line.split("\t");
      return cells[1].equals(NONE) ? new Row(cells[0], NONE, cells[2], cells[0] + "(\\..*)?")
          : new Row(cells[0], cells[1], cells[2], cells[3]);
    }

    boolean isReached(Set<String> points) {
      return points.stream().anyMatch(Pattern.compile(points()).asMatchPredicate());
    }
  }

  private record Points<S>(Set<String> seen) implements BootListener<S> {
    @Override
    public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
      seen.add(point);
      return Interruption.NONE;
    }

    @Override
    public void violation(String property, String why) {
      // points only
    }
  }

  private static List<Row> rows() throws IOException {
    try (InputStream in = RowsReachedTest.class.getResourceAsStream("rows.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .filter(line -> !line.startsWith("#")).map(Row::of).toList();
    }
  }

  private static UpdatingDevice<?> device(String board, String scenario) {
    return switch (board) {
      case "grub" -> family(Map.of(), scenario);
      case "grub 24" -> family(Map.of("series", "24"), scenario);
      case "encrypted" -> family(Map.of("storage-safety", "encrypted"), scenario);
      case "u-boot", "piboot", "lk" -> family(Map.of("bootloader", board), scenario);
      case "u-boot raw" -> gadget(Bench.board(Bench.good("uboot-raw-22")), scenario);
      case "gadget" -> gadget(Bench.refreshed("grub-managed-22"), scenario);
      case "pi" -> gadget(Bench.piWithDeviceTree(), scenario);
      default -> throw new IllegalArgumentException("cannot build board " + board);
    };
  }

  private static UpdatingDevice<?> family(Map<String, String> settings, String scenario) {
    return FAMILY.device(Profile.of(FAMILY, "test", settings, Set.of()), scenario);
  }

  private static UpdatingDevice<?> gadget(GadgetBoard board, String scenario) {
    return board.board().device(Bench.scenario(scenario), Platform.SNAPD, false);
  }

  /** What a clean device passes when nothing strikes it, with what happens at rest. */
  private static <S> Set<String> reached(UpdatingDevice<S> device) {
    Points<S> points = new Points<>(new TreeSet<>());
    S state = device.start();
    for (int boot = 0; boot < MOST_BOOTS && state != null; boot++) {
      state = switch (device.boot(state, points)) {
        case BootEnd.Restart<S> restart -> restart.next();
        case BootEnd.Settled<S> settled ->
            device.eventsAtRest(settled.state()).stream().findFirst().map(UpdatingDevice.Event::result).orElse(null);
        case BootEnd.Stuck<S> stuck -> null;
      };
    }
    return points.seen();
  }

  @Test
  void everyRowIsReachedOrSaysWhyNot() throws IOException {
    Map<List<String>, Set<String>> runs = new LinkedHashMap<>();
    for (Row row : rows()) {
      if (!row.board().equals(NONE)) {
        Set<String> points =
            runs.computeIfAbsent(List.of(row.board(), row.scenario()), run -> reached(device(run.get(0), run.get(1))));
        assertThat(row.isReached(points)).as("%s in '%s' on %s: %s", row.id(), row.scenario(), row.board(), points)
            .isTrue();
      }
    }
    Set<String> all = new TreeSet<>();
    runs.values().forEach(all::addAll);
    for (Row row : rows()) {
      if (row.board().equals(NONE)) {
        assertThat(row.isReached(all)).as("%s is reached, although: %s", row.id(), row.scenario()).isFalse();
      }
    }
  }

  @Test
  void everyRowOfTheSpecificationIsInTheTable() throws IOException {
    Path specification = Bench.root().resolve("../shared/specs/ubuntu-core.md");
    assumeTrue(Files.exists(specification), "not compared: there is no " + specification);
    Set<String> named = new TreeSet<>();
    Pattern.compile("(?m)^\\| ([PDLIMRFKBGSA]\\d+[abc']?) \\|").matcher(Files.readString(specification)).results()
        .forEach(row -> named.add(row.group(1)));
    Map<String, Row> known = new TreeMap<>();
    rows().forEach(row -> known.put(row.id(), row));
    assertThat(named).hasSizeGreaterThan(120);
    assertThat(known.keySet()).isEqualTo(named);
  }
}
