package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.List;

/** Commands that load a kernel or another loader, and those that leave GRUB. */
final class BootCommands {

  private BootCommands() {}

  static int linux(Interpreter in, List<String> arguments) {
    if (arguments.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "filename expected");
    }
    in.kernel.forget();
    String file = arguments.getFirst();
    Content image = in.open(file);
    if (image == null) {
      return in.pendingError();
    }
    if (image.length() == 0 || image.isPart()) {
      return in.error(GrubError.BAD_OS, "premature end of file " + file);
    }
    in.kernel.image = image;
    in.kernel.path = full(in, file);
    in.kernel.commandLine = commandLine("BOOT_IMAGE=" + file, arguments);
    in.note("loaded kernel " + in.kernel.path);
    return 0;
  }

  static int initrd(Interpreter in, List<String> arguments) {
    if (arguments.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "filename expected");
    }
    if (!in.kernel.isLoaded() || in.kernel.chained) {
      return in.error(GrubError.BAD_ARGUMENT, "you need to load the kernel first");
    }
    Content all = null;
    for (String file : arguments) {
      Content content = in.open(file.startsWith("newc:") ? file.substring(file.lastIndexOf(':') + 1) : file);
      if (content == null) {
        return in.pendingError();
      }
      all = all == null ? content : joined(all, content);
    }
    in.kernel.initrd = all;
    return 0;
  }

  private static Content joined(Content first, Content second) {
    return Content.opaque(
        "initrds " + first.hash() + " " + second.hash(), first.length() + second.length());
  }

  static int deviceTree(Interpreter in, List<String> arguments) {
    if (arguments.size() != 1) {
      return in.error(GrubError.BAD_ARGUMENT, "filename expected");
    }
    return in.open(arguments.getFirst()) == null ? in.pendingError() : 0;
  }

  static int chainLoader(Interpreter in, List<String> arguments) {
    Options options = Options.parse(in, CommandTable.CHAINLOADER, arguments);
    if (options == null) {
      return GrubError.BAD_ARGUMENT.number;
    }
    if (options.rest.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "filename expected");
    }
    in.kernel.forget();
    String file = options.rest.getFirst();
    FilePath path = FilePath.parse(file);
    boolean sector = path != null && path.path().startsWith("+");
    BootVolume volume = in.volumeOf(path);
    if (volume == null && !(sector && in.pendingError() == GrubError.UNKNOWN_FS.number)) {
      return in.pendingError();
    }
    if (sector) {
      in.clearError();
      volume = in.devices().find(path.device() == null ? in.variables().get("root") : path.device());
    }
    Content program = sector ? Content.of(volume.readRaw(0, 512)) : in.open(file);
    if (program == null) {
      return in.pendingError();
    }
    if (program.length() == 0 || program.isPart()) {
      return in.error(GrubError.BAD_OS, "cannot load image");
    }
    in.kernel.image = program;
    in.kernel.chained = true;
    in.kernel.path = full(in, file);
    in.kernel.disk = volume.disk();
    in.kernel.partition = volume.partition();
    in.kernel.commandLine = String.join(" ", options.rest.subList(1, options.rest.size()));
    in.note("loaded program " + in.kernel.path);
    return 0;
  }

  private static String full(Interpreter in, String file) {
    return file.startsWith("(") ? file : "(" + in.variables().get("root") + ")" + file;
  }

  private static String commandLine(String first, List<String> arguments) {
    StringBuilder line = new StringBuilder(first);
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean quote = argument.indexOf(' ') >= 0;
      line.append(' ').append(quote ? "\"" : "");
      for (int k = 0; k < argument.length(); k++) {
        char c = argument.charAt(k);
        if (c == '\\' || c == '\'' || c == '"') {
          line.append('\\');
        }
        line.append(c);
      }
      line.append(quote ? "\"" : "");
    }
    return line.toString();
  }

  static int loopback(Interpreter in, List<String> arguments) {
    Options options = Options.parse(in, CommandTable.LOOPBACK, arguments);
    if (options == null) {
      return GrubError.BAD_ARGUMENT.number;
    }
    if (options.rest.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "device name required");
    }
    String name = options.rest.getFirst();
    if (options.has("delete")) {
      return in.devices().removeLoop(name) ? 0 : in.error(GrubError.BAD_DEVICE, "device not found");
    }
    if (options.rest.size() < 2) {
      return in.error(GrubError.BAD_ARGUMENT, "filename expected");
    }
    if (in.devices().loops().containsKey(name)) {
      return in.error(GrubError.BAD_ARGUMENT, "device name already exists");
    }
    Content image = in.open(options.rest.get(1));
    if (image == null) {
      return in.pendingError();
    }
    in.devices().addLoop(name, in.machine.inside(image).orElse(new NoFileSystem()));
    return 0;
  }

  static int boot(Interpreter in) {
    LoadedKernel kernel = in.kernel;
    if (!kernel.isLoaded()) {
      return in.error(GrubError.NO_KERNEL, "you need to load the kernel first");
    }
    in.note("starting " + kernel.path);
    throw new BootEnded(
        kernel.chained
            ? new BootOutcome.Chainload(
                kernel.image, kernel.path, kernel.disk, kernel.partition, kernel.commandLine)
            : new BootOutcome.StartKernel(kernel.image, kernel.path, kernel.initrd, kernel.commandLine));
  }

  static int leave(BootOutcome outcome) {
    throw new BootEnded(outcome);
  }
}
