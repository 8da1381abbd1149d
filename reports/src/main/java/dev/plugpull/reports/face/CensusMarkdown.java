package dev.plugpull.reports.face;

import dev.plugpull.reports.Census;
import dev.plugpull.reports.CensusRow;
import dev.plugpull.reports.Verdict;

/** The census as a Markdown table, with hostile names made harmless. */
public final class CensusMarkdown {
  private CensusMarkdown() {}

  public static String write(Census census) {
    var text = new StringBuilder("# " + safe(census.title()) + "\n\n");
    text.append(Words.count(census.rows().size(), "gadget")).append(": ");
    for (Verdict verdict : Verdict.values()) {
      text.append(verdict == Verdict.PASS ? "" : ", ")
          .append(Words.count(census.count(verdict))).append(' ').append(verdict.word());
    }
    text.append(".\n\n| gadget | system | boot loader | verdict | why | counter-examples | hazards | findings "
        + "| crash states | confirmed |\n| --- | --- | --- | --- | --- | --- | --- | ---: | ---: | --- |\n");
    for (CensusRow row : census.rows()) {
      text.append("| ").append(String.join(" | ", safe(row.gadget()), safe(row.system()), safe(row.bootloader()),
          row.verdict().word(), safe(row.why()), safe(String.join(", ", row.counterExamples())),
          safe(String.join(", ", row.hazards())), Words.count(row.findings()), Words.count(row.crashStates()),
          safe(row.confirmed()))).append(" |\n");
    }
    return text.toString();
  }

  private static String safe(String text) {
    return Plain.line(text).replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
        .replace("`", "\\`").replace("[", "\\[").replace("*", "\\*").replace("_", "\\_");
  }
}
