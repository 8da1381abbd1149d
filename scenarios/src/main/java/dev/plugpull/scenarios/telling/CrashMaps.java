package dev.plugpull.scenarios.telling;

import dev.plugpull.faultinjection.crash.LossClass;
import dev.plugpull.faultinjection.explore.Fate;
import dev.plugpull.reports.CrashMap;
import dev.plugpull.reports.Loss;
import dev.plugpull.reports.Outcome;
import dev.plugpull.reports.Outcomes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The explorer's crash map in the words of a certificate. */
public final class CrashMaps {
  private CrashMaps() {}

  /**
   * The map.
   *
   * @param idByNode ids of the counter-examples by the number of their node
   * @param actor who works at a durability point
   */
  public static CrashMap of(dev.plugpull.faultinjection.explore.CrashMap explored, Map<Integer, String> idByNode,
      UnaryOperator<String> actor) {
    List<CrashMap.Point> points = new ArrayList<>();
    List<CrashMap.Cell> cells = new ArrayList<>();
    for (dev.plugpull.faultinjection.explore.CrashMap.Row row : explored.rows()) {
      int index = points.size();
      points.add(new CrashMap.Point(row.point(), 1, actor.apply(row.point()), ""));
      Map<Loss, Outcomes> outcomes = new EnumMap<>(Loss.class);
      Map<Loss, TreeSet<String>> examples = new EnumMap<>(Loss.class);
      row.cells().forEach((loss, cell) -> {
        Loss column = column(loss);
        outcomes.merge(column, outcomes(cell.fates()), Outcomes::plus);
        TreeSet<String> ids = examples.computeIfAbsent(column, c -> new TreeSet<>());
        cell.examples().values().stream().filter(idByNode::containsKey).forEach(node -> ids.add(idByNode.get(node)));
      });
      outcomes.forEach((loss, counts) ->
          cells.add(new CrashMap.Cell(index, loss, counts, 0, List.copyOf(examples.get(loss)))));
    }
    return new CrashMap(points, cells);
  }

  private static Outcomes outcomes(Map<Fate, Long> fates) {
    Outcomes outcomes = Outcomes.NONE;
    for (Map.Entry<Fate, Long> entry : fates.entrySet()) {
      outcomes = switch (entry.getKey()) {
        case OLD -> outcomes.plus(Outcome.OLD, entry.getValue());
        case NEW -> outcomes.plus(Outcome.NEW, entry.getValue());
        case MIXED -> outcomes.plus(Outcome.MIXED, entry.getValue());
        case STUCK -> outcomes.plus(Outcome.STUCK, entry.getValue());
        case BRICK -> outcomes.plus(Outcome.BRICK, entry.getValue());
        case ASSUMED_HANG, NOT_LOOKED_AT -> outcomes;
      };
    }
    return outcomes;
  }

  private static Loss column(LossClass loss) {
    return switch (loss) {
      case ALL_LOST -> Loss.NOTHING_KEPT;
      case NOTHING_PENDING, ALL_KEPT -> Loss.ALL_KEPT;
      case PREFIX -> Loss.PREFIX;
      case DROPPED_ONE, SUBSET -> Loss.DROPPED_ONE;
      case TORN -> Loss.TORN;
    };
  }
}
