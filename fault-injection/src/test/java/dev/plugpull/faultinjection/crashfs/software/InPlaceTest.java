package dev.plugpull.faultinjection.crashfs.software;

import static dev.plugpull.faultinjection.crashfs.FileSystemRules.btrfs;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.ext4;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.fat;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.weakestPosix;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.xfs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.crashfs.CrashRun;
import dev.plugpull.faultinjection.crashfs.CrashTest;
import dev.plugpull.faultinjection.crashfs.FileSystemRules;
import dev.plugpull.faultinjection.crashfs.Workload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file whose first sector is overwritten in place and which grows: neither waits for the other, whatever is cut. */
class InPlaceTest {
  private static final int BLOCK = 4096;
  private static final int OLD_BYTES = 2 * BLOCK;
  private static final Workload THERE = root -> Files.write(root.resolve("log"), filled('o', OLD_BYTES));

  static FileSystemRules[] all() {
    return new FileSystemRules[] {ext4(), xfs(), btrfs(), fat(), weakestPosix()};
  }

  /** On btrfs one transaction takes all that went before: an append is there when a later overwrite is. */
  static FileSystemRules[] overwritingTheirBlocks() {
    return new FileSystemRules[] {ext4(), xfs(), fat(), weakestPosix()};
  }

  private static byte[] filled(char with, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static void put(FileChannel channel, char with, int length, long at) throws IOException {
    channel.write(ByteBuffer.wrap(filled(with, length)), at);
  }

  private static FileChannel open(Path root) throws IOException {
    return FileChannel.open(root.resolve("log"), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** First byte and, if the file has grown to its full length, last byte. */
  private static String ends(Path root, int fullLength) throws IOException {
    byte[] bytes = Files.readAllBytes(root.resolve("log"));
    String first = String.valueOf((char) bytes[0]);
    return bytes.length == fullLength ? first + (char) bytes[fullLength - 1] : first;
  }

  private static TreeSet<String> states(FileSystemRules rules, int fullLength, Workload workload) {
    TreeSet<String> found = new TreeSet<>();
    CrashTest.on(rules).given(THERE).run(workload).thenRecover(root -> found.add(ends(root, fullLength)));
    return found;
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatWasOverwrittenMayBeLostAlthoughALaterAppendIsThere(FileSystemRules rules) {
    TreeSet<String> found = states(rules, OLD_BYTES + BLOCK, root -> {
      try (FileChannel channel = open(root)) {
        put(channel, 'n', 512, 0);
        put(channel, 'a', BLOCK, OLD_BYTES);
      }
    });
    assertThat(found).contains("o", "n", "oa", "na");
  }

  @ParameterizedTest
  @MethodSource("all")
  void oneWriteOverTheEndIsTwoThings(FileSystemRules rules) {
    TreeSet<String> found = states(rules, OLD_BYTES + BLOCK, root -> {
      try (FileChannel channel = open(root)) {
        put(channel, 'n', OLD_BYTES + BLOCK, 0);
      }
    });
    assertThat(found).contains("o", "on", "nn");
  }

  @ParameterizedTest
  @MethodSource("overwritingTheirBlocks")
  void whatWasAppendedMayBeLostAlthoughALaterOverwriteIsThere(FileSystemRules rules) {
    TreeSet<String> found = states(rules, OLD_BYTES + BLOCK, root -> {
      try (FileChannel channel = open(root)) {
        put(channel, 'a', BLOCK, OLD_BYTES);
        put(channel, 'n', 512, 0);
      }
    });
    assertThat(found).contains("o", "n", "oa", "na");
  }

  @ParameterizedTest
  @MethodSource("all")
  void aForceInBetweenKeepsWhatWasOverwritten(FileSystemRules rules) {
    TreeSet<String> found = states(rules, OLD_BYTES + BLOCK, root -> {
      try (FileChannel channel = open(root)) {
        put(channel, 'n', 512, 0);
        channel.force(false);
        put(channel, 'a', BLOCK, OLD_BYTES);
      }
    });
    assertThat(found).contains("o", "n", "na").doesNotContain("oa");
  }

  @ParameterizedTest
  @MethodSource("all")
  void aForceAtTheEndKeepsBoth(FileSystemRules rules) {
    CrashTest.on(rules).given(THERE).run((root, promises) -> {
      try (FileChannel channel = open(root)) {
        put(channel, 'n', 512, 0);
        put(channel, 'a', BLOCK, OLD_BYTES);
        channel.force(false);
        promises.promise("both");
      }
    }).thenRecover((root, promised) -> {
      if (promised.equals("both")) {
        assertThat(ends(root, OLD_BYTES + BLOCK)).isEqualTo("na");
      }
    });
  }

  /** The head of a log that counts its records: with the append alone on disk, a record is there and not counted. */
  @ParameterizedTest
  @MethodSource("all")
  void aStoryTellsWhatWasLostAndThatAForceSavesIt(FileSystemRules rules) {
    CrashRun run = CrashTest.on(rules).given(THERE).run(root -> {
      try (FileChannel channel = open(root)) {
        put(channel, 'n', 512, 0);
        put(channel, 'a', BLOCK, OLD_BYTES);
      }
    });
    assertThatThrownBy(
        () -> run.thenRecover(root -> assertThat(ends(root, OLD_BYTES + BLOCK)).isNotEqualTo("oa")))
        .hasMessageContaining("write 512 bytes to /log at 0")
        .hasMessageContaining("force /log after operation 1 (InPlaceTest.java:");
  }

  /** What an append shares a sector with goes with it, on every file system: a sector is written as a whole. */
  @ParameterizedTest
  @MethodSource("overwritingTheirBlocks")
  void theSectorInWhichAnAppendBeginsIsWrittenOnce(FileSystemRules rules) {
    int end = OLD_BYTES + 100;
    TreeSet<String> found = new TreeSet<>();
    CrashTest.on(rules).given(root -> Files.write(root.resolve("log"), filled('o', end))).run(root -> {
      try (FileChannel channel = open(root)) {
        put(channel, 'n', 10, OLD_BYTES);
        put(channel, 'a', 10, end);
      }
    }).thenRecover(root -> {
      byte[] bytes = Files.readAllBytes(root.resolve("log"));
      found.add((char) bytes[OLD_BYTES] + (bytes.length > end ? "" + (char) bytes[end] : ""));
    });
    assertThat(found).contains("o", "n", "na").doesNotContain("oa");
  }
}
