package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * load_env, save_env and list_env: the environment block as a file whose sectors are overwritten in place.
 *
 * <p>Fault model: {@code save_env} reads the file again, changes it in memory and writes its sectors without a flush; a
 * cut can leave one sector new and one old. It cannot write where data are compressed, inline or on several devices.
 */
final class EnvironmentCommands {

  private EnvironmentCommands() {}

  private static String file(Interpreter in, Options options) {
    if (options.has("file")) {
      return options.value("file");
    }
    String prefix = in.variables().get("prefix");
    if (prefix == null) {
      in.error(GrubError.FILE_NOT_FOUND, "variable `prefix' isn't set");
      return null;
    }
    return prefix + "/grubenv";
  }

  /** Null with a pending error if the block cannot be read. */
  private static GrubEnvironment read(Interpreter in, String file) {
    Content content = file == null ? null : in.open(file);
    if (content == null) {
      return null;
    }
    Optional<GrubEnvironment> environment = GrubEnvironment.grub(content);
    if (environment.isEmpty()) {
      in.error(GrubError.BAD_FILE_TYPE, "invalid environment block");
      return null;
    }
    return environment.get();
  }

  static int load(Interpreter in, List<String> arguments) {
    Options options = Options.parse(in, CommandTable.LOAD_ENV, arguments);
    if (options == null) {
      return GrubError.BAD_ARGUMENT.number;
    }
    GrubEnvironment environment = read(in, file(in, options));
    if (environment == null) {
      return in.pendingError();
    }
    for (Map.Entry<String, String> entry : environment.variables().entrySet()) {
      if (options.rest.isEmpty() || options.rest.contains(entry.getKey())) {
        in.variables().set(entry.getKey(), entry.getValue());
      }
    }
    return 0;
  }

  static int list(Interpreter in, List<String> arguments) {
    Options options = Options.parse(in, CommandTable.LOAD_ENV, arguments);
    if (options == null) {
      return GrubError.BAD_ARGUMENT.number;
    }
    GrubEnvironment environment = read(in, file(in, options));
    if (environment == null) {
      return in.pendingError();
    }
    environment.variables().forEach((name, value) -> in.print(name + "=" + value + "\n"));
    return 0;
  }

  static int save(Interpreter in, List<String> arguments) {
    Options options = Options.parse(in, CommandTable.SAVE_ENV, arguments);
    if (options == null) {
      return GrubError.BAD_ARGUMENT.number;
    }
    if (options.rest.isEmpty()) {
      return in.error(GrubError.BAD_ARGUMENT, "no variable is specified");
    }
    String file = file(in, options);
    GrubEnvironment environment = read(in, file);
    if (environment == null) {
      return in.pendingError();
    }
    FilePath path = FilePath.parse(file);
    BootVolume volume = in.volumeOf(path);
    FilePath.Blocks blocks = path.blocks();
    if (blocks == null && volume.type().equals("btrfs")) {
      return in.error(GrubError.BAD_FILE_TYPE, "sparse file not allowed");
    }
    StringBuilder what = new StringBuilder();
    for (String name : options.rest) {
      String value = in.variables().get(name);
      Optional<GrubEnvironment> changed =
          value == null ? Optional.of(environment.unset(name)) : environment.set(name, value);
      if (changed.isEmpty()) {
        in.note("the environment block " + file + " is too small or torn: nothing is saved");
        return in.error(GrubError.BAD_ARGUMENT, "environment block too small");
      }
      environment = changed.get();
      what.append(what.isEmpty() ? "" : ", ").append(name).append(value == null ? " removed" : "=" + value);
    }
    if (blocks != null) {
      volume.writeRaw(blocks.offset(), environment.bytes());
    } else if (!volume.overwrite(path.path(), 0, environment.bytes())) {
      return in.error(GrubError.BAD_FILE_TYPE, "sparse file not allowed");
    }
    in.machine.wrote("grub.save_env", in.where(), what + " in " + file);
    return 0;
  }
}
