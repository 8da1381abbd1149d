package dev.plugpull.sim.bootloader.uboot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code extlinux.conf}: which label {@code sysboot} boots first, and the others that it tries when that one fails.
 *
 * @param labels the default label first, then the others in order
 * @param prompt a menu waits without a timeout
 */
record ExtLinux(List<Label> labels, boolean prompt) {

  /**
   * One entry; empty strings where nothing was said.
   *
   * @param kernel path of a kernel, or of a FIT image
   */
  record Label(String name, String kernel, String initrd, String append, String fdt, String fdtDirectory) {}

  static ExtLinux parse(String text) {
    List<Label> labels = new ArrayList<>();
    String standard = "";
    boolean prompt = false;
    int timeout = 0;
    for (String raw : text.split("\n")) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("[ \t]+", 2);
      String value = words.length > 1 ? words[1].strip() : "";
      switch (words[0].toLowerCase(Locale.ROOT)) {
        case "default", "ontimeout" -> standard = value;
        case "timeout" -> timeout = (int) Numbers.decimal(value);
        case "prompt" -> prompt = Numbers.decimal(value) != 0;
        case "label" -> labels.add(new Label(value, "", "", "", "", ""));
        default -> {
          if (!labels.isEmpty()) {
            labels.add(with(labels.removeLast(), words[0].toLowerCase(Locale.ROOT), value));
          }
        }
      }
    }
    return new ExtLinux(ordered(labels, standard), prompt && timeout == 0);
  }

  private static Label with(Label label, String key, String value) {
    return switch (key) {
      case "kernel", "linux", "fit" ->
          new Label(label.name, value, label.initrd, label.append, label.fdt, label.fdtDirectory);
      case "initrd" -> new Label(label.name, label.kernel, value, label.append, label.fdt, label.fdtDirectory);
      case "append" -> new Label(label.name, label.kernel, label.initrd, value, label.fdt, label.fdtDirectory);
      case "fdt", "devicetree" ->
          new Label(label.name, label.kernel, label.initrd, label.append, value, label.fdtDirectory);
      case "fdtdir", "devicetreedir" ->
          new Label(label.name, label.kernel, label.initrd, label.append, label.fdt, value);
      default -> label;
    };
  }

  private static List<Label> ordered(List<Label> labels, String standard) {
    List<Label> ordered = new ArrayList<>();
    labels.stream().filter(label -> label.name().equals(standard)).forEach(ordered::add);
    labels.stream().filter(label -> !label.name().equals(standard)).forEach(ordered::add);
    return List.copyOf(ordered);
  }
}
