package dev.plugpull.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docs/whats-here.md} has a sentence for every package and for everything at the top, and for nothing else. */
@Tag("house")
class MapTest {

  private static final Pattern ENTRY = Pattern.compile("^- `([^`]+)`: (\\S.{15,}\\.)$", Pattern.MULTILINE);
  /** Made by builds, runs and tools; git-ignored. */
  private static final Set<String> LEFT_OUT =
      Set.of(".git", ".gitignore", ".cache", "target", "out", ".idea", ".vscode");

  @Test
  void listsWhatIsThere() throws IOException {
    Set<String> there = new TreeSet<>(Sources.packages());
    try (Stream<Path> top = Files.list(Sources.root())) {
      top.map(path -> path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
          .filter(name -> !LEFT_OUT.contains(name.replace("/", ""))).filter(name -> !name.startsWith(".jqwik"))
          .forEach(there::add);
    }
    Set<String> listed = new TreeSet<>();
    Matcher matcher = ENTRY.matcher(Sources.text(Sources.root().resolve("docs/whats-here.md")));
    while (matcher.find()) {
      listed.add(matcher.group(1));
    }
    Set<String> missing = new TreeSet<>(there);
    missing.removeAll(listed);
    Set<String> gone = new TreeSet<>(listed);
    gone.removeAll(there);
    assertThat(missing).as("not in docs/whats-here.md: add a line '- `name`: One sentence.'").isEmpty();
    assertThat(gone).as("in docs/whats-here.md, but gone: delete the line").isEmpty();
  }
}
