package dev.plugpull.sim.bootloader.grub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.media.Content;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which entry is chosen, and what happens when it cannot be booted. */
class GrubMenuTest {

  private static final String MENU =
      """
      menuentry 'First' --id one { linux /k1 first }
      submenu 'More' --id more {
        menuentry 'Inner > a' --id in1 { linux /k1 inner1 }
        menuentry 'Other' --id in2 { linux /k1 inner2 }
      }
      menuentry 'Third' --id three { linux /k3 third
      initrd /i3 }
      menuentry 'Broken' --id broken { linux /nosuch }
      """;

  private static GrubRun boot(GrubConfig config, String script) {
    MemoryVolume volume =
        new MemoryVolume(0, 1, "boot")
            .with("/grub/grub.cfg", script)
            .with("/k1", Content.opaque("k1", 100))
            .with("/k3", Content.opaque("k3", 100))
            .with("/cut", Content.opaque("k3", 100).prefix(50))
            .with("/i3", Content.opaque("i3", 10));
    return new Grub(config).boot(new MemoryMachine(volume));
  }

  private static String booted(String head) {
    BootOutcome outcome = boot(GrubConfig.stock(GrubScripts.PREFIX), head + "\n" + MENU).outcome();
    return outcome instanceof BootOutcome.StartKernel kernel ? kernel.commandLine() : outcome.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout=0                                  | BOOT_IMAGE=/k1 first",
        "timeout=5                                  | BOOT_IMAGE=/k1 first",
        "timeout=0; default=2                       | BOOT_IMAGE=/k3 third",
        "timeout=0; default=Third                   | BOOT_IMAGE=/k3 third",
        "timeout=0; default=three                   | BOOT_IMAGE=/k3 third",
        "timeout=0; default=nosuch                  | BOOT_IMAGE=/k1 first",
        "timeout=0; default=99                      | BOOT_IMAGE=/k1 first",
        "timeout=0; default='1>1'                   | BOOT_IMAGE=/k1 inner2",
        "timeout=0; default='more>in2'              | BOOT_IMAGE=/k1 inner2",
        "timeout=0; default='More>Inner >> a'       | BOOT_IMAGE=/k1 inner1",
        "timeout=0; default=more                    | BOOT_IMAGE=/k1 inner1",
        "timeout=0; default='2nd'                   | BOOT_IMAGE=/k3 third",
        "timeout=0; default=broken; fallback=2      | BOOT_IMAGE=/k3 third",
        "timeout=0; default=broken; fallback='3 2'  | BOOT_IMAGE=/k3 third",
        "timeout=0; default=broken; fallback='1 2'  | BOOT_IMAGE=/k1 inner1",
        "timeout_style=hidden; timeout=3; default=2 | BOOT_IMAGE=/k3 third",
      })
  void theEntryChosen(String head, String commandLine) {
    assertThat(booted(head)).isEqualTo(commandLine);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true",
        "timeout=",
        "timeout=-1",
        "timeout=x",
        "timeout=0; default=broken",
        "timeout=0; default=broken; fallback=3",
        "timeout=0; default=broken; fallback=three",
      })
  void withoutAnythingToBootAPersonIsNeeded(String head) {
    assertThat(booted(head)).startsWith("Prompt");
  }

  @Test
  void aFallbackThatIsNotThereCrashes() {
    assertThat(booted("timeout=0; default=broken; fallback=9")).startsWith("Hang");
  }

  @Test
  void fedoraTakesNamesBeforeNumbersAndInFallbacks() {
    GrubConfig fedora = GrubConfig.fedora(GrubScripts.PREFIX);
    GrubRun run = boot(fedora, "timeout=0; default=broken; fallback='broken three'\n" + MENU);
    assertThat(run.outcome()).isInstanceOfSatisfying(
        BootOutcome.StartKernel.class, kernel -> assertThat(kernel.commandLine()).endsWith("third"));
    assertThat(boot(fedora, "timeout=0; default=2nd\n" + MENU).outcome()).isInstanceOfSatisfying(
        BootOutcome.StartKernel.class, kernel -> assertThat(kernel.commandLine()).endsWith("first"));
  }

  @Test
  void aKernelWithItsDisk() {
    GrubRun run = boot(GrubConfig.stock(GrubScripts.PREFIX), "timeout=0; default=three\n" + MENU);
    assertThat(run.outcome())
        .isEqualTo(
            new BootOutcome.StartKernel(
                Content.opaque("k3", 100), "(hd0,gpt1)/k3", Content.opaque("i3", 10), "BOOT_IMAGE=/k3 third"));
  }

  @Test
  void aShortenedKernelCannotBeLoaded() {
    GrubRun run = boot(GrubConfig.stock(GrubScripts.PREFIX), "linux /cut\necho $?\nboot\necho $?");
    assertThat(run.output())
        .isEqualTo(
            "error: premature end of file /cut.\n21\nerror: you need to load the kernel first.\n22\n");
    assertThat(run.outcome()).isInstanceOf(BootOutcome.Prompt.class);
  }

  @Test
  void aMissingConfigurationIsACommandLine() {
    MemoryMachine machine = new MemoryMachine(new MemoryVolume(0, 1, "boot").with("/x", "y"));
    assertThat(new Grub(GrubConfig.stock(GrubScripts.PREFIX)).boot(machine).outcome().toString())
        .contains("Prompt", "/grub/grub.cfg cannot be read");
  }

  @Test
  void leaving() {
    assertThat(GrubScripts.outcome("halt")).isInstanceOf(BootOutcome.PowerOff.class);
    assertThat(GrubScripts.outcome("reboot")).isInstanceOf(BootOutcome.Reset.class);
    assertThat(GrubScripts.outcome("exit")).isInstanceOf(BootOutcome.Prompt.class);
  }

  @Test
  void chainloadingAnotherLoader() {
    MemoryVolume seed =
        new MemoryVolume(0, 2, "ubuntu-seed")
            .with(
                "/EFI/ubuntu/grub.cfg",
                "search --no-floppy --set=boot_fs --label ubuntu-boot\n"
                    + "chainloader ($boot_fs)/EFI/boot/grubx64.efi a 'b c'\nboot");
    Content program = Content.opaque("grubx64.efi", 5);
    MemoryVolume boot = new MemoryVolume(0, 3, "ubuntu-boot").with("/EFI/boot/grubx64.efi", program);
    GrubRun run = new Grub(GrubConfig.stock("(hd0,gpt2)/EFI/ubuntu")).boot(new MemoryMachine(seed, boot));
    assertThat(run.outcome())
        .isEqualTo(
            new BootOutcome.Chainload(program, "(hd0,gpt3)/EFI/boot/grubx64.efi", 0, 3, "a b c"));
  }

  @Test
  void aKernelInsideASnap() {
    MemoryVolume writable = new MemoryVolume(0, 3, "writable").with("/snaps/k_1.snap", Content.opaque("k_1.snap", 9));
    writable.with(
        "/grub/grub.cfg", "loopback loop /snaps/k_1.snap\nlinux (loop)/kernel.img snap_kernel=k_1.snap\nboot");
    GrubRun run = new Grub(GrubConfig.stock("(hd0,gpt3)/grub")).boot(new MemoryMachine(writable));
    assertThat(run.outcome()).isInstanceOfSatisfying(
        BootOutcome.StartKernel.class,
        kernel -> {
          assertThat(kernel.path()).isEqualTo("(loop)/kernel.img");
          assertThat(kernel.kernel().name()).isEqualTo("k_1.snap/kernel.img");
          assertThat(kernel.commandLine()).isEqualTo("BOOT_IMAGE=(loop)/kernel.img snap_kernel=k_1.snap");
        });
  }

  @Test
  void bootEntriesComeNewestFirst() {
    MemoryVolume boot = new MemoryVolume(0, 1, "boot")
        .with("/grub/grub.cfg", "kernelopts='ro quiet'\nblscfg\ntimeout=0");
    boot.with("/v10", Content.opaque("v10", 1)).with("/i", Content.opaque("i", 1));
    for (String version : List.of("m-6.1.9-1", "m-6.1.10-1", "m-6.1.2-300")) {
      boot.with("/loader/entries/" + version + ".conf",
          "title T " + version + "\n# comment\nlinux /v10\ninitrd /i\noptions root=x $kernelopts v=" + version + "\n");
    }
    boot.with("/loader/entries/zz-9-9.conf", "title no kernel\n");
    GrubRun run = new Grub(GrubConfig.fedora(GrubScripts.PREFIX)).boot(new MemoryMachine(boot));
    assertThat(run.outcome()).isInstanceOfSatisfying(
        BootOutcome.StartKernel.class,
        kernel -> assertThat(kernel.commandLine()).isEqualTo("BOOT_IMAGE=/v10 root=x ro quiet v=m-6.1.10-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "1.0,1.0,0", "1.10,1.9,1", "1.a,1.1,-1", "1.0~rc1,1.0,-1", "1.0+git,1.0,1", "1.0+git,1.0.1,-1", "01,1,0", "a,b,-1",
    "1.0,1.0.1,-1", "1-2,1.2,0",
  })
  void versionsAreOrderedAsRpmDoes(String left, String right, int order) {
    assertThat(Integer.signum(RpmVersion.compare(left, right))).isEqualTo(order);
    assertThat(Integer.signum(RpmVersion.compare(right, left))).isEqualTo(-order);
  }

  @Test
  void countersNeedTheirModule() {
    String script = "n=5\ndecrement n\necho \"$n $?\"";
    assertThat(GrubScripts.output(script)).isEqualTo("error: can't find command `decrement'.\n5 0\n");
    GrubConfig fedora = GrubConfig.fedora(GrubScripts.PREFIX);
    assertThat(new Grub(fedora).boot(GrubScripts.machine(script)).output()).isEqualTo("4 0\n");
    assertThat(new Grub(fedora).boot(GrubScripts.machine("n=0\ndecrement n\necho $n\nn=x\nincrement n\necho $n $?"))
        .output()).isEqualTo("-1\nerror: unrecognized number.\nx 10\n");
  }

  @Test
  void theRescueParserKnowsSimpleCommandsOnly() {
    GrubConfig config =
        GrubConfig.stock(GrubScripts.PREFIX)
            .withEmbedded("x='a b'\nif true; then\nset y=${x}c\necho $y \"$x\" d\nsearch --label boot --set r\nnormal");
    GrubRun run = new Grub(config).boot(GrubScripts.machine("echo \"$r $y\""));
    assertThat(run.output()).isEqualTo("Unknown command `if'.\na bc a b d\nhd0,gpt1 a bc\n");
    assertThat(run.findings()).extracting(GrubFinding::kind).containsExactly(GrubFinding.Kind.UNKNOWN_COMMAND);
  }

  @Test
  void configfileHasItsOwnContextAndSourceHasNot() {
    MemoryMachine machine = GrubScripts.machine(
        "x=1\nexport x\ny=2\nsource /s\nconfigfile /c\necho \"$x $y $z $?\"\nsource /nosuch\necho $?");
    machine.volumes.getFirst().with("/s", "z=3\nfalse").with("/c", "echo \"c $x $y\"\nx=9");
    assertThat(new Grub(GrubConfig.stock(GrubScripts.PREFIX)).boot(machine).output())
        .isEqualTo("c 1 \n1 2 3 0\n0\n");
  }
}
