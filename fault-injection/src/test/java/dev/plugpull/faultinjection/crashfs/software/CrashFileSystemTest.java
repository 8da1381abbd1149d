package dev.plugpull.faultinjection.crashfs.software;

import static dev.plugpull.faultinjection.crashfs.FileSystemRules.ext4;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.fat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.crashfs.CrashFileSystem;
import dev.plugpull.faultinjection.crashfs.CrashTest;
import dev.plugpull.faultinjection.crashfs.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A crash file system in one's own hands: no runner, the power cut when one likes. */
class CrashFileSystemTest {

  private static String text(CrashFileSystem disk, String name) throws IOException {
    Path file = disk.getPath("/", name);
    return Files.exists(file) ? Files.readString(file) : "missing";
  }

  private static TreeSet<String> left(Cut cut, String name) throws IOException {
    TreeSet<String> found = new TreeSet<>();
    for (CrashFileSystem state : cut.states()) {
      found.add(text(state, name));
    }
    return found;
  }

  @Test
  void theLiveOneGoesOnAfterACut() throws IOException {
    try (CrashFileSystem disk = CrashFileSystem.on(ext4())) {
      Files.writeString(disk.getPath("/version"), "1");
      assertThat(left(disk.cut(), "version")).containsExactly("", "1", "missing");
      disk.settle();
      assertThat(left(disk.cut(), "version")).containsExactly("1");
      Files.writeString(disk.getPath("/version.tmp"), "2");
      Files.move(disk.getPath("/version.tmp"), disk.getPath("/version"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(left(disk.cut(), "version")).containsExactly("1", "2");
      assertThat(text(disk, "version")).isEqualTo("2");
    }
  }

  @Test
  void statesAreOfTheirOwnAndCanBeCutAgain() throws IOException {
    try (CrashFileSystem disk = CrashFileSystem.on(ext4())) {
      Files.writeString(disk.getPath("/a"), "a");
      disk.settle();
      Files.writeString(disk.getPath("/b"), "b");
      Cut cut = disk.cut();
      assertThat(cut.isComplete()).isTrue();
      assertThat(cut.size()).isEqualTo(3);
      for (CrashFileSystem state : cut.states()) {
        Files.delete(state.getPath("/a"));
        assertThat(left(state.cut(), "a")).containsExactly("a", "missing");
      }
      assertThat(left(cut, "a")).as("what was done to one state").containsExactly("a");
      assertThat(text(disk, "a")).isEqualTo("a");
    }
  }

  @Test
  void aRecordingIsCutAfterEveryOperation() throws IOException {
    try (CrashFileSystem disk = CrashFileSystem.on(ext4())) {
      Files.writeString(disk.getPath("/version"), "1");
      disk.settle();
      Files.writeString(disk.getPath("/version"), "2");
      disk.promise("2");
      assertThatThrownBy(
          () -> disk.recorded().thenRecover((root, promised) -> {
            if (promised.equals("2")) {
              assertThat(Files.readString(root.resolve("version"))).isEqualTo("2");
            }
          }))
          .hasMessageContaining("promised before: 2")
          .hasMessageContaining("CrashFileSystemTest.java:");
    }
  }

  /** Where another program put its bytes is no matter of ours. */
  @Test
  void filesThatGrowInTurnsOnFatKeepTheirBytes() throws IOException {
    try (CrashFileSystem disk = CrashFileSystem.on(fat())) {
      for (int i = 1; i <= 3; i++) {
        Files.writeString(disk.getPath("/a"), "a".repeat(5000 * i));
        Files.writeString(disk.getPath("/b"), "b".repeat(5000 * i));
      }
      disk.settle();
      assertThat(left(disk.cut(), "a")).containsExactly("a".repeat(15_000));
    }
  }

  @Test
  void aRecoveryCheckDoesNotCutItself() {
    assertThatThrownBy(
        () -> CrashTest.on(ext4()).run(root -> {}).thenRecover(
            root -> ((CrashFileSystem) root.getFileSystem()).cut()))
        .hasMessageContaining("cannot cut the power here: a crash test cuts its recovery check itself");
  }
}
