package dev.plugpull.conformance.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.conformance.machine.Health;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.DiskImage;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.image.FileImage;
import dev.plugpull.faultinjection.disk.image.Overlay;
import dev.plugpull.faultinjection.disk.log.LogHeader;
import dev.plugpull.faultinjection.disk.log.LogWriter;
import dev.plugpull.faultinjection.disk.log.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Second cuts, with an update that writes twice and a first boot that repairs and tidies up. */
class RecoveriesTest {
  private static final int BYTES = 8192;

  @TempDir
  private Path folder;

  private FileImage base;
  private Recoveries recoveries;

  /** Records writes to sectors; pairs of a sector and the value of its bytes. */
  private static void log(DiskImage on, Path file, int... blocksAndValues) throws IOException {
    Files.createDirectories(file.getParent());
    try (Overlay overlay = Overlay.on(on, file.getParent());
        LogWriter log = LogWriter.create(file, LogHeader.of("disk0", BYTES));
        FaultDisk disk = FaultDisk.recorded(overlay, log, 0)) {
      for (int i = 0; i < blocksAndValues.length; i += 2) {
        byte[] data = new byte[512];
        java.util.Arrays.fill(data, (byte) blocksAndValues[i + 1]);
        ByteBuffer bytes = ByteBuffer.wrap(data);
        long ticket = disk.issue(0, Operation.WRITE, false, blocksAndValues[i] * 512L, 512, bytes.duplicate());
        disk.change(Operation.WRITE, false, blocksAndValues[i] * 512L, 512, bytes);
        disk.complete(ticket, Operation.WRITE, false, 0);
      }
    }
  }

  private static List<Integer> bytes(CrashState state) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(BYTES);
    state.disk().read(0, all);
    return List.of((int) all.get(0), (int) all.get(512), (int) all.get(1024));
  }

  @BeforeEach
  void recordsAnUpdate() throws IOException {
    base = FileImage.openReadOnly(Files.write(folder.resolve("base"), new byte[BYTES]));
    Recording recording = new Recording(folder, "image", Health.of("1"), Health.of("2"), 1);
    log(DiskState.of(base), recording.log(), 0, 1, 1, 2);
    recoveries = Recoveries.of(recording, base);
  }

  @Test
  void aSecondCutStartsFromTheFirst() throws IOException {
    CrashState first = recoveries.named("prefix:1");
    assertThat(bytes(first)).containsExactly(1, 0, 0);
    log(first.disk(), folder.resolve("recoveries/prefix-1.log"), 0, 7, 2, 8);
    List<String> states = new ArrayList<>();
    for (CrashState second : recoveries.secondCuts(first, null)) {
      states.add(second.id() + bytes(second));
      assertThat(bytes(recoveries.named(second.id()))).as("its id builds it again").isEqualTo(bytes(second));
      assertThat(second.position()).isEqualTo(first.position());
      assertThat(Recoveries.isSecondCut(second.id())).isTrue();
    }
    assertThat(states).containsExactly("prefix:1/prefix:1[7, 0, 0]", "prefix:1/prefix:3[7, 0, 8]",
        "prefix:1/flushed:4[1, 0, 0]", "prefix:1/drop:4:0[1, 0, 8]");
    assertThat(CrashStates.of(new Recording(folder, "image", Health.of("1"), Health.of("2"), 1), base)
        .named("prefix:1/prefix:1").size()).isEqualTo(BYTES);
  }

  @Test
  void whatWasNotRecordedIsSaid() {
    assertThat(Recoveries.isSecondCut("prefix:1")).isFalse();
    assertThatThrownBy(() -> recoveries.named("prefix:1/prefix:1")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot find crash state 'prefix:1/prefix:1': the first boot of prefix:1 was not")
        .hasMessageContaining("--tier exhaustive");
    assertThatThrownBy(() -> recoveries.named("prefix:99/prefix:1")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot find crash state 'prefix:99'");
  }
}
