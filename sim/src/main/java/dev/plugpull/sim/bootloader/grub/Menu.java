package dev.plugpull.sim.bootloader.grub;

import java.util.ArrayList;
import java.util.List;

/** The entries of the current context's menu. */
final class Menu {

  final List<Entry> entries = new ArrayList<>();
  private final Menu outer;

  /**
   * One entry.
   *
   * @param arguments title first; the body's positional parameters
   * @param restricted true if only named users may boot it once passwords are set
   */
  record Entry(
      String title, String id, List<String> arguments, GrubScript body, boolean submenu, boolean restricted) {}

  Menu() {
    this(null);
  }

  Menu(Menu outer) {
    this.outer = outer;
  }

  Menu outer() {
    return outer;
  }
}
