package dev.plugpull.sim.filesystem.squashfs;

import java.io.IOException;

/** Opens an image and reads every file of it: it is read or refused, and nothing else may come out. */
public final class SquashfsFuzzHarness {

  private SquashfsFuzzHarness() {}

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    try (SquashfsImage image = SquashfsImage.open(new BytesChannel(data))) {
      for (SquashfsImage.Entry entry : image.entries()) {
        read(image, entry.path());
      }
    } catch (SquashfsException _) {
      // refused, as it should be
    }
  }

  private static void read(SquashfsImage image, String path) throws IOException {
    try {
      image.find(path);
      image.read(path, 1 << 16);
    } catch (SquashfsException _) {
      // refused, as it should be
    }
  }
}
