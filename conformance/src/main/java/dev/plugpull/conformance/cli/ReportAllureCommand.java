package dev.plugpull.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;

/** {@code plugpull report allure}: one page of what tests have written for Allure. */
@Command(
    name = "allure",
    mixinStandardHelpOptions = true,
    description = "Builds Allure's page, without the network, from what tests have written for it. The page is one file"
        + " and makes no request when it is opened. Exit code 0 however the tests went.")
final class ReportAllureCommand implements Callable<Integer> {
  private static final String RESULTS = "allure-results";
  private static final int DEEPEST = 6;

  @Parameters(arity = "0..*", paramLabel = "FOLDER",
      description = "folders named allure-results, or folders that hold such (the current one)")
  private List<Path> folders = List.of();

  @Option(names = "--out", paramLabel = "DIR", defaultValue = "out/allure",
      description = "where index.html goes (${DEFAULT-VALUE})")
  private Path out;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder : folders.isEmpty() ? List.of(Path.of("")) : folders) {
      found.addAll(below(folder.toAbsolutePath().normalize()));
    }
    long results = 0;
    for (Path folder : found) {
      results += results(folder);
    }
    if (results == 0) {
      throw new CannotException("cannot build the Allure page: " + where() + "; run tests that have io.qameta.allure:"
          + "allure-jupiter on their class path first, or name the folder that they write to");
    }
    Path page = AllurePage.write(found, out);
    PrintWriter told = spec.commandLine().getOut();
    told.println(results + " results in " + found.size() + (found.size() == 1 ? " folder" : " folders"));
    told.println("report " + page);
    told.flush();
    return ExitCode.PASS;
  }

  private String where() {
    return "no results in a folder " + RESULTS + " below "
        + (folders.isEmpty() ? "the current folder" : folders.toString());
  }

  private static List<Path> below(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new CannotException("cannot build the Allure page: no folder " + folder);
    }
    if (results(folder) > 0) {
      return List.of(folder);
    }
    try (Stream<Path> all = Files.find(folder, DEEPEST, (path, kind) -> kind.isDirectory() && path.endsWith(RESULTS))) {
      return all.sorted().toList();
    }
  }

  private static long results(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith("-result.json")).count();
    }
  }
}
