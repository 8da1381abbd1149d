package dev.plugpull.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.conformance.house.DocsSession.Command;
import dev.plugpull.conformance.house.DocsSession.When;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does what the documentation tells its reader to do, page by page in an empty folder, and compares what comes out. */
class DocsTest {
  private static final Pattern COMMAND = Pattern.compile("^( {4}|\\$ )?\\./plugpull\\b.*");
  /** Words in capitals stand for something else: a line with them is told, not typed. */
  private static final Pattern PLACEHOLDER = Pattern.compile(".*\\b[A-Z]{3,}\\b.*");

  /** Where {@code .ci/scratch-repository.sh} installs this checkout. */
  private static final Path REPOSITORY = Sources.root().resolve("target/repository");

  @TempDir
  private Path folder;

  static Stream<Path> pages() {
    List<Path> pages = new ArrayList<>(List.of(Sources.root().resolve("README.md")));
    pages.addAll(Sources.files(Sources.root().resolve("docs"), ".md"));
    return pages.stream();
  }

  static Stream<Path> pagesWithCommands() {
    return with(When.ALWAYS);
  }

  static Stream<Path> pagesWithLongCommands() {
    return with(When.NIGHTLY);
  }

  private static Stream<Path> with(When when) {
    return pages().filter(page -> read(page).commands().stream()
        .anyMatch(command -> command.when() == when && command.expected() != null));
  }

  private static DocsSession read(Path page) {
    try {
      return DocsSession.of(page);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot read " + page, e);
    }
  }

  @Tag("docs")
  @ParameterizedTest
  @MethodSource("pagesWithCommands")
  void whatAPageShowsIsWhatComesOut(Path page) throws Exception {
    follow(page, List.of(When.ALWAYS));
  }

  @Tag("nightly")
  @ParameterizedTest
  @MethodSource("pagesWithLongCommands")
  void whatTakesLongToo(Path page) throws Exception {
    follow(page, List.of(When.ALWAYS, When.NIGHTLY));
  }

  private void follow(Path page, List<When> run) throws Exception {
    DocsSession session = DocsSession.of(page);
    boolean maven = session.commands().stream().anyMatch(command -> command.text().startsWith("mvn "));
    assumeTrue(!maven || Files.isDirectory(REPOSITORY), "no target/repository: run .ci/scratch-repository.sh first");
    Path work = Files.createDirectory(folder.resolve("plugpull"));
    for (String shared : List.of("examples", "corpus", "docs", "targets")) {
      Files.createSymbolicLink(work.resolve(shared), Sources.root().resolve(shared));
    }
    launcher(work.resolve("plugpull"), "'" + Path.of(System.getProperty("java.home"), "bin", "java")
        + "' -XX:+UseParallelGC -Dplugpull.home='" + Sources.root() + "' -cp '" + System.getProperty("java.class.path")
        + "' dev.plugpull.conformance.cli.Plugpull");
    launcher(folder.resolve("bin/mvn"), "env PATH='" + System.getenv("PATH") + "' mvn -B -ntp -Dstyle.color=never"
        + " -Dmaven.repo.local='" + REPOSITORY + "'");
    bash(session.script(run), work);
    List<Command> commands = session.commands();
    for (int i = 0; i < commands.size(); i++) {
      Command command = commands.get(i);
      if (run.contains(command.when()) && command.expected() != null) {
        String said = DocsSession.read(folder.resolve("said." + i));
        assertThat(DocsSession.fits(command.expected(), said))
            .as("%s:%d: $ %s%nsays%n%s%nbut the page has%n%s%nput the new output there, times as they are",
                Sources.name(page), command.line(), command.text(), said, String.join("\n", command.expected()))
            .isTrue();
      }
    }
  }

  private static void launcher(Path file, String command) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  /** The commands of a page are those of one shell. */
  private void bash(String script, Path work) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("session.sh"), script);
    ProcessBuilder builder = new ProcessBuilder("bash", file.toString()).directory(work.toFile())
        .redirectErrorStream(true).redirectOutput(folder.resolve("shell.out").toFile());
    builder.environment().put("said", folder.resolve("said").toString());
    builder.environment().put("NO_COLOR", "1");
    builder.environment().put("PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(600, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("cannot follow the page: its commands take more than 600 s");
    }
  }

  /** Nothing that a reader would type stands there untried. */
  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandOfABlockIsMarkedAsOne(Path page) throws IOException {
    boolean fenced = false;
    for (String line : Files.readAllLines(page)) {
      fenced ^= line.startsWith("```");
      boolean typed = COMMAND.matcher(line).matches() && (fenced || line.startsWith("    "));
      assertThat(typed && !PLACEHOLDER.matcher(line).matches() && !line.contains("# not compared"))
          .as("%s: '%s' is not tried: begin it with '$ '", Sources.name(page), line.strip()).isFalse();
    }
  }

  @Test
  void anotherOutputIsSeen() {
    List<String> page = List.of("a pass 12 states 3.0 s", "...", "report .../x.json");
    assertThat(DocsSession.fits(page, "a pass 12 states 4.1 s\n  more\n  lines\nreport /tmp/x.json\n")).isTrue();
    assertThat(DocsSession.fits(List.of("...", "passed"), "warning\n\u001b[0mpassed\n")).as("colours").isTrue();
    assertThat(DocsSession.fits(page, "a pass 13 states 3.0 s\nreport /tmp/x.json\n")).isFalse();
    assertThat(DocsSession.fits(page, "a pass 12 states 3.0 s\nreport /tmp/y.json\n")).isFalse();
    assertThat(DocsSession.fits(page, "a pass 12 states 3.0 s\n")).isFalse();
  }
}
