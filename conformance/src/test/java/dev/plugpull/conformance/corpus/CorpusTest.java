package dev.plugpull.conformance.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.scenarios.family.UnreadableProfileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

  private static Path top() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("corpus"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  @Test
  @Tag("differential")
  void everyKnownBugIsFoundAndItsCureHolds() throws Exception {
    Corpus corpus = Corpus.read(top().resolve("corpus"));
    CorpusRunner runner = new CorpusRunner(Runtime.getRuntime().availableProcessors(), 120, InstantSource.system());
    List<String> complaints = new ArrayList<>();
    List<Reproduction> done = new ArrayList<>();
    for (KnownBug bug : corpus.pairs()) {
      Reproduction reproduction = runner.run(bug);
      done.add(reproduction);
      if (!reproduction.asExpected()) {
        complaints.add(reproduction.complaint());
      }
    }
    assertThat(complaints).isEmpty();
    assertThat(CorpusPaper.medianSteps(done)).as("median fault plan").isLessThanOrEqualTo(5);
  }

  @Test
  @Tag("differential")
  void thePageTellsOfEveryBug() throws Exception {
    Corpus corpus = Corpus.read(top().resolve("corpus"));
    String page = Files.readString(top().resolve("docs/known-bugs.md"));
    String remedy = "written anew by: ./plugpull corpus --doc docs/known-bugs.md";
    assertThat(corpus.pairs()).as(remedy).allSatisfy(bug -> assertThat(page).contains("| " + bug.id() + " |"));
    assertThat(corpus.leftOut().keySet()).as(remedy).allSatisfy(id -> assertThat(page).contains("| " + id + " |"));
    assertThat(corpus.requirements()).hasSize(20);
  }

  /** Words in brackets that begin with a capital are types of the package before them. */
  @Test
  void whatARequirementNamesIsThere() throws Exception {
    Pattern named = Pattern.compile("([a-z.]+)(?: \\(([^)]*)\\))?");
    for (Corpus.Requirement requirement : Corpus.read(top().resolve("corpus")).requirements()) {
      Matcher words = named.matcher(requirement.where());
      while (words.find()) {
        String place = words.group(1);
        Path folder = folder(place);
        boolean dotted = place.contains(".");
        assertThat(!dotted || Files.isDirectory(folder)).as("%s names %s", requirement.id(), place).isTrue();
        for (String type : dotted && words.group(2) != null ? words.group(2).split(", ") : new String[0]) {
          boolean isType = Character.isUpperCase(type.charAt(0));
          assertThat(!isType || Files.exists(folder.resolve(type + ".java")))
              .as("%s names %s of %s", requirement.id(), type, place).isTrue();
        }
      }
    }
  }

  /** Sources of a package as a requirement names it, such as {@code faultinjection.explore}. */
  private static Path folder(String place) {
    String module = place.split("\\.")[0].replace("faultinjection", "fault-injection");
    return top().resolve(module + "/src/main/java/dev/plugpull/" + place.replace('.', '/'));
  }

  @Test
  void noBugIsBothAPairAndLeftOut() throws Exception {
    Corpus corpus = Corpus.read(top().resolve("corpus"));
    assertThat(corpus.pairs()).noneMatch(bug -> corpus.leftOut().containsKey(bug.id()));
  }

  @Test
  void halfAPairIsRefused(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("broken"));
    Files.writeString(folder.resolve("broken/notes.txt"), "x");
    assertThatThrownBy(() -> Corpus.read(folder)).isInstanceOf(UnreadableProfileException.class)
        .hasMessageContaining("notes.txt").hasMessageContaining("KB-nnn.yaml");
    Files.delete(folder.resolve("broken/notes.txt"));
    Files.createDirectories(folder.resolve("fixed"));
    Files.writeString(folder.resolve("fixed/KB-001.yaml"), "family: none\n");
    assertThatThrownBy(() -> Corpus.read(folder)).isInstanceOf(UnreadableProfileException.class)
        .hasMessageContaining("broken/KB-001.yaml").hasMessageContaining("missing");
  }

  @Test
  void whatIsLeftOutNeedsAReason(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("left-out.yaml"), "KB-001: \"\"\n");
    assertThatThrownBy(() -> Corpus.read(folder)).hasMessageContaining("KB-001").hasMessageContaining("reason");
  }
}
