package dev.plugpull.faultinjection.disk.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.faultinjection.disk.Fault;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.image.FileImage;
import dev.plugpull.faultinjection.disk.image.Overlay;
import dev.plugpull.faultinjection.disk.log.DiskLog;
import dev.plugpull.faultinjection.disk.log.DmLogWrites;
import dev.plugpull.faultinjection.disk.log.LogHeader;
import dev.plugpull.faultinjection.disk.log.LogWriter;
import dev.plugpull.faultinjection.disk.replay.LogReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs that people really connect with. Skipped where they are not installed. */
@Tag("vm")
@Timeout(120)
class RealClientsTest {
  private static final int SIZE = 24 << 20;
  @TempDir Path folder;
  private final byte[] content = new byte[SIZE];
  private FileImage base;
  private Overlay overlay;
  private LogWriter log;
  private FaultDisk disk;
  private NbdServer server;

  @BeforeEach
  void start() throws IOException {
    new Random(5).nextBytes(content);
    Arrays.fill(content, 4 << 20, 12 << 20, (byte) 0);
    base = FileImage.openReadOnly(Files.write(folder.resolve("base.img"), content));
    overlay = Overlay.on(base, folder);
    log = LogWriter.create(folder.resolve("log"), LogHeader.of("disk", SIZE));
    disk = FaultDisk.recorded(overlay, log, 0);
    server = NbdServer.at(folder.resolve("s")).export("disk", disk).export("two", FaultDisk.of(base)).start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    log.close();
    overlay.close();
    base.close();
  }

  /** Runs a program and returns its exit code and what it said. */
  private String run(int expected, String... command) throws Exception {
    boolean there = Arrays.stream(System.getenv("PATH").split(":")).anyMatch(p -> Files.exists(Path.of(p, command[0])));
    if (!there) {
      System.err.println("skipped: " + command[0] + " is not installed");
    }
    assumeTrue(there, command[0] + " is not installed");
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile())
            .directory(folder.toFile()).start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(out);
    assertThat(process.exitValue()).as(said).isEqualTo(expected);
    return said;
  }

  private byte[] replayed() throws IOException {
    server.close();
    log.close();
    DiskLog recorded = DiskLog.read(folder.resolve("log"));
    assertThat(recorded.complete()).isTrue();
    Path image = folder.resolve("replayed.img");
    LogReplay.of(recorded, 0, DiskState.of(base)).advanceTo(recorded.size()).live().writeTo(image);
    return Files.readAllBytes(image);
  }

  @Test
  void nbdinfo() throws Exception {
    String said = run(0, "nbdinfo", "--list", server.uri("disk"));
    assertThat(said)
        .contains("protocol: newstyle-fixed without TLS, using structured packets", "export=\"two\"")
        .contains("export-size: " + SIZE, "base:allocation", "can_fua: true", "can_multi_conn: true")
        .contains("block_size_minimum: 512", "block_size_maximum: 33554432");
    assertThat(run(0, "nbdinfo", "--map", server.uri("two"))).containsPattern("4194304 +8388608 +2");
  }

  @Test
  void qemuImg() throws Exception {
    assertThat(run(0, "qemu-img", "info", server.uri("disk"))).contains("24 MiB");
    run(0, "qemu-img", "compare", "-f", "raw", "-F", "raw", server.uri("disk"), "base.img");
    run(0, "qemu-img", "convert", "-f", "raw", "-O", "raw", server.uri("disk"), "copy.img");
    assertThat(Files.mismatch(folder.resolve("copy.img"), folder.resolve("base.img"))).isEqualTo(-1);
    new Random(6).nextBytes(content);
    Files.write(folder.resolve("new.img"), content);
    run(0, "qemu-img", "convert", "-n", "-f", "raw", "-O", "raw", "new.img", server.uri("disk"));
    run(0, "qemu-img", "compare", "-f", "raw", "-F", "raw", server.uri("disk"), "new.img");
    assertThat(replayed()).isEqualTo(content);
  }

  @Test
  void qemuIo() throws Exception {
    String said =
        run(0, "qemu-io", "-f", "raw", server.uri("disk"), "-c", "write -P 7 1k 3k", "-c", "write -f -P 8 64k 5M",
            "-c", "write -z 2M 1M", "-c", "discard 512 512", "-c", "flush", "-c", "read -P 7 1k 3k",
            "-c", "read -P 0 2M 1M", "-c", "read -P 8 64k 1M", "-c", "read -P 0 512 512");
    assertThat(said).doesNotContain("fail", "rror");
    Arrays.fill(content, 1024, 4096, (byte) 7);
    Arrays.fill(content, 65536, 65536 + (5 << 20), (byte) 8);
    Arrays.fill(content, 2 << 20, 3 << 20, (byte) 0);
    Arrays.fill(content, 512, 1024, (byte) 0);
    assertThat(replayed()).isEqualTo(content);
    assertThat(DiskLog.read(folder.resolve("log")).flushes()).isPositive();
  }

  @Test
  void qemuIoMeetsFaults() throws Exception {
    disk.setFaults(List.of(new Fault.Eio(1 << 20, 4096)));
    assertThat(run(1, "qemu-io", "-f", "raw", server.uri("disk"), "-c", "read 1M 512"))
        .contains("Input/output error");
    disk.setFaults(List.of(new Fault.Short(8 << 20)));
    assertThat(run(1, "qemu-io", "-f", "raw", server.uri("disk"), "-c", "write 8M 512"))
        .contains("No space left");
  }

  @Test
  void nbdcopyWithSeveralConnections() throws Exception {
    run(0, "nbdcopy", "--connections=4", server.uri("disk"), "copy.img");
    assertThat(Files.mismatch(folder.resolve("copy.img"), folder.resolve("base.img"))).isEqualTo(-1);
    new Random(8).nextBytes(content);
    Arrays.fill(content, 9 << 20, 15 << 20, (byte) 0);
    Files.write(folder.resolve("new.img"), content);
    run(0, "nbdcopy", "--connections=4", "--flush", "new.img", server.uri("disk"));
    assertThat(replayed()).isEqualTo(content);
  }

  @Test
  void fio() throws Exception {
    String engine = run(0, "fio", "--enghelp");
    assumeTrue(engine.contains("nbd"), "fio has no nbd engine here");
    String said =
        run(0, "fio", "--name=v", "--ioengine=nbd", "--uri=" + server.uri("disk"), "--rw=randwrite", "--bs=4k",
            "--size=8M", "--iodepth=16", "--verify=crc32c", "--verify_fatal=1", "--end_fsync=1");
    assertThat(said).contains("err= 0");
  }

  /** The same requests, recorded by QEMU's own driver and by this disk: the same content either way. */
  @Test
  void agreesWithTheRecordingOfQemu() throws Exception {
    Path foreign = Files.createFile(folder.resolve("qemu.log"));
    run(0, "qemu-io", "--image-opts",
        "driver=blklogwrites,file.driver=nbd,file.server.type=unix,file.server.path=" + server.socket()
            + ",file.export=disk,log.driver=file,log.filename=" + foreign,
        "-c", "write -P 1 0 8k", "-c", "flush", "-c", "write -f -P 2 4k 1M", "-c", "write -z 64k 64k",
        "-c", "discard 8M 1M", "-c", "write -P 3 20M 512", "-c", "flush");
    Path imported = folder.resolve("imported");
    assertThat(DmLogWrites.importTo(foreign, SIZE, imported)).isGreaterThanOrEqualTo(6);
    byte[] ours = replayed();
    DiskLog theirs = DiskLog.read(imported);
    LogReplay replay = LogReplay.of(theirs, 0, DiskState.of(base)).advanceTo(theirs.size());
    Path image = folder.resolve("theirs.img");
    replay.live().writeTo(image);
    assertThat(Files.readAllBytes(image)).isEqualTo(ours);
    assertThat(replay.durable().hash()).as("all was flushed").isEqualTo(replay.live().hash());
    assertThat(theirs.flushes()).isGreaterThanOrEqualTo(2);
  }
}
