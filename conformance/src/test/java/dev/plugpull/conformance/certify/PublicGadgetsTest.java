package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.plugpull.reports.Hazard;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.GadgetYaml;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes of public gadgets that are easily judged wrongly. */
class PublicGadgetsTest {
  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"pc-22", "pc-24"})
  void thePublicPcGadgetsHaveThePlatformsHazardsAndNothingOfTheirOwn(String name) {
    Path gadget = Bench.root().resolve("../shared/corpus/gadgets").resolve(name);
    if (!Files.isDirectory(gadget)) {
      abort("skipped: no real gadget at " + gadget);
    }
    GadgetBoard board = Bench.board(gadget);
    Subject subject = new CoreSubject(board);
    assertThat(Bench.undisturbed(board)).isEmpty();
    Explored<CoreState> found = Bench.exploreAt(board, "kernel refresh", "K18.*");
    assertThat(found.distinct()).isNotEmpty()
        .allSatisfy(finding -> assertThat(subject.explaining(finding)).as("%s", finding.why()).isPresent());
    assertThat(found.distinct()).extracting(finding -> subject.explaining(finding).map(Hazard::id).orElse(""))
        .contains("H9");
  }

  /** The same gadget for another processor: snapd's configuration starts GRUB by a name that tells which. */
  @ParameterizedTest
  @CsvSource({"x64, true", "aa64, true", "riscv64, false"})
  void managedGrubIsStartedByTheNameOfItsProcessor(String cpu, boolean modelled) throws Exception {
    for (String file : List.of("gadget.yaml", "grub.conf", "snapcraft.yaml")) {
      String text = Files.readString(Bench.good("grub-managed-22").resolve(file));
      Files.writeString(folder.resolve(file), text.replace("x64.efi", cpu + ".efi"));
    }
    try (GadgetPackage gadget = GadgetPackage.open(folder, "")) {
      GadgetYaml yaml = gadget.yaml();
      Target target = Target.infer(yaml.info(), gadget.metadata().base(), false);
      GadgetBoard board = BoardReader.read(gadget, yaml.info(), target, BoardOptions.DEFAULT);
      assertThat(modelled).isTrue();
      assertThat(Bench.undisturbed(board)).isEmpty();
    } catch (GadgetBoard.NotModelled e) {
      assertThat(modelled).isFalse();
      assertThat(e).hasMessageContaining("/efi/boot/grubriscv64.efi");
    }
  }

  /** A boot partition of 50 MB is small, but how large a kernel is, nobody has said. */
  @Test
  void aSmallBootPartitionIsNotAFaultAsLongAsNobodySaysHowLargeAKernelIs() throws IOException {
    for (String file : List.of("gadget.yaml", "grub.conf", "snapcraft.yaml")) {
      String text = Files.readString(Bench.good("grub-managed-22").resolve(file));
      Files.writeString(folder.resolve(file), text.replace("size: 750M", "size: 50M"));
    }
    assertThat(Bench.undisturbed(Bench.board(folder))).isEmpty();
  }

  /** A binary uboot.env says itself whether it has a flag byte, and how long it is. */
  @ParameterizedTest
  @CsvSource({"FLAG, 16384", "PLAIN, 8192"})
  void aBuiltEnvironmentIsTakenAsItIs(UbootEnvironment.Header header, int size) throws IOException {
    Path good = Bench.good("uboot-variables-18");
    for (String file : List.of("gadget.yaml", "snapcraft.yaml")) {
      Files.copy(good.resolve(file), folder.resolve(file));
    }
    String source = Files.readString(good.resolve("uboot.env.in"));
    Files.write(folder.resolve("uboot.env"), UbootEnvironment.ofSource(source, header, size).image());
    GadgetBoard board = Bench.board(folder);
    assertThat(board.board().environmentBytes()).isEqualTo(size);
    assertThat(board.board().flagByte()).isEqualTo(header == UbootEnvironment.Header.FLAG);
    assertThat(Bench.undisturbed(board)).isEmpty();
  }

  /** An address that only the board's own U-Boot has: nobody's fault, and known once somebody names it. */
  @Test
  void anAddressThatNothingSetsIsAskedFor() throws Exception {
    Path good = Bench.good("uboot-variables-18");
    for (String file : List.of("gadget.yaml", "snapcraft.yaml", "uboot.env.in")) {
      String text = Files.readString(good.resolve(file));
      Files.writeString(folder.resolve(file),
          text.replace("kernel_addr_r=0x42000000\n", "").replace("${kernel}/kernel.img", "${snap_kernel}/kernel.img"));
    }
    try (GadgetPackage gadget = GadgetPackage.open(folder, "")) {
      GadgetYaml yaml = gadget.yaml();
      Target target = Target.infer(yaml.info(), gadget.metadata().base(), false);
      assertThatThrownBy(() -> BoardReader.read(gadget, yaml.info(), target, BoardOptions.DEFAULT))
          .isInstanceOf(GadgetBoard.NotModelled.class)
          .hasMessageContaining("uboot.env.in loads the kernel to $kernel_addr_r");
      BoardOptions named = BoardOptions.of(Map.of("environment.kernel_addr_r", "0x42000000"));
      GadgetBoard board = BoardReader.read(gadget, yaml.info(), target, named);
      assertThat(Bench.undisturbed(board, Bench.scenario("base refresh"))).isEmpty();
    }
  }

  /** Where the environment has no bootcmd, U-Boot boots by its own, and that starts boot.scr. */
  @Test
  void anEnvironmentWithoutBootcmdIsNotBootedFrom() throws IOException {
    Path good = Bench.good("uboot-env-18");
    for (String file : List.of("gadget.yaml", "snapcraft.yaml", "boot.scr.in")) {
      Files.copy(good.resolve(file), folder.resolve(file));
    }
    Files.writeString(folder.resolve("uboot.env.in"), "snap_mode=\nconsole=ttyS1\n");
    GadgetBoard board = Bench.board(folder);
    assertThat(board.assumptions()).anyMatch(a -> a.contains("it has no bootcmd"));
    assertThat(Bench.undisturbed(board)).isEmpty();
  }
}
