package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootVolume;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** GRUB's names for volumes: {@code hd0,gpt3}, {@code hd0,msdos1}, {@code hd0,3}, {@code hd0}, and loop devices. */
final class Devices {

  private final List<? extends BootVolume> volumes;
  private final String style;
  private final Map<String, BootVolume> loops = new TreeMap<>();

  Devices(BootMachine machine, String style) {
    this.volumes = machine.volumes();
    this.style = style;
  }

  List<? extends BootVolume> volumes() {
    return volumes;
  }

  String name(BootVolume volume) {
    return volume.partition() == 0
        ? "hd" + volume.disk()
        : "hd" + volume.disk() + "," + style + volume.partition();
  }

  void addLoop(String name, BootVolume volume) {
    loops.put(name, volume);
  }

  boolean removeLoop(String name) {
    return loops.remove(name) != null;
  }

  Map<String, BootVolume> loops() {
    return loops;
  }

  /** The volume of a device name, null if there is none. */
  BootVolume find(String name) {
    BootVolume loop = loops.get(name);
    if (loop != null) {
      return loop;
    }
    if (!name.startsWith("hd")) {
      return null;
    }
    int comma = name.indexOf(',');
    int disk = number(name, 2, comma < 0 ? name.length() : comma);
    int partition = 0;
    if (comma >= 0) {
      int digits = comma + 1;
      while (digits < name.length() && !Lexer.isDigit(name.charAt(digits))) {
        digits++;
      }
      String scheme = name.substring(comma + 1, digits);
      if (!scheme.isEmpty() && !scheme.equals(style)) {
        return null;
      }
      partition = number(name, digits, name.length());
    }
    if (disk < 0 || partition < 0) {
      return null;
    }
    for (BootVolume volume : volumes) {
      if (volume.disk() == disk && volume.partition() == partition) {
        return volume;
      }
    }
    return null;
  }

  private static int number(String text, int from, int to) {
    if (from >= to || to - from > 6) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      if (!Lexer.isDigit(text.charAt(i))) {
        return -1;
      }
      value = value * 10 + text.charAt(i) - '0';
    }
    return value;
  }
}
