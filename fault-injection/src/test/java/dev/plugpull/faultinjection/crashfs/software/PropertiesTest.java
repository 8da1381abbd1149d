package dev.plugpull.faultinjection.crashfs.software;

import static dev.plugpull.faultinjection.crashfs.FileSystemRules.btrfs;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.ext4;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.fat;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.weakestPosix;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.xfs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.crashfs.CrashTest;
import dev.plugpull.faultinjection.crashfs.FileSystemRules;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's own properties files: written over the old one, and written beside it with {@code DSYNC}. */
class PropertiesTest {

  static FileSystemRules[] rules() {
    return new FileSystemRules[] {ext4(), xfs(), btrfs(), fat(), weakestPosix()};
  }

  private static Properties settings(String colour) {
    Properties properties = new Properties();
    properties.setProperty("colour", colour);
    return properties;
  }

  private static void overwrite(Path root, String colour) throws IOException {
    try (Writer writer = Files.newBufferedWriter(root.resolve("settings.properties"))) {
      settings(colour).store(writer, null);
    }
  }

  private static void replace(Path root, String colour) throws IOException {
    Path fresh = root.resolve("settings.properties.new");
    try (OutputStream stream =
        Files.newOutputStream(
            fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE,
            StandardOpenOption.DSYNC)) {
      settings(colour).store(stream, null);
    }
    Files.move(fresh, root.resolve("settings.properties"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void reads(Path root) throws IOException {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(root.resolve("settings.properties"))) {
      read.load(reader);
    }
    assertThat(read.getProperty("colour")).isIn("red", "green");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void writingOverTheOldFileLosesIt(FileSystemRules rules) {
    assertThatThrownBy(
            () ->
                CrashTest.on(rules)
                    .given(root -> overwrite(root, "red"))
                    .run(root -> overwrite(root, "green"))
                    .thenRecover(PropertiesTest::reads))
        .hasMessageContaining("truncate /settings.properties to 0 bytes (TRUNCATE_EXISTING)")
        .hasMessageContaining("PropertiesTest.java:");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void writingBesideItHolds(FileSystemRules rules) {
    CrashTest.on(rules)
        .given(root -> overwrite(root, "red"))
        .run(root -> replace(root, "green"))
        .thenRecover(PropertiesTest::reads);
  }
}
