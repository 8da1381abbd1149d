package dev.plugpull.sim.bootloader.uboot;

import java.util.Map;
import java.util.TreeMap;

/**
 * A default environment with the usual names of the distro boot commands: for each target, for each bootable partition,
 * for each folder: {@code extlinux.conf}, then a script image, then an EFI program.
 */
final class StandardBoot {

  private static final Map<String, String> ENVIRONMENT = build();

  private StandardBoot() {}

  static Map<String, String> environment() {
    return ENVIRONMENT;
  }

  private static Map<String, String> build() {
    Map<String, String> env = new TreeMap<>();
    addresses(env);
    targets(env);
    env.put("scan_dev_for_boot_part",
        "part list ${devtype} ${devnum} -bootable devplist; env exists devplist || setenv devplist 1; "
            + "for distro_bootpart in ${devplist}; do "
            + "if fstype ${devtype} ${devnum}:${distro_bootpart} bootfstype; then run scan_dev_for_boot; fi; done; "
            + "setenv devplist");
    env.put("scan_dev_for_boot",
        "for prefix in ${boot_prefixes}; do run scan_dev_for_extlinux; run scan_dev_for_scripts; done; "
            + "run scan_dev_for_efi");
    env.put("scan_dev_for_extlinux",
        "if test -e ${devtype} ${devnum}:${distro_bootpart} ${prefix}${boot_syslinux_conf}; then "
            + "run boot_extlinux; echo SCRIPT FAILED: continuing...; fi");
    env.put("boot_extlinux",
        "sysboot ${devtype} ${devnum}:${distro_bootpart} any ${scriptaddr} ${prefix}${boot_syslinux_conf}");
    env.put("scan_dev_for_scripts",
        "for script in ${boot_scripts}; do "
            + "if test -e ${devtype} ${devnum}:${distro_bootpart} ${prefix}${script}; then "
            + "run boot_a_script; echo SCRIPT FAILED: continuing...; fi; done");
    env.put("boot_a_script",
        "load ${devtype} ${devnum}:${distro_bootpart} ${scriptaddr} ${prefix}${script}; source ${scriptaddr}");
    env.put("scan_dev_for_efi",
        "for prefix in ${boot_prefixes}; do "
            + "if test -e ${devtype} ${devnum}:${distro_bootpart} ${prefix}${boot_efi_binary}; then "
            + "run boot_efi; echo EFI LOAD FAILED: continuing...; fi; done");
    env.put("boot_efi",
        "load ${devtype} ${devnum}:${distro_bootpart} ${kernel_addr_r} ${prefix}${boot_efi_binary}; "
            + "bootefi ${kernel_addr_r} ${fdtcontroladdr}");
    return env;
  }

  private static void addresses(Map<String, String> env) {
    env.put("loadaddr", "0x42000000");
    env.put("kernel_addr_r", "0x42000000");
    env.put("fdt_addr_r", "0x4a000000");
    env.put("scriptaddr", "0x4c000000");
    env.put("pxefile_addr_r", "0x4c100000");
    env.put("fdtoverlay_addr_r", "0x4c200000");
    env.put("ramdisk_addr_r", "0x50000000");
    env.put("fdtcontroladdr", "0x7df00000");
    env.put("fdt_high", "0xffffffff");
    env.put("initrd_high", "0xffffffff");
    env.put("arch", "arm");
    env.put("baudrate", "115200");
    env.put("stdin", "serial");
    env.put("stdout", "serial");
    env.put("stderr", "serial");
  }

  private static void targets(Map<String, String> env) {
    env.put("bootdelay", "2");
    env.put("boot_targets", "mmc0 mmc1 usb0 nvme0 scsi0 virtio0");
    env.put("boot_prefixes", "/ /boot/");
    env.put("boot_scripts", "boot.scr.uimg boot.scr");
    env.put("boot_syslinux_conf", "extlinux/extlinux.conf");
    env.put("boot_efi_binary", "EFI/BOOT/bootaa64.efi");
    env.put("bootcmd", "run distro_bootcmd");
    env.put("distro_bootcmd", "for target in ${boot_targets}; do run bootcmd_${target}; done");
    for (String target : new String[] {"mmc 0", "mmc 1", "usb 0", "nvme 0", "scsi 0", "virtio 0"}) {
      String[] device = target.split(" ");
      env.put("bootcmd_" + device[0] + device[1], "devnum=" + device[1] + "; run " + device[0] + "_boot");
      String look = device[0].equals("mmc") ? "if mmc dev ${devnum}; then devtype=mmc; run scan_dev_for_boot_part; fi"
          : device[0].equals("usb") ? "usb start; " + scan("usb") : device[0] + " scan; " + scan(device[0]);
      env.put(device[0] + "_boot", look);
    }
  }

  private static String scan(String type) {
    return "if " + type + " dev ${devnum}; then devtype=" + type + "; run scan_dev_for_boot_part; fi";
  }
}
