package dev.plugpull.sim.ubuntucore.gadget;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** V15: kernel arguments of {@code kernel-cmdline} and of the files {@code cmdline.extra} and {@code cmdline.full}. */
final class KernelArgumentRules {

  private static final List<String> REFUSED = List.of("root", "nfsroot", "init");
  private static final List<String> SNAPD_ALLOWED = List.of("snapd.debug", "snapd_system_disk");
  private static final String REMEDY = "remove it; snapd sets this itself";

  private KernelArgumentRules() {}

  static void check(KernelCommandLine line, Findings findings) {
    for (KernelCommandLine.Argument argument : line.append()) {
      if (single(argument, findings) && !allowed(argument.parameter())) {
        findings.add(GadgetRule.V15, argument.line(), "kernel argument \"" + argument.text() + "\" is not allowed",
            REMEDY);
      }
    }
    List<KernelCommandLine.Argument> patterns = new ArrayList<>(line.allow());
    patterns.addAll(line.remove());
    for (KernelCommandLine.Argument pattern : patterns) {
      int equals = pattern.text().indexOf('=');
      String value = equals < 0 ? "" : pattern.text().substring(equals + 1);
      boolean glob = value.contains("*") && !value.equals("*") && !value.startsWith("\"");
      if (single(pattern, findings) && glob) {
        findings.add(GadgetRule.V15, pattern.line(), "pattern \"" + pattern.text()
            + "\" has a star that is neither alone nor quoted", "write NAME=* or quote the value");
      }
    }
  }

  private static boolean single(KernelCommandLine.Argument argument, Findings findings) {
    boolean quoted = false;
    int words = 0;
    boolean inWord = false;
    for (char c : argument.text().toCharArray()) {
      quoted ^= c == '"';
      boolean space = Character.isWhitespace(c) && !quoted;
      words += !space && !inWord ? 1 : 0;
      inWord = !space;
    }
    if (words != 1) {
      findings.add(GadgetRule.V15, argument.line(), "\"" + argument.text() + "\" is " + words
          + " kernel arguments and not one", "write one argument per item");
    }
    return words == 1;
  }

  static boolean allowed(String parameter) {
    return SNAPD_ALLOWED.contains(parameter)
        || !(parameter.startsWith("snapd") || REFUSED.contains(parameter));
  }

  /**
   * Checks the old files; they count only if {@code kernel-cmdline} neither appends nor removes.
   *
   * @param extra text of {@code cmdline.extra}
   * @param full text of {@code cmdline.full}
   */
  static void checkFiles(KernelCommandLine line, Optional<String> extra, Optional<String> full, Findings findings) {
    if (!line.append().isEmpty() || !line.remove().isEmpty()) {
      return;
    }
    if (extra.isPresent() && full.isPresent()) {
      findings.addIn("cmdline.full", GadgetRule.V15, 0, "cmdline.extra and cmdline.full are both there",
          "keep one of them");
      return;
    }
    extra.ifPresent(text -> checkFile("cmdline.extra", text, findings));
    full.ifPresent(text -> checkFile("cmdline.full", text, findings));
  }

  private static void checkFile(String file, String text, Findings findings) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("#")) {
        continue;
      }
      if (lines.get(i).chars().filter(c -> c == '"').count() % 2 != 0) {
        findings.addIn(file, GadgetRule.V15, i + 1, "a quote is not closed", "close it on the same line");
        continue;
      }
      for (String word : words(lines.get(i))) {
        String problem = problem(word);
        if (!problem.isEmpty()) {
          findings.addIn(file, GadgetRule.V15, i + 1, "kernel argument \"" + word + "\" " + problem, REMEDY);
        }
      }
    }
  }

  private static String problem(String word) {
    int equals = word.indexOf('=');
    String parameter = equals < 0 ? word : word.substring(0, equals);
    String value = equals < 0 ? "" : word.substring(equals + 1);
    if (word.startsWith("#")) {
      return "begins with #; only whole lines are comments";
    }
    if (equals == 0) {
      return "has no name";
    }
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.indexOf('"', 1) == value.length() - 1;
    if (parameter.contains("\"") || (value.contains("\"") && !quoted)) {
      return "has a quote that does not enclose the whole value";
    }
    if (value.contains("=") && !quoted) {
      return "has a second equals sign; quote the value";
    }
    return allowed(parameter) ? "" : "is not allowed";
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : (line + " ").toCharArray()) {
      quoted ^= c == '"';
      if (c == ' ' && !quoted) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(c);
      }
    }
    return words;
  }
}
