package dev.plugpull.conformance.cli;

import dev.plugpull.reports.CensusRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where the gadgets of a census come from: a line a gadget, fields split by tabs, {@code #} for comments. */
final class CensusSources {
  private static final int FIELDS = 4;

  private CensusSources() {}

  /**
   * Reads them.
   *
   * @return by name of the gadget's folder
   * @throws CannotException if the file is not there or has a line of another form
   */
  static SortedMap<String, CensusRow.Source> read(Path file) {
    SortedMap<String, CensusRow.Source> sources = new TreeMap<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank() || lines.get(i).startsWith("#")) {
        continue;
      }
      String[] fields = lines.get(i).split("\t", -1);
      if (fields.length != FIELDS) {
        throw new CannotException("cannot read sources: " + file + ":" + (i + 1) + ": " + fields.length
            + " fields; write gadget, repository, commit and what reading confirmed, with tabs between");
      }
      sources.put(fields[0], new CensusRow.Source(fields[1], fields[2], fields[3]));
    }
    return sources;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new CannotException("cannot read sources: " + file + ": " + e.getMessage() + "; name a text file");
    }
  }
}
