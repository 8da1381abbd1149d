package dev.plugpull.conformance.realboot;

import dev.plugpull.conformance.machine.HostCommand;
import dev.plugpull.conformance.machine.RunFolder;
import dev.plugpull.sim.ubuntucore.GrubPowerOn;
import dev.plugpull.sim.ubuntucore.PowerOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Which real loader stands behind which interpreter, and what it needs on this machine. */
public final class RealLoaders {
  private static final String INSTALL = "; install qemu-system-x86, grub-common, grub-pc-bin, squashfs-tools, mtools,"
      + " dosfstools and e2fsprogs, or leave out --real-bootloader";

  private RealLoaders() {}

  /** Null if there is none. */
  static RealLoader of(PowerOn loader, RunFolder run) {
    return loader instanceof GrubPowerOn grub ? new RealGrub(grub.stages(), run) : null;
  }

  static String whyNone(PowerOn loader) {
    return "no free boot loader stands behind " + loader.getClass().getSimpleName();
  }

  /**
   * Says what is missing before any work is done.
   *
   * @throws IOException {@code cannot hold the gadget against the real boot loader: ...}
   */
  public static void require() throws IOException {
    Map<String, Boolean> here = new TreeMap<>();
    for (String program : new String[] {"qemu-system-x86_64", "grub-mkimage", "mksquashfs", "mcopy", "mkfs.fat",
        "mke2fs", "debugfs"}) {
      here.put(program, HostCommand.present(program));
    }
    here.put(RealGrub.MODULES.toString(), Files.isReadable(Path.of(RealGrub.MODULES + "/boot.img")));
    for (Map.Entry<String, Boolean> one : here.entrySet()) {
      if (!one.getValue()) {
        throw new IOException("cannot hold the gadget against the real boot loader: " + one.getKey() + " is not here"
            + INSTALL);
      }
    }
  }
}
