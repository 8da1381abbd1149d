package dev.plugpull.conformance.cli;

import dev.plugpull.reports.face.ReportFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Allure's page in one file. Its own generator makes it, in a JVM of its own; what the page would load from elsewhere
 * (a counter of visitors) is taken out, and the page forbids the browser any request.
 */
final class AllurePage {
  private static final Pattern FROM_ELSEWHERE = Pattern.compile("<script[^>]*\\ssrc=\"https?:[^>]*></script>");
  private static final String CHARSET = "<meta charset=\"utf-8\">";
  private static final String NOTHING_FROM_ELSEWHERE =
      "<meta http-equiv=\"Content-Security-Policy\""
          + " content=\"default-src data: blob: 'unsafe-inline' 'unsafe-eval'\">";

  private AllurePage() {}

  /** Writes {@code index.html} into {@code out}. */
  static Path write(List<Path> results, Path out) throws IOException {
    Path scratch = Files.createTempDirectory("plugpull-allure");
    try {
      Path generator = unpacked(scratch);
      Path made = scratch.resolve("page");
      generate(generator, results, made);
      Path page = out.resolve("index.html");
      Files.createDirectories(out);
      ReportFile.write(page, closed(Files.readString(made.resolve("index.html"))));
      return page;
    } finally {
      delete(scratch);
    }
  }

  /** The page without what it would load from elsewhere. */
  private static String closed(String page) throws IOException {
    if (!page.contains(CHARSET)) {
      throw new IOException("cannot build the Allure page: the generator's page has no place for its policy");
    }
    return FROM_ELSEWHERE.matcher(page).replaceAll("").replace(CHARSET, CHARSET + NOTHING_FROM_ELSEWHERE);
  }

  private static void generate(Path generator, List<Path> results, Path made) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        generator.resolve("lib") + "/*" + File.pathSeparator + generator.resolve("lib/config"),
        "io.qameta.allure.CommandLine", "generate", "--single-file", "--output", made.toString()));
    results.forEach(folder -> command.add(folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("APP_HOME", generator.toString());
    builder.environment().put("ALLURE_NO_ANALYTICS", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (exit(process) != 0 || !Files.exists(made.resolve("index.html"))) {
      throw new IOException("cannot build the Allure page: its generator says: " + said.strip());
    }
  }

  private static int exit(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("cannot build the Allure page: interrupted", e);
    }
  }

  /** The generator's folder. */
  private static Path unpacked(Path scratch) throws IOException {
    try (InputStream in = Files.newInputStream(packed()); ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path to = scratch.resolve("generator").resolve(entry.getName()).normalize();
        if (!entry.isDirectory() && to.startsWith(scratch)) {
          Files.createDirectories(to.getParent());
          Files.copy(zip, to);
        }
      }
    }
    try (Stream<Path> folders = Files.list(scratch.resolve("generator"))) {
      return folders.findFirst().orElseThrow();
    }
  }

  /** Beside the jar of this class, or where the build puts the jars. */
  private static Path packed() throws IOException {
    Path here = here();
    Path folder = Files.isDirectory(here) ? here.resolveSibling("lib") : here.getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("allure-commandline")).findFirst()
          .orElseThrow(() -> new IOException(
              "cannot build the Allure page: its generator is not in " + folder + "; build Plugpull again"));
    }
  }

  private static Path here() throws IOException {
    try {
      return Path.of(AllurePage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("cannot build the Allure page: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
