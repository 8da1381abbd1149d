package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootVolume;
import java.util.ArrayList;
import java.util.List;

/** search, and the older search.file, search.fs_label and search.fs_uuid: finds a volume and names it in a variable. */
final class SearchCommand {

  private SearchCommand() {}

  /** What the key is compared with. */
  enum By {
    FILE,
    LABEL,
    UUID
  }

  static int run(Interpreter in, List<String> arguments) {
    Options options = Options.parse(in, CommandTable.SEARCH, arguments);
    if (options == null) {
      return GrubError.BAD_ARGUMENT.number;
    }
    List<String> hints = new ArrayList<>();
    for (String name : List.of("hint", "hint-efi", "hint-baremetal")) {
      hints.addAll(options.all(name));
    }
    String variable = null;
    if (options.has("set")) {
      variable = options.value("set") == null ? "root" : options.value("set");
    }
    String key;
    if (!options.rest.isEmpty()) {
      key = options.rest.getFirst();
    } else if (variable != null && options.value("set") != null) {
      key = variable;
      variable = "root";
    } else {
      return in.error(GrubError.BAD_ARGUMENT, "one argument expected");
    }
    By by =
        options.has("label") ? By.LABEL : options.has("fs-uuid") ? By.UUID : options.has("file") ? By.FILE : null;
    if (by == null) {
      return in.error(GrubError.INVALID_COMMAND, "unspecified search type");
    }
    return search(in, by, key, variable, hints);
  }

  static int plain(Interpreter in, By by, List<String> arguments) {
    if (arguments.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "one argument expected");
    }
    List<String> hints = arguments.size() > 2 ? arguments.subList(2, arguments.size()) : List.of();
    return search(in, by, arguments.getFirst(), arguments.size() > 1 ? arguments.get(1) : null, hints);
  }

  private static int search(Interpreter in, By by, String key, String variable, List<String> hints) {
    List<BootVolume> order = new ArrayList<>();
    for (String hint : hints) {
      BootVolume volume = in.devices().find(hint.endsWith(",") ? hint.substring(0, hint.length() - 1) : hint);
      if (volume != null) {
        order.add(volume);
      }
    }
    order.addAll(in.devices().volumes());
    boolean found = false;
    for (BootVolume volume : order) {
      if (!volume.type().equals("none") && matches(volume, by, key)) {
        found = true;
        if (variable != null) {
          in.variables().set(variable, in.devices().name(volume));
          return 0;
        }
        in.print(" " + in.devices().name(volume));
      }
    }
    return found ? 0 : in.error(GrubError.FILE_NOT_FOUND, "no such device: " + key);
  }

  private static boolean matches(BootVolume volume, By by, String key) {
    return switch (by) {
      case FILE ->
          volume.lookup(key.startsWith("/") ? key : "/" + key) instanceof BootVolume.Lookup.File;
      case LABEL -> volume.label().equals(key);
      case UUID -> volume.uuid().equalsIgnoreCase(key);
    };
  }
}
