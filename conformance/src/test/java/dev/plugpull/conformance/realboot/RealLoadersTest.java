package dev.plugpull.conformance.realboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.conformance.machine.RunFolder;
import dev.plugpull.sim.bootloader.uboot.HushRules;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What can be held against a real loader, and in whose words. No machine is started here. */
class RealLoadersTest {

  @Test
  void aMissingEmulatorIsNamedWithItsRemedy() {
    assertThatThrownBy(() -> RealLoaders.require(program -> !program.startsWith("qemu")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot hold the gadget against the real boot loader: qemu-system-x86_64 is not here;")
        .hasMessageContaining("install qemu-system-x86").hasMessageEndingWith("or leave out --real-bootloader");
  }

  @Test
  void aBoardThatDebiansBuildCannotStandForIsNotLookedAt() {
    UbootBoard usual = UbootBoard.standard();
    assertThat(RealUboot.difference(usual)).isEmpty();
    assertThat(RealUboot.difference(usual.withShell(HushRules.MODERN))).contains("old hush");
    assertThat(RealUboot.difference(usual.without("setexpr"))).contains("commands");
    assertThat(RealUboot.difference(usual.withBootCounter(UbootBoard.BootCounter.VOLATILE)))
        .contains("counts no boots");
    assertThat(RealUboot.difference(usual.withDisk("mmc 1", 1))).contains("several disks");
  }

  @Test
  void scriptsAreReadInTheWordsOfTheBuild() {
    UbootStandIn standIn = new UbootStandIn(UbootEnvironment.Header.FLAG, 0x1000);
    assertThat(standIn.substituted("load mmc 0:1 ${a} /mmc/x; mmc dev 0; setenv mmc_dev mmc0"))
        .isEqualTo("load nvme 0:1 ${a} /mmc/x; nvme dev 0; setenv mmc_dev mmc0");
    assertThat(standIn.substituted("load virtio 0:1 ${a} x; setenv t virtio0")).isEqualTo(
        "load nvme 0:1 ${a} x; setenv t virtio0");
    assertThat(standIn.substituted("saveenv && booti ${k} - ${f}"))
        .isEqualTo("run plugpull_save && bootm ${k} - ${f}");
    String exported =
        standIn.substituted("env export -c ${a} x; save y\nenv export -c -s 800 ${a} x\nenv export -t 0 x");
    assertThat(exported).isEqualTo("env export -c -s 1000 ${a} x && setenv filesize 1000; save y\n"
        + "env export -c -s 800 ${a} x && setenv filesize 1000\nenv export -t 0 x");
    assertThat(standIn.substituted(exported)).isEqualTo(exported);
  }

  @Test
  void environmentsLoseTheirFlagByteAndKeepTheirVariables() {
    UbootStandIn standIn = new UbootStandIn(UbootEnvironment.Header.FLAG, 0x1000);
    Map<String, String> variables = Map.of("kernel_status", "try");
    byte[] flagged = new UbootEnvironment(new TreeMap<>(variables), UbootEnvironment.Header.FLAG, 1, 0x1000).image();
    byte[] plain = standIn.bytes("/uboot/ubuntu/boot.sel", Content.of(flagged));
    assertThat(UbootEnvironment.read(plain, UbootEnvironment.Header.PLAIN).orElseThrow().variables())
        .isEqualTo(variables);
    flagged[100] ^= 1;
    assertThat(standIn.bytes("/uboot/ubuntu/boot.sel", Content.of(flagged))).isEqualTo(flagged);
  }

  /** U-Boot's own rule: what it takes for the first name begins with the header and goes on to the next zero byte. */
  @Test
  void anEnvironmentThatIsImportedAsTextKeepsOrLosesItsFirstVariableAsWithTheFlag() {
    UbootStandIn standIn = new UbootStandIn(UbootEnvironment.Header.FLAG, 0x1000);
    for (int flag : new int[] {0, 1}) {
      byte[] flagged = new UbootEnvironment(new TreeMap<>(Map.of("a", "1", "b", "2")), UbootEnvironment.Header.FLAG,
          flag, 0x1000).image();
      byte[] plain = standIn.bytes("/uboot/ubuntu/boot.sel", Content.of(flagged));
      assertThat(UbootEnvironment.read(plain, UbootEnvironment.Header.PLAIN).orElseThrow().variables())
          .containsOnlyKeys("a", "b");
      String header = new String(plain, 4, 2, StandardCharsets.ISO_8859_1);
      assertThat(header).isEqualTo(flag == 0 ? "#\0" : "a=");
    }
  }

  @Test
  void aPcsBuildSaysSomeThingsInItsOwnWay() throws IOException {
    assumeTrue(Files.isReadable(RealUboot.FIRMWARE), RealUboot.FIRMWARE + " is not here");
    try (RunFolder run = RunFolder.create()) {
      RealUboot uboot = new RealUboot(UbootBoard.standard(), run);
      assertThat(uboot.arguments("root=x")).isEqualTo("console=ttyS0,115200 root=x");
      assertThat(uboot.arguments("root=x console=tty0")).isEqualTo("root=x console=tty0");
      assertThat(uboot.errors(List.of("reading", "Bad Linux ARM64 Image magic!", "zimage: Bad magic!")))
          .containsExactly("Wrong Image Format for bootm command", "Wrong Image Format for bootm command");
      assertThat(uboot.command()).as("a second controller breaks this build").containsOnlyOnce("nvme,id=")
          .contains("nsid=1", "nsid=2");
    }
  }

  @Test
  void anImageThatIsCutOffIsNoImage() {
    Content kernel = Content.opaque("kernel_2.snap:kernel.img", 24 << 20);
    StandIn grub = new BiosProgram();
    String whole = new String(grub.bytes("/kernel.img", kernel), StandardCharsets.ISO_8859_1);
    assertThat(whole).contains("HdrS", "kernel_2.snap:kernel.img");
    assertThat(grub.bytes("/kernel.img", kernel.prefix(1000))).hasSize(StandIn.CUT_BYTES);
    StandIn uboot = new UbootStandIn(UbootEnvironment.Header.PLAIN, 0x1000);
    assertThat(uboot.bytes("/kernel.img", kernel)).startsWith(0xd0, 0x0d, 0xfe, 0xed);
    assertThat(uboot.bytes("/kernel.img", kernel.prefix(1000))).containsOnly(0);
  }
}
