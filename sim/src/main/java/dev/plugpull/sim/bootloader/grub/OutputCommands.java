package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands that show something: echo, cat, ls, loadfont, probe. */
final class OutputCommands {

  private OutputCommands() {}

  static int echo(Interpreter in, List<String> arguments) {
    Options options = Options.parse(in, CommandTable.ECHO, arguments);
    if (options == null) {
      return GrubError.BAD_ARGUMENT.number;
    }
    StringBuilder text = new StringBuilder();
    boolean newline = !options.has("-n");
    for (int i = 0; i < options.rest.size(); i++) {
      if (i > 0) {
        text.append(' ');
      }
      if (options.has("-e")) {
        newline &= appendEscaped(options.rest.get(i), text);
      } else {
        text.append(options.rest.get(i));
      }
    }
    in.print(newline ? text.append('\n').toString() : text.toString());
    return 0;
  }

  /** False if the text says that no newline shall follow. */
  private static boolean appendEscaped(String text, StringBuilder out) {
    boolean newline = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      i++;
      if (i == text.length()) {
        break;
      }
      switch (text.charAt(i)) {
        case '\\' -> out.append('\\');
        case 'a' -> out.append('\u0007');
        case 'c' -> newline = false;
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'v' -> out.append('\u000b');
        default -> {}
      }
    }
    return newline;
  }

  static int cat(Interpreter in, List<String> arguments) {
    if (arguments.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "filename expected");
    }
    Content content = in.open(arguments.getLast());
    if (content == null) {
      return in.pendingError();
    }
    in.print(content.bytes().map(b -> new String(b, StandardCharsets.ISO_8859_1)).orElse("") + "\n");
    return 0;
  }

  static int ls(Interpreter in, List<String> arguments) {
    if (arguments.isEmpty()) {
      StringBuilder names = new StringBuilder();
      for (BootVolume volume : in.devices().volumes()) {
        names.append('(').append(in.devices().name(volume)).append(") ");
      }
      in.print(names + "\n");
      return 0;
    }
    FilePath path = FilePath.parse(arguments.getLast());
    BootVolume volume = in.volumeOf(path);
    if (volume == null) {
      return in.pendingError();
    }
    in.print(String.join(" ", volume.list(path.path().isEmpty() ? "/" : path.path())) + "\n");
    return 0;
  }

  static int loadFont(Interpreter in, List<String> arguments) {
    if (arguments.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "filename expected");
    }
    for (String name : arguments) {
      boolean path = name.startsWith("(") || name.startsWith("/");
      if (in.open(path ? name : in.variables().get("prefix") + "/fonts/" + name + ".pf2") == null) {
        return in.pendingError();
      }
    }
    return 0;
  }

  static int probe(Interpreter in, List<String> arguments) {
    Options options = Options.parse(in, CommandTable.PROBE, arguments);
    if (options == null) {
      return GrubError.BAD_ARGUMENT.number;
    }
    if (options.rest.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "device name required");
    }
    String name = options.rest.getFirst();
    FilePath path = FilePath.parse(name);
    BootVolume volume = in.devices().find(path == null || path.device() == null ? name : path.device());
    if (volume == null) {
      return in.error(GrubError.UNKNOWN_DEVICE, "disk `" + name + "' not found");
    }
    String answer;
    if (options.has("fs-uuid")) {
      answer = volume.uuid();
    } else if (options.has("label")) {
      answer = volume.label();
    } else if (options.has("fs")) {
      answer = volume.type().equals("ext4") ? "ext2" : volume.type().equals("vfat") ? "fat" : volume.type();
    } else if (options.has("partmap")) {
      answer = in.config.partitionStyle();
    } else {
      return in.error(GrubError.BAD_ARGUMENT, "unrecognised target");
    }
    if (options.has("set")) {
      in.variables().set(options.value("set"), answer);
    } else {
      in.print(answer + "\n");
    }
    return 0;
  }
}
