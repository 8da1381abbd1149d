package dev.plugpull.reports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Many gadgets in one table, sorted by name. */
public record Census(String title, List<CensusRow> rows) {
  public Census {
    var sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(CensusRow::gadget).thenComparing(CensusRow::system));
    rows = List.copyOf(sorted);
  }

  public long count(Verdict verdict) {
    return rows.stream().filter(row -> row.verdict() == verdict).count();
  }
}
