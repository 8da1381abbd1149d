package dev.plugpull.sim.bootloader.grub;

import java.util.List;

/** menuentry and submenu: add an entry to the current menu; the body is run when the entry is chosen. */
final class MenuCommands {

  private MenuCommands() {}

  static int add(Interpreter in, List<String> arguments, BlockSource block, boolean submenu) {
    Options options = Options.parse(in, CommandTable.MENUENTRY, arguments);
    if (options == null) {
      return GrubError.BAD_ARGUMENT.number;
    }
    if (options.rest.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "missing arguments");
    }
    if (options.has("source") == (block != null)) {
      return in.error(
          GrubError.BAD_ARGUMENT,
          block == null ? "no menuentry definition" : "multiple menuentry definitions");
    }
    List<String> title = block == null ? options.rest : options.rest.subList(0, options.rest.size() - 1);
    if (title.isEmpty()) {
      return in.error(GrubError.MENU, "menuentry is missing title");
    }
    GrubScript body =
        block == null ? GrubScript.parseBody("--source", 1, options.value("source")) : block.script();
    String id = options.has("id") ? options.value("id") : title.getFirst();
    boolean restricted = !options.has("unrestricted");
    in.menu().entries.add(new Menu.Entry(title.getFirst(), id, List.copyOf(title), body, submenu, restricted));
    return 0;
  }
}
