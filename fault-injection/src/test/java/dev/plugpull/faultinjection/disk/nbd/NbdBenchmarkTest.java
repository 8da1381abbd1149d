package dev.plugpull.faultinjection.disk.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.DiskImage;
import dev.plugpull.faultinjection.disk.image.FileImage;
import dev.plugpull.faultinjection.disk.image.Overlay;
import dev.plugpull.faultinjection.disk.log.LogHeader;
import dev.plugpull.faultinjection.disk.log.LogWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Throughput beside {@code qemu-nbd}, by fio, on one image, in turns. Prints the table of docs/performance.md. System
 * property {@code seconds} is the length of one measurement (default 3), of which each cell has two.
 */
@Tag("nightly")
class NbdBenchmarkTest {
  private static final int SIZE_MIB = 256;
  private static final int ROUNDS = 2;

  /** One kind of load. */
  private enum Load {
    SEQUENTIAL_READ("read", "256k", 16),
    SEQUENTIAL_WRITE("write", "256k", 16),
    RANDOM_READ("randread", "4k", 16),
    RANDOM_WRITE("randwrite", "4k", 16),
    RANDOM_READ_ALONE("randread", "4k", 1);

    private final String pattern;
    private final String block;
    private final int depth;

    Load(String pattern, String block, int depth) {
      this.pattern = pattern;
      this.block = block;
      this.depth = depth;
    }

    boolean reads() {
      return pattern.endsWith("read");
    }
  }

  @TempDir Path folder;

  @Test
  void reachesSeventyPercentOfQemuNbd() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/fio")) && Files.exists(Path.of("/usr/bin/qemu-nbd")),
        "fio and qemu-nbd are needed");
    Path image = image();
    List<String> slow = new ArrayList<>();
    System.out.println("| load | qemu-nbd | image | share | overlay | share | recorded overlay | share |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (Load load : Load.values()) {
      double[] best = new double[4];
      for (int round = 0; round < ROUNDS; round++) {
        best[0] = Math.max(best[0], qemu(image, load));
        try (FileImage file = FileImage.openWritable(image)) {
          best[1] = Math.max(best[1], ours(FaultDisk.of(file), load));
          best[2] = Math.max(best[2], overlay(file, load));
          best[3] = Math.max(best[3], recorded(file, load));
        }
      }
      System.out.printf("| %s | %.0f | %.0f | %.0f %% | %.0f | %.0f %% | %.0f | %.0f %% |%n", load, best[0], best[1],
          100 * best[1] / best[0], best[2], 100 * best[2] / best[0], best[3], 100 * best[3] / best[0]);
      if (best[1] < 0.7 * best[0] || best[2] < 0.7 * best[0]) {
        slow.add(load + ": " + Arrays.toString(best));
      }
    }
    assertThat(slow).as("MiB/s of qemu-nbd, image, overlay, recorded overlay").isEmpty();
  }

  private Path image() throws IOException {
    Path image = folder.resolve("image");
    byte[] piece = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(image)) {
      for (int i = 0; i < SIZE_MIB; i++) {
        random.nextBytes(piece);
        out.write(piece);
      }
    }
    return image;
  }

  private double qemu(Path image, Load load) throws Exception {
    Path socket = folder.resolve("q");
    Process server =
        new ProcessBuilder("qemu-nbd", "-f", "raw", "-k", socket.toString(), "-t", "-e", "8", image.toString())
            .inheritIO().start();
    try {
      while (!Files.exists(socket)) {
        Thread.sleep(10);
      }
      return fio("nbd+unix:///?socket=" + socket, load);
    } finally {
      server.destroy();
      server.waitFor();
      Files.deleteIfExists(socket);
    }
  }

  private double overlay(DiskImage below, Load load) throws Exception {
    try (Overlay overlay = Overlay.on(below, folder)) {
      return ours(FaultDisk.of(overlay), load);
    }
  }

  private double recorded(DiskImage below, Load load) throws Exception {
    Path file = folder.resolve("log");
    try (Overlay overlay = Overlay.on(below, folder);
        LogWriter log = LogWriter.create(file, LogHeader.of("", below.size()))) {
      return ours(FaultDisk.recorded(overlay, log, 0), load);
    } finally {
      Files.delete(file);
    }
  }

  private double ours(FaultDisk disk, Load load) throws Exception {
    try (NbdServer server = NbdServer.at(folder.resolve("s")).export("", disk).start()) {
      return fio(server.uri(""), load);
    }
  }

  /** MiB a second. */
  private double fio(String uri, Load load) throws Exception {
    Path out = folder.resolve("fio");
    int seconds = Integer.getInteger("seconds", 3);
    Process fio =
        new ProcessBuilder("fio", "--name=x", "--ioengine=nbd", "--uri=" + uri, "--rw=" + load.pattern,
            "--bs=" + load.block, "--iodepth=" + load.depth, "--size=" + SIZE_MIB + "M", "--time_based",
            "--ramp_time=1", "--runtime=" + seconds, "--minimal", "--randseed=1")
            .redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(fio.waitFor()).isZero();
    String[] fields = Files.readString(out).strip().split(";");
    return Double.parseDouble(fields[load.reads() ? 6 : 47]) / 1024;
  }
}
