package dev.plugpull.sim.bootloader.piboot;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The firmware of a Raspberry Pi with {@code tryboot} (from its public documentation): configuration, then kernel,
 * initial RAM disk and command line below {@code os_prefix}.
 */
public final class PiFirmware {
  private static final String CONFIG = "config.txt";
  private static final String TRY_CONFIG = "tryboot.txt";

  private final int partition;
  private final List<String> filters;

  /**
   * A board.
   *
   * @param partition number of the FAT partition that it starts from
   * @param model the filter that names its model, such as {@code pi4}
   */
  public PiFirmware(int partition, String model) {
    this.partition = partition;
    this.filters = List.of(model);
  }

  /** Runs until a kernel starts, or nothing more happens. */
  public BootOutcome run(BootMachine machine) {
    Optional<? extends BootVolume> found =
        machine.volumes().stream().filter(v -> v.partition() == partition && v.type().equals("vfat")).findFirst();
    if (found.isEmpty()) {
      return new BootOutcome.Hang("the Raspberry Pi's firmware finds no FAT partition " + partition);
    }
    BootVolume volume = found.get();
    boolean tries = machine.tryboot();
    String name = tries && text(volume, TRY_CONFIG).isPresent() ? TRY_CONFIG : CONFIG;
    List<String> held = new ArrayList<>(filters);
    if (tries) {
      held.add("tryboot");
    }
    PiConfig config = PiConfig.read(text(volume, name).orElse(""), held, file -> text(volume, file));
    config.notes().forEach(note -> machine.said(name, note));
    machine.said(name, "reads " + name + (tries ? " because the last reset asked for tryboot" : ""));
    return start(volume, config, name, machine);
  }

  private static BootOutcome start(BootVolume volume, PiConfig config, String name, BootMachine machine) {
    String prefix = config.value("os_prefix", "");
    String kernelPath = path(prefix + config.value("kernel", "kernel8.img"));
    Optional<Content> kernel = volume.read(kernelPath);
    if (kernel.isEmpty() || kernel.get().length() == 0) {
      return new BootOutcome.Hang("the Raspberry Pi's firmware cannot load " + kernelPath + " of " + name
          + (kernel.isEmpty() ? ": not there" : ": it is empty"));
    }
    String ramDisk = config.value("initramfs", "");
    Content initrd = ramDisk.isEmpty() ? null : volume.read(path(prefix + ramDisk)).orElse(Content.EMPTY);
    String arguments = text(volume, prefix + config.value("cmdline", "cmdline.txt")).orElse("");
    machine.said(name, "starts " + kernelPath);
    return new BootOutcome.StartKernel(kernel.get(), kernelPath, initrd, arguments.lines().findFirst().orElse(""));
  }

  private static Optional<String> text(BootVolume volume, String file) {
    return volume.read(path(file)).flatMap(Content::text).filter(text -> !text.isEmpty());
  }

  private static String path(String file) {
    return file.startsWith("/") ? file : "/" + file;
  }
}
