package dev.plugpull.sim.ostree;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ostree.Sysroot.Deployment;
import java.util.List;

/** What a backend of libostree writes beside the entries, and the static files of the boot loader that read it. */
final class BootConfig {
  private static final String COUNTDOWN = """
      if [ -n "${boot_counter}" -a "${boot_success}" = "0" ]; then
        if [ "${boot_counter}" = "0" -o "${boot_counter}" = "-1" ]; then
          set default=1
          set boot_counter=-1
        else
          decrement boot_counter
        fi
        save_env boot_counter
      fi
      """;
  /** The inner test asks for what the outer one has ruled out. */
  private static final String NESTED_COUNTDOWN = """
      if [ -n "${boot_counter}" -a "${boot_success}" = "0" ]; then
        if [ "${boot_counter}" -gt 0 ]; then
          decrement boot_counter
          if [ "${boot_counter}" = "-1" ]; then
            set default=1
          fi
          save_env boot_counter
        fi
      fi
      """;
  private static final String RESET_SUCCESS = "set boot_success=0\nsave_env boot_success\n";

  private BootConfig() {}

  /** Name of the file in {@code /boot/loader.B}, empty if the backend writes none. */
  static String file(OstreeSetup setup) {
    return switch (setup.board().backend()) {
      case GRUB2 -> "grub.cfg";
      case NONE, ZIPL, ABOOT -> "";
      case SYSLINUX -> "syslinux.cfg";
      case UBOOT -> "uEnv.txt";
    };
  }

  /** Content of that file. */
  static Content content(OstreeSetup setup, List<Deployment> deployments, int bootVersion) {
    List<BootEntry> entries = BootEntry.of(setup, deployments, bootVersion);
    return Content.text(switch (setup.board().backend()) {
      case GRUB2 -> grubHead(setup) + menu(entries);
      case NONE, ZIPL, ABOOT -> "";
      case SYSLINUX -> syslinux(entries);
      case UBOOT -> uEnv(entries);
    });
  }

  /** The part of {@code grub.cfg} before the menu: environment, countdown, default. */
  static String grubHead(OstreeSetup setup) {
    StringBuilder script = new StringBuilder("set default=0\nset timeout=1\n");
    if (setup.board().greenboot() != OstreeBoard.Greenboot.NONE) {
      script.append("load_env\n");
      if (setup.has(Departure.NESTED_COUNTDOWN)) {
        script.append(NESTED_COUNTDOWN);
      } else if (!setup.has(Departure.NO_COUNTDOWN)) {
        script.append(COUNTDOWN);
      }
      script.append(RESET_SUCCESS);
    }
    return script.toString();
  }

  /** The static configuration of a GRUB with blscfg. */
  static Content staticGrub(OstreeSetup setup) {
    return Content.text(grubHead(setup) + "blscfg\n");
  }

  private static String menu(List<BootEntry> entries) {
    StringBuilder script = new StringBuilder();
    for (BootEntry entry : entries) {
      script.append("menuentry '").append(entry.title()).append("' {\n  linux ").append(entry.kernel())
          .append("/vmlinuz ").append(entry.options()).append("\n  initrd ").append(entry.kernel())
          .append("/initramfs.img\n}\n");
    }
    return script.toString();
  }

  private static String syslinux(List<BootEntry> entries) {
    StringBuilder text = new StringBuilder("TIMEOUT 1\nPROMPT 0\nDEFAULT ").append(entries.getFirst().title())
        .append('\n');
    for (BootEntry entry : entries) {
      text.append("LABEL ").append(entry.title()).append("\n\tKERNEL ").append(entry.kernel())
          .append("/vmlinuz\n\tINITRD ").append(entry.kernel()).append("/initramfs.img\n\tAPPEND ")
          .append(entry.options()).append('\n');
    }
    return text.toString();
  }

  private static String uEnv(List<BootEntry> entries) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      String suffix = i == 0 ? "" : Integer.toString(i + 1);
      BootEntry entry = entries.get(i);
      text.append("kernel_image").append(suffix).append('=').append(entry.kernel()).append("/vmlinuz\n")
          .append("ramdisk_image").append(suffix).append('=').append(entry.kernel()).append("/initramfs.img\n")
          .append("bootargs").append(suffix).append('=').append(entry.options()).append('\n');
    }
    return text.toString();
  }
}
