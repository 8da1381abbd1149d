package dev.plugpull.sim.bootloader.uboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.bootloader.uboot.UbootFinding.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UbootLintTest {

  private static List<UbootFinding> check(String script) {
    return UbootLint.check(UbootBoard.standard(), "boot.scr", script, List.of("/kernel.img"));
  }

  @Test
  void namesLineAndRemedyOfEachKind() {
    List<UbootFinding> findings = check("""
        frobnicate
        echo ${nobody}
        load mmc 0:1 ${kernel_addr_r} missing.img
        load mmc 0:1 ${kernel_addr_r} kernel.img
        setenv kernel_status trying
        if true; then
          echo "${snap_kernel} ${filesize} ${u:-d}"
        """);
    assertThat(findings).extracting(finding -> finding.kind() + " " + finding.where()).containsExactly(
        "UNKNOWN_COMMAND boot.scr:1", "NEVER_SET boot.scr:2", "NEVER_PROVIDED boot.scr:3", "NOT_SAVED boot.scr:5",
        "SYNTAX boot.scr:6");
    assertThat(findings).allSatisfy(finding -> assertThat(finding.remedy()).isNotEmpty());
  }

  @Test
  void aSavedStatusIsNoFinding() {
    assertThat(check("setenv kernel_status trying\nenv export -c 1000\nsave mmc 0:1 1000 boot.sel 1000\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"boot-sel-file.script", "boot-sel-raw.script", "uboot-env.script"})
  void ourOwnScriptsHaveNoFinding(String name) {
    UbootBoard board = UbootBoard.standard().with("extra_args", "quiet").with("devtype", "mmc").with("devnum", "0");
    for (HushRules rules : List.of(HushRules.OLD, HushRules.MODERN)) {
      assertThat(UbootLint.check(board.withShell(rules), name, ReferenceScriptsTest.script(name), null))
          .filteredOn(finding -> !finding.what().matches(".*(seed_part|boot_part|system_part)"))
          .as(rules.parser().name()).isEmpty();
    }
  }

  @Test
  void tellsTheDevicesOfAScript() {
    assertThat(UbootLint.devices("setenv t mmc\nsetenv d 1\nload ${t} ${d}:2 1000 x\n")).containsExactly("mmc 1");
  }

  @Test
  void kindsAreFoundByTheInterpreterToo() {
    UbootRun run = new Uboot(UbootBoard.standard()).source(new FakeMachine(), "s", "nosuch\nrun nothing\nfi\n");
    assertThat(run.findings()).extracting(UbootFinding::kind)
        .containsExactly(Kind.UNKNOWN_COMMAND, Kind.NEVER_SET, Kind.SYNTAX);
  }
}
