package dev.plugpull.reports;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Every durability point of a scenario, in order, against what a cut there lost. */
public record CrashMap(List<Point> points, List<Cell> cells) {
  public static final CrashMap EMPTY = new CrashMap(List.of(), List.of());

  /** Cells are kept sorted by point and loss; a cell outside the points or given twice is refused. */
  public CrashMap {
    points = List.copyOf(points);
    var sorted = new ArrayList<>(cells);
    sorted.sort(Comparator.comparingInt(Cell::point).thenComparing(Cell::loss));
    for (int i = 0; i < sorted.size(); i++) {
      Cell cell = sorted.get(i);
      if (cell.point < 0 || cell.point >= points.size()) {
        throw new IllegalArgumentException("cannot draw crash map: no point " + cell.point);
      }
      if (i > 0 && sorted.get(i - 1).point == cell.point && sorted.get(i - 1).loss == cell.loss) {
        throw new IllegalArgumentException("cannot draw crash map: cell given twice at point " + cell.point);
      }
    }
    cells = List.copyOf(sorted);
  }

  /**
   * A durability point.
   *
   * @param name name of the specification's table
   * @param occurrence which passing of it, counted from 1
   * @param actor who writes
   * @param medium where to, such as {@code ubuntu-boot (FAT)}
   */
  public record Point(String name, int occurrence, String actor, String medium) {}

  /**
   * The crash states of one point with one kind of loss; absent when the medium allows none.
   *
   * @param point index into the points, from 0
   * @param counterExamples ids of the counter-examples found there
   */
  public record Cell(int point, Loss loss, Outcomes outcomes, long spurious, List<String> counterExamples) {
    public Cell {
      counterExamples = List.copyOf(counterExamples);
    }

    /** The worst outcome of any state in the cell. */
    public Optional<Outcome> worst() {
      Outcome worst = null;
      for (Outcome outcome : Outcome.values()) {
        worst = outcomes.count(outcome) > 0 ? outcome : worst;
      }
      return Optional.ofNullable(worst);
    }
  }

  @JsonIgnore
  public boolean isEmpty() {
    return points.isEmpty();
  }
}
