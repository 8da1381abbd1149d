package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.bootloader.grub.Grub;
import dev.plugpull.sim.bootloader.grub.GrubConfig;
import dev.plugpull.sim.bootloader.uboot.Uboot;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The boot loaders of a board. */
final class Loaders {
  private Loaders() {}

  static PowerOn of(OstreeBoard board) {
    String boot = board.separateBoot() ? "" : "/boot";
    int partition = board.separateBoot() ? 2 : 1;
    return switch (board.backend()) {
      case GRUB2, NONE -> grub(boot, partition);
      case SYSLINUX -> machine -> syslinux(machine, boot, partition);
      case UBOOT -> uboot(boot, partition);
      case ZIPL, ABOOT -> BootRecord.of(board)::boot;
    };
  }

  private static PowerOn grub(String boot, int partition) {
    Grub grub = new Grub(GrubConfig.fedora("(hd0,gpt" + partition + ")" + boot + "/grub2"));
    return machine -> grub.boot(machine).outcome();
  }

  private static PowerOn uboot(String boot, int partition) {
    String load = "load mmc 0:" + partition + " ";
    Uboot uboot = new Uboot(UbootBoard.standard().named("ostree").with("bootcmd",
        "if " + load + "${scriptaddr} " + boot + "/loader/uEnv.txt; then env import -t ${scriptaddr} ${filesize}; fi; "
            + load + "${kernel_addr_r} ${kernel_image} && " + load + "${ramdisk_addr_r} ${ramdisk_image} && "
            + "booti ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} ${fdtcontroladdr}"));
    return machine -> uboot.powerOn(machine).outcome();
  }

  /** extlinux, or GRUB's syslinuxcfg module, as far as libostree's file uses it. */
  private static BootOutcome syslinux(BootMachine machine, String boot, int partition) {
    BootVolume volume = BootRecord.partition(machine, partition);
    String path = boot + "/syslinux/syslinux.cfg";
    Optional<String> text = volume.read(path).flatMap(Content::text);
    if (text.isEmpty()) {
      return new BootOutcome.Prompt("file " + path + " not found");
    }
    List<String> label = chosen(text.get());
    if (label.isEmpty()) {
      return new BootOutcome.Prompt(path + " names no entry");
    }
    String kernel = value(label, "KERNEL");
    machine.said(path, "boots " + label.getFirst());
    return BootRecord.start(volume, kernel, value(label, "INITRD"), value(label, "APPEND"));
  }

  /** Lines of the default label. */
  private static List<String> chosen(String text) {
    String wanted = "LABEL " + value(List.of(text.split("\n")), "DEFAULT");
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      boolean begins = line.startsWith("LABEL ");
      if (begins && !lines.isEmpty()) {
        break;
      }
      if (begins ? line.equals(wanted) : !lines.isEmpty()) {
        lines.add(line.strip());
      }
    }
    return lines;
  }

  private static String value(List<String> lines, String key) {
    return lines.stream().filter(line -> line.startsWith(key + " ")).findFirst()
        .map(line -> line.substring(key.length() + 1)).orElse("");
  }
}
