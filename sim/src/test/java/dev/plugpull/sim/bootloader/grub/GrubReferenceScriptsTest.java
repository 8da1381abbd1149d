package dev.plugpull.sim.bootloader.grub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.media.Content;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each reference script against the truth table of its protocol (ubuntu-core.md 4.1 and 4.3). */
class GrubReferenceScriptsTest {

  private static final String FOLDER = "/EFI/ubuntu";

  private static Content block(String... namesAndValues) throws GrubEnvironmentException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return GrubEnvironment.snapdFile(variables);
  }

  private static String saved(MemoryVolume volume, String name) throws GrubEnvironmentException {
    return GrubEnvironment.snapd(volume.files.get(FOLDER + "/grubenv")).get(name);
  }

  private static MemoryVolume bootVolume(Content environment) {
    MemoryVolume boot =
        new MemoryVolume(0, 3, "ubuntu-boot")
            .with(FOLDER + "/grub.cfg", GrubReferenceScripts.uc20Run())
            .with(FOLDER + "/kernel.efi", Content.opaque("good", 9))
            .with(FOLDER + "/try-kernel.efi", Content.opaque("new", 9))
            .with("/EFI/boot/grubx64.efi", Content.opaque("grubx64.efi", 5));
    return environment == null ? boot : boot.with(FOLDER + "/grubenv", environment);
  }

  private static BootOutcome run(MemoryVolume... volumes) {
    String prefix = "(hd0,gpt" + volumes[0].partition() + ")" + FOLDER;
    return new Grub(GrubConfig.stock(prefix)).boot(new MemoryMachine(volumes)).outcome();
  }

  @ParameterizedTest
  @CsvSource({"'',good,''", "try,new,trying", "trying,good,''", "odd,good,''"})
  void runMode(String before, String kernel, String after) throws GrubEnvironmentException {
    MemoryVolume boot = bootVolume(block("kernel_status", before, "snapd_extra_cmdline_args", "x=1 y=2"));
    assertThat(run(boot))
        .isInstanceOfSatisfying(
            BootOutcome.Chainload.class,
            start -> {
              assertThat(start.program().name()).isEqualTo(kernel);
              assertThat(start.arguments())
                  .isEqualTo(
                      "snapd_recovery_mode=run console=ttyS0,115200n8 console=tty1 panic=-1 x=1 y=2");
            });
    assertThat(saved(boot, "kernel_status")).isEqualTo(after);
  }

  @Test
  void aTrialThatCannotBeStartedEndsInARestartAndTheNextStartIsGood() throws GrubEnvironmentException {
    MemoryVolume boot = bootVolume(block("kernel_status", "try"));
    boot.files.remove(FOLDER + "/try-kernel.efi");
    assertThat(run(boot)).isInstanceOf(BootOutcome.Reset.class);
    assertThat(saved(boot, "kernel_status")).isEqualTo("trying");
    assertThat(run(boot)).isInstanceOf(BootOutcome.Chainload.class);
    assertThat(saved(boot, "kernel_status")).isEmpty();
  }

  @Test
  void withoutAGoodKernelAPersonIsNeeded() throws GrubEnvironmentException {
    MemoryVolume boot = bootVolume(block("kernel_status", ""));
    boot.files.remove(FOLDER + "/kernel.efi");
    assertThat(run(boot)).isInstanceOf(BootOutcome.Prompt.class);
  }

  @Test
  void anEmptyOrMissingBlockBootsTheGoodKernel() {
    for (Content environment : new Content[] {Content.EMPTY, null}) {
      assertThat(run(bootVolume(environment)))
          .isInstanceOfSatisfying(
              BootOutcome.Chainload.class, start -> assertThat(start.program().name()).isEqualTo("good"));
    }
  }

  @Test
  void aBlockThatCannotBeWrittenTriesForEver() throws GrubEnvironmentException {
    Content half =
        Content.of(java.util.Arrays.copyOf(block("kernel_status", "try").prefix(512).bytes().orElseThrow(), 1024));
    MemoryVolume boot = bootVolume(half);
    for (int start = 0; start < 3; start++) {
      assertThat(run(boot))
          .isInstanceOfSatisfying(
              BootOutcome.Chainload.class, program -> assertThat(program.program().name()).isEqualTo("new"));
      assertThat(boot.files.get(FOLDER + "/grubenv")).isEqualTo(half);
    }
  }

  private static MemoryVolume seed(Content environment, String... labels) throws GrubEnvironmentException {
    MemoryVolume seed =
        new MemoryVolume(0, 2, "ubuntu-seed").with(FOLDER + "/grub.cfg", GrubReferenceScripts.uc20Seed());
    if (environment != null) {
      seed.with(FOLDER + "/grubenv", environment);
    }
    for (String label : labels) {
      seed.with("/systems/" + label + "/grubenv",
          block("snapd_recovery_kernel", "/snaps/pc-kernel_" + label + ".snap"));
      seed.with("/snaps/pc-kernel_" + label + ".snap", Content.opaque("kernel of " + label, 10));
    }
    return seed;
  }

  @ParameterizedTest
  @CsvSource({
    "run,,boot,run", "run,20240101,boot,run",
    "'',,install 20230101,''", "install,20240101,install 20240101,install",
    "recover,20240101,recover 20240101,run", "factory-reset,20240101,factory-reset 20240101,factory-reset",
    "recover,,recover 20230101,run",
  })
  void seed(String mode, String system, String expected, String after) throws GrubEnvironmentException {
    MemoryVolume seed =
        seed(
            block("snapd_recovery_mode", mode, "snapd_recovery_system", system == null ? "" : system),
            "20240101", "20230101", "not_a_label", "20240101-1");
    BootOutcome outcome = run(seed, bootVolume(null));
    assertThat(outcome).isInstanceOf(BootOutcome.Chainload.class);
    BootOutcome.Chainload start = (BootOutcome.Chainload) outcome;
    if (expected.equals("boot")) {
      assertThat(start.path()).isEqualTo("(hd0,gpt3)/EFI/boot/grubx64.efi");
    } else {
      String[] words = expected.split(" ");
      assertThat(start.program().name()).isEqualTo("kernel of " + words[1] + "/kernel.efi");
      assertThat(start.arguments())
          .startsWith("snapd_recovery_mode=" + words[0] + " snapd_recovery_system=" + words[1] + " console");
    }
    assertThat(saved(seed, "snapd_recovery_mode")).isEqualTo(after);
  }

  @Test
  void aLostSeedBlockInstallsAgain() throws GrubEnvironmentException {
    for (Content environment : new Content[] {Content.EMPTY, null}) {
      assertThat(run(seed(environment, "20240101"), bootVolume(null)))
          .isInstanceOfSatisfying(
              BootOutcome.Chainload.class,
              start -> assertThat(start.arguments()).startsWith("snapd_recovery_mode=install"));
    }
  }

  @Test
  void recoverRestartsIntoTheSystemIfItsKernelCannotBeStarted() throws GrubEnvironmentException {
    MemoryVolume seed = seed(block("snapd_recovery_mode", "recover"), "20240101");
    seed.files.remove("/snaps/pc-kernel_20240101.snap");
    assertThat(run(seed, bootVolume(null))).isInstanceOf(BootOutcome.Reset.class);
    assertThat(saved(seed, "snapd_recovery_mode")).isEqualTo("run");
  }

  @Test
  void recoverIsNotOneShotIfTheBlockCannotBeWritten() throws GrubEnvironmentException {
    Content half =
        Content.of(java.util.Arrays.copyOf(
            block("snapd_recovery_mode", "recover").prefix(512).bytes().orElseThrow(), 1024));
    MemoryVolume seed = seed(half, "20240101");
    for (int start = 0; start < 2; start++) {
      assertThat(run(seed, bootVolume(null)))
          .isInstanceOfSatisfying(
              BootOutcome.Chainload.class,
              program -> assertThat(program.arguments()).startsWith("snapd_recovery_mode=recover"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',core_1,pc-kernel_1,''", "try,core_2,pc-kernel_2,trying", "trying,core_1,pc-kernel_1,''",
  })
  void uc18(String mode, String core, String kernel, String after) throws GrubEnvironmentException {
    MemoryVolume systemBoot =
        new MemoryVolume(0, 2, "system-boot")
            .with(FOLDER + "/grub.cfg", GrubReferenceScripts.uc18())
            .with(
                FOLDER + "/grubenv",
                block("snap_mode", mode, "snap_core", "core_1", "snap_kernel", "pc-kernel_1", "snap_try_core", "core_2",
                    "snap_try_kernel", "pc-kernel_2"));
    MemoryVolume writable = new MemoryVolume(0, 3, "writable");
    for (String snap : List.of("pc-kernel_1", "pc-kernel_2")) {
      writable.with("/system-data/var/lib/snapd/snaps/" + snap, Content.opaque(snap, 10));
    }
    assertThat(run(systemBoot, writable))
        .isInstanceOfSatisfying(
            BootOutcome.StartKernel.class,
            start -> {
              assertThat(start.kernel().name()).isEqualTo(kernel + "/kernel.img");
              assertThat(start.initrd().name()).isEqualTo(kernel + "/initrd.img");
              assertThat(start.commandLine()).endsWith("panic=-1 snap_core=" + core + " snap_kernel=" + kernel);
            });
    assertThat(saved(systemBoot, "snap_mode")).isEqualTo(after);
    assertThat(saved(systemBoot, "snap_core")).isEqualTo("core_1");
    assertThat(saved(systemBoot, "snap_try_kernel")).isEqualTo("pc-kernel_2");
  }

  @Test
  void theLintFindsNothingInThem() {
    Set<String> snapd =
        Set.of("kernel_status", "snap_mode", "snap_core", "snap_kernel", "snap_try_core", "snap_try_kernel");
    for (Content script :
        List.of(GrubReferenceScripts.uc20Run(), GrubReferenceScripts.uc20Seed(), GrubReferenceScripts.uc18())) {
      GrubScript parsed = GrubScript.of("reference", script);
      assertThat(GrubLint.check(parsed, GrubConfig.stock("(hd0,gpt2)/EFI/ubuntu"), snapd, _ -> true)).isEmpty();
    }
  }
}
