package dev.plugpull.faultinjection.crashfs.software;

import static dev.plugpull.faultinjection.crashfs.FileSystemRules.ext4;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.crashfs.CrashReport;
import dev.plugpull.faultinjection.crashfs.CrashRun;
import dev.plugpull.faultinjection.crashfs.CrashTest;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prints how many crash states a second are enumerated, opened and checked on one core. */
@Tag("nightly")
class CrashSpeedTest {
  private static final int SECTORS = 10;
  private static final int SECTOR = 512;
  private static final Set<StandardOpenOption> WRITE = Set.of(StandardOpenOption.WRITE);
  private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  private static CrashRun sectorsOfOneFile(int files, int rounds) {
    return CrashTest.on(ext4())
        .given(
            root -> {
              Files.write(root.resolve("data"), new byte[SECTORS * SECTOR]);
              for (int i = 1; i < files; i++) {
                Files.createDirectories(root.resolve("d" + i % 10));
                Files.writeString(root.resolve("d" + i % 10).resolve("file" + i), "content " + i);
              }
            })
        .run(root -> overwriteSectors(root.resolve("data"), rounds));
  }

  private static void overwriteSectors(Path file, int rounds) throws java.io.IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      for (int round = 1; round <= rounds; round++) {
        for (int sector = 0; sector < SECTORS; sector++) {
          byte[] bytes = new byte[SECTOR];
          bytes[0] = (byte) round;
          bytes[1] = (byte) (round >> 8);
          channel.write(ByteBuffer.wrap(bytes), (long) sector * SECTOR);
        }
        channel.force(false);
      }
    }
  }

  /** Time on the core, not on the wall: other work on the machine does not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double statesASecond(int files, int rounds) {
    CrashRun run = sectorsOfOneFile(files, rounds);
    long began = cpuNanos();
    CrashReport report =
        run.thenRecover(root -> assertThat(Files.readAllBytes(root.resolve("data")).length).isEqualTo(5120));
    double seconds = (cpuNanos() - began) / 1e9;
    System.out.printf(
        "%d files: %d crash states (%d distinct) in %.2f s of processor time: %.0f a second%n", files, report.states(),
        report.distinct(), seconds, report.distinct() / seconds);
    return report.distinct() / seconds;
  }

  @Test
  void rates() {
    statesASecond(1, 30);
    double best = 0;
    for (int i = 0; i < 3; i++) {
      best = Math.max(best, statesASecond(1, 100));
    }
    statesASecond(100, 100);
    statesASecond(1000, 50);
    assertThat(best).as("distinct crash states a second at 1 file, best of three").isGreaterThan(50_000);
  }

  @Test
  void tenThousandOperationsAndAHundredMegabytes() {
    long began = System.nanoTime();
    CrashRun run =
        CrashTest.on(ext4())
            .run(
                root -> {
                  for (int i = 0; i < 1000; i++) {
                    writeAndMove(root, i);
                  }
                });
    double recorded = (System.nanoTime() - began) / 1e9;
    CrashReport report = run.thenRecover(CrashSpeedTest::wholeOrMissing);
    System.gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.printf(
        "%d operations recorded in %.1f s, %s in %.1f s, %d MB in use afterwards%n", report.operations(), recorded,
        report, (System.nanoTime() - began) / 1e9 - recorded, used >> 20);
    assertThat(report.operations()).isGreaterThanOrEqualTo(10_000);
  }

  private static void writeAndMove(Path root, int number) throws java.io.IOException {
    Path temporary = root.resolve("temporary");
    try (FileChannel channel = FileChannel.open(temporary, NEW)) {
      for (int part = 0; part < 6; part++) {
        byte[] bytes = new byte[17_000];
        java.util.Arrays.fill(bytes, (byte) (number + part));
        channel.write(ByteBuffer.wrap(bytes));
      }
      channel.force(true);
    }
    Files.move(temporary, root.resolve("file" + number % 50), StandardCopyOption.ATOMIC_MOVE);
    if (number % 10 == 0) {
      try (FileChannel directory = FileChannel.open(root, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  private static void wholeOrMissing(Path root) throws java.io.IOException {
    Path file = root.resolve("file7");
    if (Files.exists(file)) {
      assertThat(Files.size(file)).isEqualTo(6 * 17_000);
    }
  }
}
