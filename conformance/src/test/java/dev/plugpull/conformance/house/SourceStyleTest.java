package dev.plugpull.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How sources look. Every finding names path and line, what is wrong there, and the remedy. */
@Tag("house")
class SourceStyleTest {

  private static final int COLUMNS = 120;
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 70;

  /**
   * Files that may be longer, with the number of lines that they have now, so that they only shrink. Remove the entry
   * of a file that has become short enough.
   */
  private static final Map<String, Integer> LONG_FILES = Map.of(
      // One interpreter step per statement kind; the state that they share is large.
      "sim/src/main/java/dev/plugpull/sim/bootloader/grub/Interpreter.java", 600,
      // The whole vocabulary of a mounted volume, one short method per call.
      "sim/src/main/java/dev/plugpull/sim/filesystem/FatLive.java", 660,
      "sim/src/main/java/dev/plugpull/sim/filesystem/JournalLive.java", 690);

  private static final Pattern METHOD = Pattern.compile("^ {2,8}[\\w@<>\\[\\], ?.&]+\\([^;=]*$");
  private static final Pattern PROPERTY = Pattern.compile("^ *@Property\\b(\\([^)]*\\))?", Pattern.MULTILINE);
  private static final Pattern HASHED = Pattern.compile(
      "\\b(\\w+) =\\s*(?:new (?:[\\w.]+\\.)?(?:HashMap|HashSet|IdentityHashMap|WeakHashMap|ConcurrentHashMap)\\b"
          + "|(?:Set|Map)\\.copyOf\\()");

  private final List<String> findings = new ArrayList<>();

  @Test
  void layoutOfTexts() {
    for (Path file : Sources.files(Sources.root(), ".java", ".jte", ".xml", ".md", ".sh", "check", "plugpull", "run")) {
      String text = Sources.text(file);
      boolean java = file.toString().endsWith(".java");
      List<String> lines = text.lines().toList();
      boolean data = false;
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        data ^= line.contains("\"\"\"") && line.indexOf("\"\"\"") == line.lastIndexOf("\"\"\"");
        find(line.indexOf('\t') >= 0, file, i, "a tab: indent with two spaces");
        find(!line.isEmpty() && Character.isWhitespace(line.charAt(line.length() - 1)), file, i,
            "blanks at the end of the line: delete them");
        find(java && !data && line.codePointCount(0, line.length()) > COLUMNS, file, i,
            line.codePointCount(0, line.length()) + " columns: break the line before column " + COLUMNS);
      }
      find(!text.isEmpty() && !text.endsWith("\n"), file, lines.size() - 1,
          "no line end at the end of the file: add it");
      find(text.endsWith("\n\n"), file, lines.size() - 1, "empty lines at the end of the file: delete them");
    }
    none();
  }

  @Test
  void imports() {
    for (Path file : javaFiles("src")) {
      List<String> lines = Sources.text(file).lines().toList();
      String before = "";
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (line.startsWith("import ")) {
          find(line.endsWith(".*;"), file, i, "a wildcard import: name the classes");
          find(rank(line).compareTo(before) < 0, file, i,
              "imports out of order: static ones first, then the others, each group sorted");
          before = rank(line);
        }
      }
    }
    none();
  }

  private static String rank(String line) {
    return line.startsWith("import static ") ? "0" + line : "1" + line;
  }

  @Test
  void filesAndMethodsAreShort() {
    Set<String> needed = new TreeSet<>();
    for (Path file : javaFiles("src")) {
      List<String> lines = Sources.text(file).lines().toList();
      String name = Sources.name(file);
      int most = LONG_FILES.getOrDefault(name, FILE_LINES);
      if (lines.size() > FILE_LINES) {
        needed.add(name);
      }
      find(lines.size() > most, file, lines.size() - 1, lines.size() + " lines: one concept a file, at most " + most
          + " lines; split it");
      methods(file, lines);
    }
    none();
    assertThat(needed).as("files that may be long and are not: remove them from LONG_FILES")
        .containsAll(LONG_FILES.keySet());
  }

  private void methods(Path file, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int indent = line.length() - line.stripLeading().length();
      if (!METHOD.matcher(line).find()
          || line.stripLeading().matches("(return|new|throw|else|if|for|while|switch)\\b.*")) {
        continue;
      }
      String end = " ".repeat(indent) + "}";
      int to = i + 1;
      while (to < lines.size() && !lines.get(to).startsWith(end) && deeper(lines.get(to), indent)) {
        to++;
      }
      boolean body = to < lines.size() && lines.get(to).startsWith(end);
      find(body && to - i > METHOD_LINES, file, i,
          "a method of " + (to - i) + " lines, more than " + METHOD_LINES + ": give its steps names of their own");
    }
  }

  private static boolean deeper(String line, int indent) {
    return line.isBlank() || line.length() - line.stripLeading().length() > indent || line.strip().equals("\"\"\"")
        || line.strip().startsWith(")");
  }

  @Test
  void everyPackageSaysWhatItIs() {
    for (Path file : javaFiles("src/main")) {
      Path info = file.resolveSibling("package-info.java");
      find(!Files.exists(info), file, 0,
          "no package-info.java beside it: add one that says what the package models and what can go wrong there");
    }
    none();
  }

  /** Every run of the tests does the same; who looks for more failures changes the seed by hand. */
  @Test
  void everyPropertyHasAFixedSeed() {
    int properties = 0;
    for (Path file : javaFiles("src/test")) {
      String text = Sources.text(file);
      Matcher matcher = PROPERTY.matcher(text);
      while (matcher.find()) {
        properties++;
        int line = (int) text.substring(0, matcher.start()).lines().count();
        find(!matcher.group().contains("seed = \""), file, line,
            "a @Property without a seed tries other values in each run: add seed = \"...\", any number");
      }
    }
    none();
    assertThat(properties).as("properties found").isPositive();
  }

  /** The order of a hashed collection differs between runs, machines and versions. */
  @Test
  void nothingWalksAHashedCollection() {
    for (Path file : javaFiles("src/main")) {
      if (Sources.name(file).startsWith("conformance/") || Sources.name(file).contains("/disk/nbd/")) {
        continue;
      }
      List<String> lines = Sources.text(file).lines().toList();
      Set<String> hashed = new TreeSet<>();
      lines.forEach(line -> {
        Matcher matcher = HASHED.matcher(line);
        if (matcher.find()) {
          hashed.add(matcher.group(1));
        }
      });
      hashed.forEach(name -> walks(file, lines, name));
    }
    none();
  }

  private void walks(Path file, List<String> lines, String name) {
    Pattern walk = Pattern.compile("(?<![\\w.(])(?:this\\.)?" + name
        + "\\.(forEach|keySet|values|entrySet|stream|iterator|toArray)\\b|for \\(.*: (?:this\\.)?" + name + "\\)");
    for (int i = 0; i < lines.size(); i++) {
      String excuse = i == 0 ? "" : lines.get(i - 1);
      boolean sorted = lines.get(i).contains("sorted()") || lines.get(i).contains("new Tree");
      find(walk.matcher(lines.get(i)).find() && !sorted && !excuse.contains("any order:"), file, i, "'" + name
          + "' is walked in hash order: use a sorted or linked collection, or sort first (or say in a comment on the"
          + " line before: 'any order: WHY')");
    }
  }

  private static List<Path> javaFiles(String below) {
    List<Path> files = new ArrayList<>();
    Sources.MODULES.forEach(module ->
        files.addAll(Sources.files(Sources.root().resolve(module).resolve(below), ".java")));
    return files;
  }

  private void find(boolean wrong, Path file, int line, String what) {
    if (wrong) {
      findings.add(Sources.name(file) + ":" + (line + 1) + ": " + what);
    }
  }

  private void none() {
    assertThat(findings).as("findings:\n" + String.join("\n", findings)).isEmpty();
  }
}
