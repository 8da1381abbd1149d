package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes bytes for a boot script that is linted, and runs under both parsers: every run ends in an outcome. */
public final class HushFuzzHarness {
  private HushFuzzHarness() {}

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    String script = new String(data, StandardCharsets.ISO_8859_1);
    for (HushRules rules : List.of(HushRules.OLD, HushRules.MODERN)) {
      UbootBoard board = UbootBoard.standard().withShell(rules).withStepLimit(2_000);
      UbootLint.check(board, "boot.scr", script, List.of());
      FakeMachine machine = new FakeMachine();
      machine.volume(1, "boot", "vfat").with("/boot.scr", Content.of(data)).with("/uboot.env", Content.of(data));
      if (new Uboot(board).powerOn(machine).outcome() == null) {
        throw new IllegalStateException("a boot without an outcome");
      }
      new Uboot(board).source(machine, "boot.scr", script);
    }
  }
}
