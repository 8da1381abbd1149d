package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;

/**
 * Takes bytes for a grub.cfg that is linted and runs, and for the environment block that it loads: every boot ends in
 * an outcome, and a block is read or refused.
 */
public final class GrubFuzzHarness {
  private static final GrubConfig CONFIG = GrubConfig.stock("(hd0,gpt1)/grub").withMaxSteps(2_000);

  private GrubFuzzHarness() {}

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    GrubLint.check(GrubScript.parse("grub.cfg", text), CONFIG, java.util.Set.of(), path -> true);
    MemoryVolume volume = new MemoryVolume(0, 1, "boot")
        .with("/grub/grub.cfg", Content.of(data)).with("/grub/grubenv", Content.of(data));
    if (new Grub(CONFIG).boot(new MemoryMachine(volume)).outcome() == null) {
      throw new IllegalStateException("a boot without an outcome");
    }
    GrubEnvironment.grub(data);
    try {
      GrubEnvironment.snapd(Content.of(data));
    } catch (GrubEnvironmentException _) {
      // refused, as snapd would
    }
  }
}
