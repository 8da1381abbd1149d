package dev.plugpull.sim.bootloader.uboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.uboot.FakeMachine.FakeVolume;
import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Truth tables of {@code ubuntu-core.md} 4.1 and 4.3 for our own boot scripts. */
class ReferenceScriptsTest {

  static String script(String name) {
    try (InputStream in = ReferenceScriptsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final String STATE = "/uboot/ubuntu/boot.sel";

  private final FakeMachine machine = new FakeMachine();
  private final FakeVolume seed = machine.volume(1, "ubuntu-seed", "vfat");
  private final FakeVolume boot = machine.volume(2, "ubuntu-boot", "vfat");
  private final FakeVolume state = machine.volume(3, "ubuntu-boot-state", "none");

  private static UbootBoard board() {
    return UbootBoard.standard()
        .withStore(new EnvironmentStore.Nowhere(), UbootEnvironment.Header.FLAG, 0x1000);
  }

  private void install(String script, Map<String, String> variables) {
    seed.with("/boot.scr", Content.of(ScriptImage.legacy(script(script))));
    seed.with(STATE, sel(Map.of("snapd_recovery_mode", "run", "snapd_recovery_system", "20240101")));
    boot.with(STATE, sel(variables));
    boot.with("/uboot/ubuntu/k_1.snap/kernel.img", Content.opaque("k_1", 1000));
    boot.with("/uboot/ubuntu/k_2.snap/kernel.img", Content.opaque("k_2", 1000));
    seed.with("/systems/20240101/kernel/kernel.img", Content.opaque("k_recovery", 1000));
  }

  private static Content sel(Map<String, String> variables) {
    return Content.of(SnapdUbootEnvironment.create(4096).with(variables).image());
  }

  private static Map<String, String> variables(String status, String good, String trial) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("kernel_status", status == null ? "" : status);
    variables.put("snap_kernel", good);
    variables.put("snap_try_kernel", trial == null ? "" : trial);
    return variables;
  }

  @ParameterizedTest
  @CsvSource({
      "'',       k_2.snap, k_1, ''",
      "try,      k_2.snap, k_2, trying",
      "trying,   k_2.snap, k_1, ''",
      "nonsense, k_2.snap, k_1, ''",
      "try,      '',       k_1, try",
  })
  void fileProtocol(String status, String trial, String kernel, String after) throws Exception {
    install("boot-sel-file.script", variables(status, "k_1.snap", trial));

    UbootRun run = new Uboot(board()).powerOn(machine);

    assertThat(run.outcome()).as(run.console()).isInstanceOf(BootOutcome.StartKernel.class);
    assertThat(((BootOutcome.StartKernel) run.outcome()).kernel().name()).isEqualTo(kernel);
    SnapdUbootEnvironment saved = SnapdUbootEnvironment.readFile(boot.bytes(STATE));
    assertThat(saved.value("kernel_status")).isEqualTo(after);
    assertThat(saved.value("snap_kernel")).isEqualTo("k_1.snap");
    assertThat(saved.size()).isEqualTo(4096);
    assertThat(machine.writes).hasSize(status.equals(after) ? 0 : 1)
        .allMatch(line -> line.matches("uboot\\.save /boot\\.scr:\\d+ writes 4096 bytes to .*boot\\.sel"));
  }

  @ParameterizedTest
  @CsvSource({
      "'',     k_1, ''",
      "try,    k_2, trying",
      "trying, k_1, ''",
  })
  void rawProtocol(String status, String kernel, String after) throws Exception {
    for (int flag : new int[] {0, 1, 126, 127, 128, 254, 255}) {
      for (boolean newerIsSecond : new boolean[] {false, true}) {
        rawCase(status, kernel, after, flag, newerIsSecond);
      }
    }
  }

  private void rawCase(String status, String kernel, String after, int flag, boolean second) throws Exception {
    machine.writes.clear();
    install("boot-sel-raw.script", Map.of());
    SnapdUbootEnvironment old = new SnapdUbootEnvironment(new TreeMap<>(variables("trying", "stale", "stale")),
        UbootEnvironment.Header.FLAG, flag, SnapdUbootEnvironment.RAW_COPY_SIZE);
    SnapdUbootEnvironment newer = SnapdUbootEnvironment.create(SnapdUbootEnvironment.RAW_COPY_SIZE)
        .with(variables(status, "k_1.snap", "k_2.snap"));
    newer = new SnapdUbootEnvironment(newer.variables(), newer.header(), flag + 1 & 0xff, newer.size());
    state.writeRaw(second ? 8192 : 0, newer.image());
    state.writeRaw(second ? 0 : 8192, old.image());

    UbootBoard board = board().withStore(new EnvironmentStore.Nowhere(), UbootEnvironment.Header.FLAG, 0x2000);
    seed.with(STATE, Content.of(SnapdUbootEnvironment.create(8192).with(Map.of("snapd_recovery_mode", "run")).image()));
    UbootRun run = new Uboot(board).powerOn(machine);

    assertThat(run.outcome()).as(run.console()).isInstanceOf(BootOutcome.StartKernel.class);
    assertThat(((BootOutcome.StartKernel) run.outcome()).kernel().name()).as(run.console()).isEqualTo(kernel);
    SnapdUbootEnvironment saved = SnapdUbootEnvironment.readRaw(state.readRaw(0, 16384), 8192);
    assertThat(saved.value("kernel_status")).isEqualTo(after);
    assertThat(saved.value("snap_kernel")).isEqualTo("k_1.snap");
    if (!status.equals(after)) {
      assertThat(saved.flag()).isEqualTo(flag + 2 & 0xff);
      assertThat(SnapdUbootEnvironment.chooseRaw(state.readRaw(0, 16384), 8192))
          .isEqualTo(second ? UbootEnvironment.Copy.FIRST : UbootEnvironment.Copy.SECOND);
    }
  }

  @ParameterizedTest
  @CsvSource({
      "'',     core_1, k_1, ''",
      "try,    core_2, k_2, trying",
      "trying, core_1, k_1, ''",
  })
  void oneEnvironmentProtocol(String mode, String core, String kernel, String after) throws Exception {
    seed.with("/boot.scr", Content.of(ScriptImage.legacy(script("uboot-env.script"))));
    for (String name : new String[] {"k_1", "k_2"}) {
      seed.with("/" + name + "/kernel.img", Content.opaque(name, 1000));
      seed.with("/" + name + "/initrd.img", Content.opaque(name + "-initrd", 1000));
    }
    TreeMap<String, String> variables = new TreeMap<>(StandardBoot.environment());
    variables.putAll(Map.of("snap_core", "core_1", "snap_kernel", "k_1", "snap_try_core", "core_2",
        "snap_try_kernel", "k_2"));
    if (!mode.isEmpty()) {
      variables.put("snap_mode", mode);
    }
    seed.with("/uboot.env", Content.of(new SnapdUbootEnvironment(
        variables, UbootEnvironment.Header.PLAIN, 0, 0x2000).image()));
    UbootBoard board = UbootBoard.standard().withStore(new EnvironmentStore.Files(0, 1, "", "/uboot.env", ""),
        UbootEnvironment.Header.PLAIN, 0x2000);

    UbootRun run = new Uboot(board).powerOn(machine);

    assertThat(run.outcome()).as(run.console()).isInstanceOf(BootOutcome.StartKernel.class);
    BootOutcome.StartKernel started = (BootOutcome.StartKernel) run.outcome();
    assertThat(started.kernel().name()).isEqualTo(kernel);
    assertThat(started.commandLine()).contains("snap_core=" + core + " snap_kernel=" + kernel + " panic=-1");
    assertThat(SnapdUbootEnvironment.readFile(seed.bytes("/uboot.env")).value("snap_mode")).isEqualTo(after);
  }

  @Test
  void aTrialThatCannotBeRecordedDoesNotBegin() {
    install("boot-sel-file.script", variables("try", "k_1.snap", "k_2.snap"));
    boot.readOnly = true;
    UbootRun run = new Uboot(board()).powerOn(machine);
    assertThat(((BootOutcome.StartKernel) run.outcome()).kernel().name()).isEqualTo("k_1");
  }

  @Test
  void aShortKernelResetsAndTheNextBootIsTheGoodOne() {
    install("boot-sel-file.script", variables("try", "k_1.snap", "k_2.snap"));
    boot.with("/uboot/ubuntu/k_2.snap/kernel.img", Content.opaque("k_2", 1000).prefix(512));
    Uboot uboot = new Uboot(board());
    assertThat(uboot.powerOn(machine).outcome()).isInstanceOf(BootOutcome.Reset.class);
    assertThat(((BootOutcome.StartKernel) uboot.powerOn(machine).outcome()).kernel().name()).isEqualTo("k_1");
  }

  @Test
  void tornStateFallsBackToNothingAndResets() {
    install("boot-sel-file.script", variables("", "k_1.snap", ""));
    boot.with(STATE, boot.files.get(STATE).prefix(512));
    assertThat(new Uboot(board()).powerOn(machine).outcome()).isInstanceOf(BootOutcome.Reset.class);
  }

  @Test
  void installModeStartsTheRecoveryKernel() {
    install("boot-sel-file.script", variables("", "k_1.snap", ""));
    seed.with(STATE, sel(Map.of("snapd_recovery_system", "20240101")));
    BootOutcome outcome = new Uboot(board()).powerOn(machine).outcome();
    assertThat(((BootOutcome.StartKernel) outcome).kernel().name()).isEqualTo("k_recovery");
    assertThat(((BootOutcome.StartKernel) outcome).commandLine()).contains("snapd_recovery_mode=install");
  }
}
