package dev.plugpull.conformance.realboot;

import dev.plugpull.conformance.machine.HostCommand;
import dev.plugpull.conformance.machine.RunFolder;
import dev.plugpull.sim.ubuntucore.GrubPowerOn;
import dev.plugpull.sim.ubuntucore.PowerOn;
import dev.plugpull.sim.ubuntucore.UbootPowerOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Which real loader stands behind which interpreter, and what it needs on this machine. */
public final class RealLoaders {
  private static final String INSTALL = "; install qemu-system-x86, grub-common, grub-pc-bin, u-boot-qemu,"
      + " squashfs-tools, mtools, dosfstools and e2fsprogs, or leave out --real-bootloader";

  private static final List<String> PROGRAMS = List.of("qemu-system-x86_64", "grub-mkimage", "mksquashfs", "mcopy",
      "mkfs.fat", "mke2fs", "debugfs", "tar");

  private RealLoaders() {}

  /** Null if there is none. */
  static RealLoader of(PowerOn loader, RunFolder run) throws IOException {
    return switch (loader) {
      case GrubPowerOn grub -> new RealGrub(grub.stages(), run);
      case UbootPowerOn uboot when RealUboot.difference(uboot.board()).isEmpty() -> new RealUboot(uboot.board(), run);
      default -> null;
    };
  }

  static String whyNone(PowerOn loader) {
    return loader instanceof UbootPowerOn uboot ? RealUboot.difference(uboot.board())
        : "no boot loader of this kind can be had: it is a binary of the vendor or the board's firmware";
  }

  /**
   * Says what is missing before any work is done.
   *
   * @throws IOException {@code cannot hold the gadget against the real boot loader: ...}
   */
  public static void require() throws IOException {
    require(HostCommand::present);
  }

  /** The same, for a machine on which these programs are there. */
  static void require(Predicate<String> present) throws IOException {
    for (String program : PROGRAMS) {
      if (!present.test(program)) {
        throw missing(program);
      }
    }
    for (Path file : new Path[] {RealGrub.MODULES.resolve("boot.img"), RealUboot.FIRMWARE}) {
      if (!Files.isReadable(file)) {
        throw missing(file.toString());
      }
    }
  }

  private static IOException missing(String what) {
    return new IOException("cannot hold the gadget against the real boot loader: " + what + " is not here" + INSTALL);
  }
}
