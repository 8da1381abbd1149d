package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.plugpull.conformance.realboot.LoaderCheck;
import dev.plugpull.conformance.realboot.RealLoaders;
import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.reports.LoaderComparison;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.CoreDevice;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Platform;
import dev.plugpull.sim.ubuntucore.PowerOn;
import dev.plugpull.sim.ubuntucore.UbootPowerOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Example gadgets on the real boot loader: explored states boot in the same way in the model and under QEMU. */
@Tag("vm")
class RealBootloaderTest {
  private static final String KERNEL = "kernel refresh";
  private static final String UNLOADABLE = "kernel refresh, new kernel cannot be loaded";

  @TempDir private Path keep;

  @BeforeAll
  static void needsQemu() {
    try {
      RealLoaders.require();
    } catch (IOException e) {
      System.err.println("SKIPPED: " + e.getMessage());
      abort(e.getMessage());
    }
  }

  /** Boots some of the states that cuts at these points lead to. */
  private LoaderComparison held(CoreBoard board, CoreBoard real, String scenario, String points, int states)
      throws IOException {
    CoreDevice device = board.device(Bench.scenario(scenario), Platform.SNAPD, false);
    Exploration<CoreState> explored =
        new Explorer<>(CutsAt.of(device, points), Judgement::of, ExplorationBounds.DEFAULT).explore();
    LoaderCheck check = new LoaderCheck(states, keep);
    check.hear(scenario, device, real.powerOn(), explored);
    return check.compare((booted, wanted) -> true);
  }

  private LoaderComparison held(String gadget, String scenario, String points, int states) throws IOException {
    CoreBoard board = Bench.board(Bench.good(gadget)).board();
    return held(board, board, scenario, points, states);
  }

  private static CoreBoard with(CoreBoard board, PowerOn other) {
    return new CoreBoard(board.series(), board.kernelName(), board.loader(), board.seed(), board.boot(),
        board.dataBytes(), other, board.environmentBytes(), board.storedVariables(), board.flagByte(), board.medium(),
        board.watchdog());
  }

  @Test
  void managedGrubAgrees() throws IOException {
    LoaderComparison held = held("grub-managed-22", KERNEL, "K18.*|K21|M1.*", 3);
    assertThat(held.holds()).as(held.toString()).isTrue();
    assertThat(held.agreed()).isEqualTo(3);
    assertThat(held.distinct()).isGreaterThan(3);
    assertThat(held.ends()).containsKey("starts a kernel");
    assertThat(held.shims()).anyMatch(shim -> shim.contains("chainloader"));
    assertThat(keep).doesNotExist();
  }

  @Test
  void aScriptOfOneGrubAgreesAndItsResetsToo() throws IOException {
    LoaderComparison held = held("grub-18", UNLOADABLE, "U18|U21", 3);
    assertThat(held.holds()).as(held.toString()).isTrue();
    assertThat(held.ends()).containsKeys("starts a kernel", "resets");
  }

  @Test
  void ubootWithItsStateInAFileAgrees() throws IOException {
    LoaderComparison held = held("uboot-ext4-22", UNLOADABLE, "K18.*|K21", 4);
    assertThat(held.holds()).as(held.toString()).isTrue();
    assertThat(held.ends()).containsKeys("starts a kernel", "resets");
  }

  @Test
  void ubootWithItsOwnEnvironmentAgrees() throws IOException {
    LoaderComparison held = held("uboot-raw-22", KERNEL, "K18|K21", 2);
    assertThat(held.holds()).as(held.toString()).isTrue();
    assertThat(held.shims()).anyMatch(shim -> shim.contains("saveenv"));
  }

  @Test
  void ubootWithItsEnvironmentInAFileAgrees() throws IOException {
    LoaderComparison held = held("uboot-env-16", KERNEL, "U18", 2);
    assertThat(held.holds()).as(held.toString()).isTrue();
    assertThat(held.ends()).containsOnlyKeys("starts a kernel");
  }

  /** Many boards call their only disk mmc 1. */
  @Test
  void ubootOnItsSecondDiskAgrees() throws IOException {
    CoreBoard good = Bench.board(Bench.good("uboot-file-22")).board();
    UbootPowerOn loader = (UbootPowerOn) good.powerOn();
    CoreBoard second = with(good, new UbootPowerOn(loader.board().with("boot_targets", "mmc1")));
    LoaderComparison held = held(second, second, KERNEL, "K21", 1);
    assertThat(held.holds()).as(held.toString()).isTrue();
    assertThat(held.ends()).containsOnlyKeys("starts a kernel");
  }

  @Test
  void anInterpreterWithAnotherEnvironmentIsCaught() throws IOException {
    CoreBoard good = Bench.board(Bench.good("uboot-file-22")).board();
    UbootPowerOn loader = (UbootPowerOn) good.powerOn();
    PowerOn wrong = new UbootPowerOn(loader.board().with("boot_scripts", "none.scr"));
    LoaderComparison held = held(with(good, wrong), good, KERNEL, "K21", 1);
    assertThat(held.disagreements()).singleElement().extracting(d -> d.differences().getFirst())
        .isEqualTo("the end: model 'stands still', real 'starts a kernel'");
  }

  @Test
  void aLoaderThatNobodyCanGetIsNotLookedAt() throws IOException {
    LoaderComparison held = held("piboot-22", KERNEL, "K21", 1);
    assertThat(held.holds()).isFalse();
    assertThat(held.lookedAt()).isZero();
    assertThat(held.loader()).isEmpty();
    assertThat(held.notLookedAt()).anyMatch(why -> why.contains("the board's firmware"));
  }

  @Test
  void anInterpreterThatHandsOverOtherArgumentsIsCaught() throws IOException {
    CoreBoard good = Bench.board(Bench.good("grub-managed-22")).board();
    PowerOn wrong = machine -> good.powerOn().run(machine) instanceof BootOutcome.StartKernel kernel
        ? new BootOutcome.StartKernel(kernel.kernel(), kernel.path(), kernel.initrd(), kernel.commandLine() + " quiet")
        : new BootOutcome.Hang("no kernel");
    LoaderComparison held = held(with(good, wrong), good, KERNEL, "K21", 1);
    assertThat(held.holds()).isFalse();
    LoaderComparison.Disagreement one = held.disagreements().getFirst();
    assertThat(one.differences()).singleElement().asString().startsWith("the arguments: model 'snapd_recovery_mode=run")
        .contains(" quiet'");
    Path kept = keep.resolveSibling(one.kept().replaceFirst(".*/", keep.getFileName() + "/"));
    assertThat(kept).isDirectoryContaining(f -> f.endsWith("disk.img"))
        .isDirectoryContaining(f -> f.endsWith("console.txt"));
    assertThat(Files.readString(kept.resolve("about.txt"))).contains("qemu-system-x86_64", "the arguments");
  }
}
