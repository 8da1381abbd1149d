package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Header;
import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes bytes for each binary form that U-Boot and snapd read: they are read or refused, and written back the same. */
public final class UbootImagesFuzzHarness {
  private UbootImagesFuzzHarness() {}

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    ScriptImage.read(Content.of(data), null, true, true);
    ScriptImage.read(Content.of(data), "script", false, false);
    for (Header header : Header.values()) {
      byte[] sealed = data.clone();
      if (sealed.length > header.length()) {
        UbootEnvironment.seal(sealed, header, sealed[header.length() - 1] & 0xff);
      }
      UbootEnvironment.read(sealed, header).filter(UbootEnvironment::fits).ifPresent(read -> {
        if (!UbootEnvironment.read(read.image(), header).orElseThrow().variables().equals(read.variables())) {
          throw new IllegalStateException("an environment that changes when it is written and read");
        }
      });
      snapd(sealed);
    }
    byte[] twice = Arrays.copyOf(data, 2 * data.length);
    System.arraycopy(data, 0, twice, data.length, data.length);
    if (data.length > Header.FLAG.length()) {
      UbootEnvironment.choose(data, twice);
      try {
        SnapdUbootEnvironment.readRaw(twice, data.length);
      } catch (SnapdUbootEnvironment.UnreadableException _) {
        // refused, as snapd would
      }
    }
    UbootEnvironment.ofSource(new String(data, StandardCharsets.ISO_8859_1), Header.FLAG, 2 * data.length + 64);
  }

  private static void snapd(byte[] image) {
    try {
      SnapdUbootEnvironment.readFile(image);
    } catch (SnapdUbootEnvironment.UnreadableException _) {
      // refused, as snapd would
    }
  }
}
