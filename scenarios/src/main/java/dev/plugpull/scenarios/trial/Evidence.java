package dev.plugpull.scenarios.trial;

import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.CertificateJson;
import dev.plugpull.reports.Replay;
import dev.plugpull.reports.face.CertificateHtml;
import dev.plugpull.reports.face.ReportFile;
import dev.plugpull.scenarios.family.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files that a failing test leaves.
 *
 * @param report a page for a browser
 * @param replay the counter-example as {@code ./plugpull replay} reads it
 * @param command the command that repeats it; empty for a device that only Java can build
 */
public record Evidence(Path report, Path replay, String command) {
  private static final Object ONE_AT_A_TIME = new Object();

  /** Where files go: system property {@code plugpull.out}, else {@code target/plugpull}. */
  public static Path folder() {
    return Path.of(System.getProperty("plugpull.out", "target/plugpull")).toAbsolutePath().normalize();
  }

  /**
   * Writes the files of a counter-example.
   *
   * @throws UncheckedIOException if they cannot be written
   */
  public static Evidence write(CounterExample<?> example) {
    Path folder = folder().resolve(slug(example.trial().title()));
    Path replay = folder.resolve(example.id() + ".json");
    Path page = folder.resolve(example.id() + ".html");
    boolean command = example.trial().profile().isPresent();
    String words = command ? "./plugpull replay " + replay : "";
    try {
      synchronized (ONE_AT_A_TIME) {
        Certificate certificate = Paper.certificate(example, input(example, folder), words);
        ReportFile.write(replay, CertificateJson.write(
            Replay.of(certificate, certificate.counterExamples().getFirst())));
        ReportFile.write(page, CertificateHtml.write(certificate));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Evidence(page, replay, words);
  }

  private static Optional<Paper.Source> input(CounterExample<?> example, Path folder) throws IOException {
    Optional<Path> file = example.trial().file();
    if (file.isPresent()) {
      Path absolute = file.get().toAbsolutePath().normalize();
      return Optional.of(new Paper.Source(absolute.toString(), Digest.of(Files.readAllBytes(absolute))));
    }
    Optional<Profile> profile = example.trial().profile();
    if (profile.isEmpty()) {
      return Optional.empty();
    }
    String yaml = Yaml.of(profile.get(), example.trial().scenario());
    Path written = folder.resolve("profile-" + Digest.shortId(yaml) + ".yaml");
    ReportFile.write(written, yaml);
    return Optional.of(new Paper.Source(written.toString(), Digest.of(yaml.getBytes(StandardCharsets.UTF_8))));
  }

  static String slug(String text) {
    String slug = text.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return slug.isEmpty() ? "device" : slug.substring(0, Math.min(slug.length(), 80));
  }

  /** The lines that end a failing test's message. */
  public String words() {
    String repeat = command.isEmpty()
        ? "the device is built in Java: run this test again, or give the plan to Trial.replay" : command;
    return "  repeat   " + repeat + "\n  report   " + report.toUri() + "\n";
  }
}
