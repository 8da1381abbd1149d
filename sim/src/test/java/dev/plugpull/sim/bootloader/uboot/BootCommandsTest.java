package dev.plugpull.sim.bootloader.uboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.media.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is loaded and started, and what is refused. */
class BootCommandsTest {
  private static final Content KERNEL = Content.opaque("kernel", 4096);
  private static final Content TREE = Content.opaque("tree", 1024);

  private static UbootRun boot(String type, Content tree) {
    FakeMachine machine = new FakeMachine();
    machine.volume(1, "boot", type).with("/kernel", KERNEL).with("/tree", tree);
    return new Uboot(UbootBoard.standard().with("bootcmd",
        "load mmc 0:1 1000 kernel; load mmc 0:1 9000 tree && echo loaded; booti 1000 - 9000")).boot(machine, 0);
  }

  @ParameterizedTest
  @CsvSource({"booti", "bootz", "bootm"})
  void aKernelStartsWithAWholeDeviceTree(String command) {
    FakeMachine machine = new FakeMachine();
    machine.volume(1, "boot", "vfat").with("/kernel", KERNEL).with("/tree", TREE.prefix(1000));
    String load = "load mmc 0:1 1000 kernel; load mmc 0:1 9000 tree; ";
    UbootRun cut = new Uboot(UbootBoard.standard().with("bootcmd", load + command + " 1000 - 9000")).boot(machine, 0);
    assertThat(cut.outcome()).isInstanceOf(BootOutcome.Prompt.class);
    assertThat(cut.console()).contains("Could not find a valid device tree");
    machine.volumes.getFirst().with("/tree", TREE);
    UbootRun whole = new Uboot(UbootBoard.standard().with("bootcmd", load + command + " 1000 - 9000")).boot(machine, 0);
    assertThat(whole.outcome()).isInstanceOf(BootOutcome.StartKernel.class);
  }

  /** A size behind the address says that the RAM disk has no header that could be checked. */
  @Test
  void aRamDiskThatIsCutOffIsRefusedUnlessItComesWithItsSize() {
    FakeMachine machine = new FakeMachine();
    machine.volume(1, "boot", "vfat").with("/kernel", KERNEL).with("/initrd", TREE.prefix(1000));
    String load = "load mmc 0:1 1000 kernel; load mmc 0:1 9000 initrd; ";
    UbootBoard board = UbootBoard.standard();
    assertThat(new Uboot(board.with("bootcmd", load + "booti 1000 9000")).boot(machine, 0).console())
        .contains("Ramdisk image is corrupt or invalid");
    assertThat(new Uboot(board.with("bootcmd", load + "booti 1000 9000:400")).boot(machine, 0).outcome())
        .isInstanceOfSatisfying(BootOutcome.StartKernel.class, start -> assertThat(start.initrd().isPart()).isTrue());
    assertThat(new Uboot(board.with("bootcmd", load + "booti 1000 a0000:")).boot(machine, 0).outcome())
        .isInstanceOfSatisfying(BootOutcome.StartKernel.class, start -> assertThat(start.initrd().length()).isZero());
  }

  /** {@code ext4fs_read_file} refuses to read nothing; FAT does not. */
  @Test
  void anEmptyFileLoadsFromFatAlone() {
    assertThat(boot("vfat", Content.EMPTY).console()).contains("0 bytes read", "loaded");
    assertThat(boot("ext4", Content.EMPTY).console()).contains("Failed to load 'tree'").doesNotContain("loaded\n");
  }
}
