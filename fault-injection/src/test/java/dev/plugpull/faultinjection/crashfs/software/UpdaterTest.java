package dev.plugpull.faultinjection.crashfs.software;

import static dev.plugpull.faultinjection.crashfs.FileSystemRules.btrfs;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.ext4;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.fat;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.weakestPosix;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.xfs;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.crashfs.CrashReport;
import dev.plugpull.faultinjection.crashfs.CrashTest;
import dev.plugpull.faultinjection.crashfs.FileSystemRules;
import dev.plugpull.faultinjection.crashfs.RecoveryCheck;
import dev.plugpull.faultinjection.crashfs.Workload;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A naive updater that writes and moves, and its fixed twin. */
class UpdaterTest {
  private static final Workload OLD = root -> Files.writeString(root.resolve("version"), "version 1");

  private static final Workload NAIVE =
      root -> {
        Path temporary = root.resolve("version.tmp");
        Files.writeString(temporary, "version 2");
        Files.move(temporary, root.resolve("version"), REPLACE_EXISTING);
      };

  private static final Workload ATOMIC_ONLY =
      root -> {
        Path temporary = root.resolve("version.tmp");
        Files.writeString(temporary, "version 2");
        Files.move(temporary, root.resolve("version"), ATOMIC_MOVE);
      };

  private static final Workload FIXED = UpdaterTest::fixed;

  private static void fixed(Path root) throws java.io.IOException {
    Path temporary = root.resolve("version.tmp");
    try (FileChannel channel = FileChannel.open(temporary, WRITE, CREATE, TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap("version 2".getBytes()));
      channel.force(true);
    }
    Files.move(temporary, root.resolve("version"), ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(root, READ)) {
      directory.force(true);
    }
  }

  private static final RecoveryCheck OLD_OR_NEW =
      root -> assertThat(Files.readString(root.resolve("version"))).isIn("version 1", "version 2");

  static FileSystemRules[] all() {
    return new FileSystemRules[] {ext4(), xfs(), btrfs(), fat(), weakestPosix()};
  }

  @ParameterizedTest
  @MethodSource("all")
  void aMoveThatReplacesDeletesFirst(FileSystemRules rules) {
    assertThatThrownBy(() -> CrashTest.on(rules).given(OLD).run(NAIVE).thenRecover(OLD_OR_NEW))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("recovery fails after a power cut on " + rules.name())
        .hasMessageContaining("delete /version (REPLACE_EXISTING deletes first)")
        .hasMessageContaining("UpdaterTest.java:");
  }

  @Test
  void theStoryNamesTheCure() {
    assertThatThrownBy(() -> CrashTest.on(ext4()).given(OLD).run(NAIVE).thenRecover(OLD_OR_NEW))
        .hasMessageContaining("ATOMIC_MOVE in place of the move of operation 4 (UpdaterTest.java:");
    assertThatThrownBy(() -> CrashTest.on(xfs()).given(OLD).run(ATOMIC_ONLY).thenRecover(OLD_OR_NEW))
        .hasMessageContaining("force /version.tmp after operation 2 (UpdaterTest.java:");
  }

  @Test
  void ext4SavesTheAtomicMoveWithoutForce() {
    CrashReport report = CrashTest.on(ext4()).given(OLD).run(ATOMIC_ONLY).thenRecover(OLD_OR_NEW);
    assertThat(report.isComplete()).isTrue();
    assertThat(report.operations()).isEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theFixedTwinHolds(FileSystemRules rules) {
    CrashReport report = CrashTest.on(rules).given(OLD).run(FIXED).thenRecover(OLD_OR_NEW);
    assertThat(report.isComplete()).isTrue();
    assertThat(report.distinct()).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatWasPromisedStays(FileSystemRules rules) {
    CrashTest.on(rules)
        .given(OLD)
        .run(
            (root, promises) -> {
              fixed(root);
              promises.promise("version 2");
            })
        .thenRecover(
            (root, promised) ->
                assertThat(Files.readString(root.resolve("version")))
                    .isIn("version 2", promised.isEmpty() ? "version 1" : promised));
  }

  @Test
  void aPromiseWithoutForceIsBroken() {
    assertThatThrownBy(
            () ->
                CrashTest.on(ext4())
                    .given(OLD)
                    .run(
                        (root, promises) -> {
                          ATOMIC_ONLY.run(root);
                          promises.promise("version 2");
                        })
                    .thenRecover(
                        (root, promised) ->
                            assertThat(Files.readString(root.resolve("version")))
                                .isIn("version 2", promised.isEmpty() ? "version 1" : promised)))
        .hasMessageContaining("promised before: version 2")
        .hasMessageContaining("force directory / after operation 4");
  }

  /** auto_da_alloc of ext4 and the commits of btrfs save it; elsewhere the new file may be empty or full of zeros. */
  @Test
  void elsewhereTheAtomicMoveNeedsForce() {
    CrashTest.on(btrfs()).given(OLD).run(ATOMIC_ONLY).thenRecover(OLD_OR_NEW);
    for (FileSystemRules rules : List.of(xfs(), fat(), weakestPosix())) {
      assertThatThrownBy(() -> CrashTest.on(rules).given(OLD).run(ATOMIC_ONLY).thenRecover(OLD_OR_NEW))
          .as(rules.name())
          .hasMessageContaining("force /version.tmp after operation 2");
    }
  }
}
