package dev.plugpull.sim.rauc;

import dev.plugpull.sim.filesystem.LiveVolume;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A boot ROM that starts the first boot loader whose header it finds, and looks at nothing else. */
final class BootRom {
  static final int PART = 512;
  static final int COPIES = 2;
  private static final String HEADER = "loader header ";
  private static final String BODY = "loader body ";

  private BootRom() {}

  static long header(int copy) {
    return 2L * copy * PART;
  }

  static long body(int copy) {
    return header(copy) + PART;
  }

  static byte[] headerOf(int release) {
    return Arrays.copyOf((HEADER + release).getBytes(StandardCharsets.US_ASCII), PART);
  }

  static byte[] bodyOf(int release) {
    return Arrays.copyOf((BODY + release).getBytes(StandardCharsets.US_ASCII), PART);
  }

  /** Both copies of a release. */
  static byte[] fresh(int release) {
    byte[] all = new byte[2 * PART * COPIES];
    for (int copy = 0; copy < COPIES; copy++) {
      System.arraycopy(headerOf(release), 0, all, (int) header(copy), PART);
      System.arraycopy(bodyOf(release), 0, all, (int) body(copy), PART);
    }
    return all;
  }

  /** True if a copy is whole and of this release: then it is left alone. */
  static boolean holds(LiveVolume volume, int copy, int release) {
    return Arrays.equals(volume.readRaw(header(copy), PART), headerOf(release))
        && Arrays.equals(volume.readRaw(body(copy), PART), bodyOf(release));
  }

  /** Why no boot loader runs, empty if one does. */
  static String trouble(LiveVolume volume) {
    for (int copy = 0; copy < COPIES; copy++) {
      byte[] header = volume.readRaw(header(copy), PART);
      if (new String(header, StandardCharsets.US_ASCII).startsWith(HEADER)) {
        int release = header[HEADER.length()] - '0';
        return Arrays.equals(volume.readRaw(body(copy), PART), bodyOf(release)) ? ""
            : "the boot ROM starts a boot loader of which half is missing";
      }
    }
    return "the boot ROM finds no boot loader";
  }
}
