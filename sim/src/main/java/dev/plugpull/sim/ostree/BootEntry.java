package dev.plugpull.sim.ostree;

import dev.plugpull.sim.ostree.Sysroot.Deployment;
import java.util.ArrayList;
import java.util.List;

/**
 * A boot loader entry as libostree writes it.
 *
 * @param version the higher the earlier in the menu
 * @param argument value of {@code ostree=}
 * @param kernel folder of kernel and initramfs, from the root of the volume that holds {@code /boot}
 */
record BootEntry(int index, int version, String title, String argument, String kernel) {

  /** The entries of a list of deployments in a boot version. */
  static List<BootEntry> of(OstreeSetup setup, List<Deployment> deployments, int bootVersion) {
    List<BootEntry> entries = new ArrayList<>();
    for (int i = 0; i < deployments.size(); i++) {
      Deployment deployment = deployments.get(i);
      String argument = "/ostree/boot." + bootVersion + "/os/" + deployment.kernel() + "/" + serial(deployments, i);
      entries.add(new BootEntry(i, deployments.size() - i, "OS " + deployment.release() + " (ostree:" + i + ")",
          argument, setup.boot() + "/ostree/os-" + deployment.kernel()));
    }
    return entries;
  }

  /** Index among the deployments that have the same kernel. */
  static int serial(List<Deployment> deployments, int index) {
    int serial = 0;
    for (int i = 0; i < index; i++) {
      serial += deployments.get(i).kernel().equals(deployments.get(index).kernel()) ? 1 : 0;
    }
    return serial;
  }

  String options() {
    return "root=LABEL=root ro ostree=" + argument;
  }

  String file() {
    return "ostree-" + version + ".conf";
  }

  String text() {
    return "title " + title + "\nversion " + version + "\noptions " + options() + "\nlinux " + kernel
        + "/vmlinuz\ninitrd " + kernel + "/initramfs.img\n";
  }

  static String field(String text, String key) {
    for (String line : text.split("\n")) {
      if (line.startsWith(key + " ")) {
        return line.substring(key.length() + 1);
      }
    }
    return "";
  }

  /** The {@code ostree=} argument in a command line or entry; empty if there is none. */
  static String argument(String text) {
    int at = text.indexOf("ostree=");
    if (at < 0) {
      return "";
    }
    int end = at + 7;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return text.substring(at + 7, end);
  }
}
