package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.corpus.Corpus;
import dev.plugpull.conformance.corpus.CorpusPaper;
import dev.plugpull.conformance.corpus.CorpusRunner;
import dev.plugpull.conformance.corpus.KnownBug;
import dev.plugpull.conformance.corpus.Reproduction;
import dev.plugpull.reports.face.ReportFile;
import dev.plugpull.scenarios.family.UnreadableProfileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** {@code plugpull corpus}: known bugs, found again. */
@Command(
    name = "corpus",
    mixinStandardHelpOptions = true,
    description = "Explores known bugs: the broken device must violate the property, the fixed one nothing. Exit code 1"
        + " if a pair is not as expected.")
final class CorpusCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "KB-nnn", description = "only these bugs; all if none is named")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--folder", paramLabel = "DIR", defaultValue = "corpus",
      description = "folder with broken, fixed and left-out.yaml (${DEFAULT-VALUE})")
  private Path folder;

  @Option(names = "--json", paramLabel = "FILE", description = "write the results here")
  private Path json;

  @Option(names = "--doc", paramLabel = "FILE", description = "write the page of known bugs here")
  private Path doc;

  @Mixin private Workers workers;

  @Option(names = "--budget", paramLabel = "TIME", defaultValue = "60s",
      description = "for each device (${DEFAULT-VALUE})")
  private String budget;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new CannotException("cannot run the corpus: no folder " + folder
          + "; run in the top folder of Plugpull, or name one with --folder");
    }
    try {
      return run(Corpus.read(folder));
    } catch (UnreadableProfileException e) {
      throw new CannotException(e.getMessage());
    }
  }

  private int run(Corpus corpus) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    InstantSource clock = InstantSource.system();
    long from = clock.millis();
    CorpusRunner runner = new CorpusRunner(workers.count(), Durations.seconds(budget), clock);
    List<Reproduction> done = new ArrayList<>();
    for (KnownBug bug : chosen(corpus)) {
      Reproduction reproduction = runner.run(bug);
      done.add(reproduction);
      out.println(line(reproduction));
      out.flush();
    }
    double seconds = (clock.millis() - from) / 1000.0;
    long good = done.stream().filter(Reproduction::asExpected).count();
    out.println(String.format(Locale.ROOT, "%d of %d pairs as expected, %d left out, median fault plan %.1f steps,"
        + " %.1f s", good, done.size(), corpus.leftOut().size(), CorpusPaper.medianSteps(done), seconds));
    out.flush();
    if (json != null) {
      ReportFile.write(json, JsonMapper.builder().build().writerWithDefaultPrettyPrinter()
          .writeValueAsString(CorpusPaper.json(corpus, done, seconds)) + "\n");
    }
    if (doc != null) {
      ReportFile.write(doc, CorpusPaper.markdown(corpus, done));
    }
    return good == done.size() ? ExitCode.PASS : ExitCode.FAIL;
  }

  private List<KnownBug> chosen(Corpus corpus) {
    for (String id : ids) {
      if (corpus.pairs().stream().noneMatch(bug -> bug.id().equals(id))) {
        String reason = corpus.leftOut().get(id);
        throw new CannotException("cannot explore " + id + ": "
            + (reason == null ? "there is no such pair in " + folder : "it is left out, because " + reason));
      }
    }
    return ids.isEmpty() ? corpus.pairs() : corpus.pairs().stream().filter(bug -> ids.contains(bug.id())).toList();
  }

  private static String line(Reproduction it) {
    String verdict = it.asExpected() ? "found " + it.bug().broken().violates() : "NOT AS EXPECTED";
    String line = String.format(Locale.ROOT, "%s  %-16s %-22s %d steps, %d + %d states, %.1f s", it.bug().id(),
        it.bug().broken().profile().family(), verdict, it.plan().size(), it.broken().durableStates(),
        it.fixed().durableStates(), it.seconds());
    return it.asExpected() ? line : line + "\n        " + it.complaint();
  }
}
