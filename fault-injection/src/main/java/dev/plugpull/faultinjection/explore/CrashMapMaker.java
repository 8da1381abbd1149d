package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.crash.LossClass;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sums the cells up once the fates of all nodes are known. */
final class CrashMapMaker {
  private CrashMapMaker() {}

  static CrashMap make(Cells cells, Fate[] fates) {
    List<String> points = cells.points();
    List<Map<LossClass, CrashMap.Cell>> rows = new ArrayList<>();
    points.forEach(point -> rows.add(new EnumMap<>(LossClass.class)));
    for (int i = 0; i < cells.size(); i++) {
      long cell = cells.get(i);
      int node = Cells.reference(cell);
      CrashMap.Cell sum = rows.get(Cells.point(cell)).computeIfAbsent(
          Cells.loss(cell), loss -> new CrashMap.Cell(new EnumMap<>(Fate.class), new EnumMap<>(Fate.class)));
      sum.fates().merge(fates[node], 1L, Long::sum);
      sum.examples().merge(fates[node], node, Math::min);
    }
    List<CrashMap.Row> result = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      result.add(new CrashMap.Row(points.get(i), rows.get(i)));
    }
    return new CrashMap(result);
  }
}
