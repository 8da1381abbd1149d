package dev.plugpull.reports.face;

import dev.plugpull.reports.Census;
import dev.plugpull.reports.CensusRow;
import dev.plugpull.reports.Verdict;

/** The census as a Markdown table, with hostile names made harmless. */
public final class CensusMarkdown {
  private static final int SHORT_COMMIT = 8;

  private CensusMarkdown() {}

  public static String write(Census census) {
    var text = new StringBuilder("# " + safe(census.title()) + "\n\n");
    text.append(Words.count(census.rows().size(), "gadget")).append(": ");
    for (Verdict verdict : Verdict.values()) {
      text.append(verdict == Verdict.PASS ? "" : ", ")
          .append(Words.count(census.count(verdict))).append(' ').append(verdict.word());
    }
    text.append(".\n\n| gadget | public source | system | boot loader | verdict | why | counter-examples | hazards "
        + "| durable states | crash states | to a fixpoint | confirmed by reading |\n"
        + "| --- | --- | --- | --- | --- | --- | --- | --- | ---: | ---: | ---: | --- |\n");
    for (CensusRow row : census.rows()) {
      text.append("| ").append(String.join(" | ", safe(row.gadget()), safe(source(row)), safe(row.system()),
          safe(row.bootloader()), row.verdict().word(), safe(row.why()),
          safe(String.join(", ", row.counterExamples())), safe(String.join(", ", row.hazards())),
          Words.count(row.durableStates()), Words.count(row.crashStates()), fixpoints(row),
          safe(row.source().confirmed()))).append(" |\n");
    }
    return text.toString();
  }

  private static String source(CensusRow row) {
    String commit = row.source().commit();
    return (row.source().repository() + " " + commit.substring(0, Math.min(commit.length(), SHORT_COMMIT))).strip();
  }

  private static String fixpoints(CensusRow row) {
    return row.scenarios() == 0 ? "" : row.fixpoints() + " of " + row.scenarios();
  }

  private static String safe(String text) {
    return Plain.line(text).replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
        .replace("`", "\\`").replace("[", "\\[").replace("*", "\\*").replace("_", "\\_");
  }
}
