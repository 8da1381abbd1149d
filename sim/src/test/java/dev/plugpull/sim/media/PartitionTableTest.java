package dev.plugpull.sim.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartitionTableTest {
  private static final long SECTORS = 65536;
  private static final Gpt TABLE =
      new Gpt(
          UUID.fromString("11223344-5566-7788-99aa-bbccddeeff00"),
          512,
          SECTORS,
          List.of(
              new GptPartition(
                  GptPartition.EFI_SYSTEM, UUID.fromString("a0b1c2d3-0001-4002-8003-000000000001"),
                  2048, 22527, 0, "ubuntu-seed"),
              new GptPartition(
                  GptPartition.LINUX_DATA, UUID.fromString("a0b1c2d3-0001-4002-8003-000000000002"),
                  22528, 40959, 1L << 59 | 4, "ubuntu-boot")));

  private static byte[] disk(Gpt table) {
    byte[] disk = new byte[(int) (SECTORS * 512)];
    byte[] primary = table.primary();
    byte[] backup = table.backup();
    System.arraycopy(primary, 0, disk, 0, primary.length);
    System.arraycopy(backup, 0, disk, (int) table.backupSector() * 512, backup.length);
    return disk;
  }

  private static Gpt.Found read(byte[] disk) {
    return Gpt.read(
        (sector, count) -> Arrays.copyOfRange(disk, (int) sector * 512, (int) (sector + count) * 512), SECTORS, 512);
  }

  @Test
  void bothCopiesAreRead() {
    Gpt.Found found = read(disk(TABLE));
    assertThat(found.table()).isEqualTo(TABLE);
    assertThat(found.needsRepair()).isFalse();
    assertThat(Mbr.parse(TABLE.primary()).isProtective()).isTrue();
  }

  @Test
  void aTornPrimaryIsReplacedByTheBackup() {
    byte[] disk = disk(TABLE);
    disk[1024 + 60] ^= 1;
    Gpt.Found found = read(disk);
    assertThat(found.table()).isEqualTo(TABLE);
    assertThat(found.primaryWhole()).isFalse();
    assertThat(found.needsRepair()).isTrue();
    byte[] repaired = disk(found.table());
    assertThat(read(repaired).needsRepair()).isFalse();
  }

  @Test
  void anOlderBackupIsNoticedAndBothBrokenIsNoTable() {
    Gpt newer = TABLE.with(2, TABLE.partitions().get(1).withAttributes(7));
    byte[] disk = disk(TABLE);
    System.arraycopy(newer.primary(), 0, disk, 0, newer.primary().length);
    assertThat(read(disk).table()).isEqualTo(newer);
    assertThat(read(disk).needsRepair()).isTrue();
    disk[512 + 20] ^= 1;
    disk[(int) (SECTORS - 1) * 512 + 20] ^= 1;
    assertThat(read(disk).table()).isNull();
  }

  @Test
  void mbrComesBackAsWritten() {
    Mbr mbr = new Mbr(0x12345678, Arrays.asList(new Mbr.Partition(true, 0x0C, 2048, 40960), null,
        new Mbr.Partition(false, 0x83, 43008, 4_000_000_000L)));
    assertThat(Mbr.parse(mbr.encode())).isEqualTo(mbr);
    assertThat(Mbr.parse(new byte[512])).isNull();
    assertThat(mbr.isProtective()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new Mbr(0, Collections.nCopies(5, null)))
        .withMessageContaining("an MBR has 4");
  }

  @Test
  void aTornBackupIsNoticed() {
    byte[] disk = disk(TABLE);
    disk[disk.length - 512 + 20] ^= 1;
    Gpt.Found found = read(disk);
    assertThat(found.table()).isEqualTo(TABLE);
    assertThat(found.primaryWhole()).isTrue();
    assertThat(found.needsRepair()).isTrue();
  }

  @Test
  void holdsAsManyPartitionsAndLettersAsThereIsRoomFor() {
    GptPartition longest = new GptPartition(GptPartition.LINUX_DATA, TABLE.id(), 40, 41, 0, "n".repeat(36));
    Gpt full = new Gpt(TABLE.id(), 512, SECTORS, Collections.nCopies(128, longest));
    assertThat(read(disk(full)).table()).isEqualTo(full);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gpt(TABLE.id(), 512, SECTORS, Collections.nCopies(129, longest)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GptPartition(GptPartition.LINUX_DATA, TABLE.id(), 40, 41, 0, "n".repeat(37)));
  }

  @Test
  void sfdiskWritesTheSameBytes(@TempDir Path folder) throws Exception {
    requireTool("sfdisk");
    StringBuilder script = new StringBuilder("label: gpt\nlabel-id: " + TABLE.id() + "\nfirst-lba: 34\n");
    for (GptPartition partition : TABLE.partitions()) {
      script.append("start=").append(partition.firstSector())
          .append(", size=").append(partition.lastSector() - partition.firstSector() + 1)
          .append(", type=").append(partition.type())
          .append(", uuid=").append(partition.id())
          .append(", name=\"").append(partition.name()).append('"');
      if (partition.attributes() != 0) {
        script.append(", attrs=\"LegacyBIOSBootable GUID:59\"");
      }
      script.append('\n');
    }
    byte[] theirs = made(folder, script.toString(), "sfdisk", "--quiet", "--no-reread", "--no-tell-kernel");
    byte[] ours = disk(TABLE);
    assertThat(Arrays.mismatch(theirs, 0, 34 * 512, ours, 0, 34 * 512)).as("first byte that differs").isEqualTo(-1);
    int end = (int) TABLE.backupSector() * 512;
    assertThat(Arrays.mismatch(theirs, end, theirs.length, ours, end, ours.length)).isEqualTo(-1);
  }

  @Test
  void sgdiskWritesATableThatReadsTheSame(@TempDir Path folder) throws Exception {
    requireTool("sgdisk");
    byte[] theirs =
        made(folder, "", "sgdisk", "-n", "1:2048:22527", "-c", "1:ubuntu-seed", "-t", "1:ef00", "-A", "1:set:2");
    GptPartition read = read(theirs).table().partitions().getFirst();
    assertThat(read.type()).isEqualTo(GptPartition.EFI_SYSTEM);
    assertThat(read.name()).isEqualTo("ubuntu-seed");
    assertThat(read.attributes()).isEqualTo(4);
    assertThat(read.lastSector()).isEqualTo(22527);
    assertThat(read(theirs).needsRepair()).isFalse();
    byte[] ours = disk(read(theirs).table());
    assertThat(Arrays.mismatch(ours, 512, 34 * 512, theirs, 512, 34 * 512)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0C, 0x83})
  void sfdiskWritesTheSameMbr(int type, @TempDir Path folder) throws Exception {
    requireTool("sfdisk");
    String script =
        "label: dos\nlabel-id: 0xdeadbeef\nstart=2048, size=8192, type=" + Integer.toHexString(type)
            + ", bootable\nstart=10240, size=20480, type=83\n";
    byte[] theirs = made(folder, script, "sfdisk", "--quiet", "--no-reread", "--no-tell-kernel");
    Mbr ours =
        new Mbr(
            0xdeadbeef,
            List.of(new Mbr.Partition(true, type, 2048, 8192), new Mbr.Partition(false, 0x83, 10240, 20480)));
    assertThat(Mbr.parse(theirs)).isEqualTo(ours);
    assertThat(Arrays.mismatch(theirs, 440, 512, ours.encode(), 440, 512)).as("first byte that differs").isEqualTo(-1);
  }

  private static void requireTool(String tool) {
    boolean found =
        List.of("/usr/sbin/", "/sbin/", "/usr/bin/").stream().anyMatch(at -> Files.isExecutable(Path.of(at + tool)));
    if (!found) {
      System.err.println("skipped: " + tool + " is not installed; it comes with Debian's fdisk or gdisk package");
    }
    assumeTrue(found, tool + " is not installed");
  }

  private static byte[] made(Path folder, String input, String... command) throws IOException, InterruptedException {
    Path image = folder.resolve("disk.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SECTORS * 512);
    }
    List<String> words = new java.util.ArrayList<>(List.of(command));
    words.add(image.toString());
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return Files.readAllBytes(image);
  }
}
