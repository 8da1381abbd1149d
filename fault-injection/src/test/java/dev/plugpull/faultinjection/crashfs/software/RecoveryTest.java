package dev.plugpull.faultinjection.crashfs.software;

import static dev.plugpull.faultinjection.crashfs.FileSystemRules.ext4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.crashfs.CrashReport;
import dev.plugpull.faultinjection.crashfs.CrashTest;
import dev.plugpull.faultinjection.crashfs.RecoveryCheck;
import dev.plugpull.faultinjection.crashfs.Workload;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** Cuts during recovery, and what the file system refuses. */
class RecoveryTest {
  private static final Workload OLD = root -> Files.writeString(root.resolve("data"), "old");
  private static final Workload MARK = root -> Files.createFile(root.resolve("wanted"));

  /** Survives every first cut; a second one between the deletion and the new file loses the data. */
  private static final RecoveryCheck REWRITES =
      root -> {
        assertThat(Files.readString(root.resolve("data"))).isIn("old", "new");
        if (Files.exists(root.resolve("wanted"))) {
          Files.delete(root.resolve("data"));
          Files.writeString(root.resolve("data"), "new");
          Files.delete(root.resolve("wanted"));
        }
      };

  private static void replace(Path root) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            root.resolve("fresh"), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap("new".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(root.resolve("fresh"), root.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static final RecoveryCheck REPLACES =
      root -> {
        assertThat(Files.readString(root.resolve("data"))).isIn("old", "new");
        if (Files.exists(root.resolve("wanted"))) {
          replace(root);
          Files.delete(root.resolve("wanted"));
        }
      };

  @Test
  void aSecondCutFindsTheBrokenRecovery() {
    assertThatThrownBy(() -> CrashTest.on(ext4()).given(OLD).run(MARK).thenRecover(REWRITES))
        .hasMessageContaining("then, during recovery, it went again")
        .hasMessageContaining("delete /data")
        .hasMessageContaining("RecoveryTest.java:");
    CrashTest.on(ext4()).given(OLD).cutsDuringRecovery(0).run(MARK).thenRecover(REWRITES);
  }

  @Test
  void itsFixedTwinHolds() {
    CrashReport report = CrashTest.on(ext4()).given(OLD).run(MARK).thenRecover(REPLACES);
    assertThat(report.inRecovery()).isPositive();
    CrashReport deeper =
        CrashTest.on(ext4()).given(OLD).cutsDuringRecovery(3).run(MARK).thenRecover(REPLACES);
    assertThat(deeper.inRecovery()).isGreaterThan(report.inRecovery());
  }

  @Test
  void theCheckSeesAViewThatItCannotSpoil() {
    Workload twice = root -> {
      Files.createFile(root.resolve("a"));
      Files.createFile(root.resolve("b"));
    };
    CrashTest.on(ext4())
        .given(OLD)
        .cutsDuringRecovery(0)
        .run(twice)
        .thenRecover(
            root -> {
              assertThat(root.resolve("data")).exists();
              Files.delete(root.resolve("data"));
              Files.writeString(root.resolve("data"), "other");
              Files.write(root.resolve("data"), new byte[] {1}, StandardOpenOption.APPEND);
              Files.delete(root.resolve("data"));
              Files.writeString(root.resolve("data.new"), "old");
              Files.move(root.resolve("data.new"), root.resolve("data"));
            });
  }

  @Test
  void memoryMappingIsRefused() {
    assertThatThrownBy(
            () ->
                CrashTest.on(ext4())
                    .given(OLD)
                    .run(
                        root -> {
                          try (FileChannel channel = FileChannel.open(root.resolve("data"))) {
                            channel.map(FileChannel.MapMode.READ_ONLY, 0, 3);
                          }
                        }))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("cannot map /data into memory: ");
  }
}
