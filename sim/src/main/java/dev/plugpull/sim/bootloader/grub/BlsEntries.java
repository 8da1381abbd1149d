package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * blscfg: makes menu entries from the files of {@code loader/entries}.
 *
 * <p>The newest file name comes first, by RPM's order of name, version and release; the id is the file name without
 * {@code .conf}. A file without {@code linux} makes no entry. GRUB ignores counters ({@code +3-1}) in names.
 */
final class BlsEntries {

  private static final String FOLDER = "/loader/entries";

  /** One file: keys may be repeated. */
  private record File(String id, List<String[]> fields) {
    String first(String key) {
      for (String[] field : fields) {
        if (field[0].equals(key)) {
          return field[1];
        }
      }
      return null;
    }

    List<String> all(String key) {
      List<String> values = new ArrayList<>();
      for (String[] field : fields) {
        if (field[0].equals(key)) {
          values.add(field[1]);
        }
      }
      return values;
    }
  }

  private BlsEntries() {}

  static int blscfg(Interpreter in, List<String> arguments) {
    String argument = arguments.size() == 1 ? arguments.getFirst() : "";
    FilePath path = FilePath.parse(argument.startsWith("(") ? argument : "");
    if (path == null) {
      return in.error(GrubError.BAD_ARGUMENT, "Filepath isn't correct");
    }
    BootVolume volume = in.volumeOf(path);
    if (volume == null) {
      return in.pendingError();
    }
    List<File> files = files(volume, folder(in, volume, path));
    for (int i = 0; i < files.size(); i++) {
      if (isWanted(in, argument, files.get(i), i)) {
        add(in, files.get(i));
      }
    }
    return 0;
  }

  private static String folder(Interpreter in, BootVolume volume, FilePath path) {
    if (!path.path().isEmpty()) {
      return path.path();
    }
    String given = in.variables().get("blsdir");
    String folder = given == null ? FOLDER : given;
    return volume.list(folder).isEmpty() ? "/boot" + FOLDER : folder;
  }

  private static List<File> files(BootVolume volume, String folder) {
    List<File> files = new ArrayList<>();
    for (String name : volume.list(folder)) {
      if (name.startsWith(".") || name.length() <= 5 || !name.endsWith(".conf")) {
        continue;
      }
      Content content = volume.read(folder + "/" + name).orElse(Content.EMPTY);
      insert(files, parse(name.substring(0, name.length() - 5), content));
    }
    return files;
  }

  /** Newest first; a second file of the same rank is left out. */
  private static void insert(List<File> files, File file) {
    for (int i = 0; i < files.size(); i++) {
      int order = RpmVersion.compareNames(file.id(), files.get(i).id());
      if (order == 0) {
        return;
      }
      if (order > 0) {
        files.add(i, file);
        return;
      }
    }
    files.add(file);
  }

  private static File parse(String id, Content content) {
    List<String[]> fields = new ArrayList<>();
    String text = content.bytes().map(b -> new String(b, StandardCharsets.ISO_8859_1)).orElse("");
    for (String line : text.split("\n")) {
      String field = line.strip();
      if (line.stripLeading().startsWith("#")) {
        continue;
      }
      int blank = field.indexOf(' ') < 0 ? field.indexOf('\t') : field.indexOf(' ');
      if (blank < 0) {
        break; // a line without a value ends the reading of the file
      }
      fields.add(new String[] {field.substring(0, blank), field.substring(blank).stripLeading()});
    }
    return new File(id, fields);
  }

  private static boolean isWanted(Interpreter in, String argument, File file, int index) {
    return switch (argument) {
      case "default" -> isDefault(in, file, index);
      case "non-default" -> !isDefault(in, file, index);
      default -> argument.isEmpty() || argument.startsWith("(") || argument.equals(file.id());
    };
  }

  private static boolean isDefault(Interpreter in, File file, int index) {
    String wanted = in.variables().get("default");
    if (wanted == null) {
      return false;
    }
    if (wanted.equals(file.id()) || wanted.equals(file.first("title"))) {
      return true;
    }
    GrubNumber number = GrubNumber.parse(wanted, 0, 0);
    return number.trouble() == GrubNumber.Trouble.NONE && number.value() == index;
  }

  private static void add(Interpreter in, File file) {
    String linux = file.first("linux");
    if (linux == null) {
      in.note("boot entry " + file.id() + " has no linux line and is left out");
      return;
    }
    String options = expand(in, file.first("options"));
    if (options == null) {
      options = expand(in, in.variables().get("default_kernelopts"));
    }
    StringBuilder body = new StringBuilder();
    if ("true".equals(in.variables().get("save_default"))) {
      body.append("savedefault\n");
    }
    body.append("load_video\nset gfxpayload=keep\ninsmod gzio\nlinux ").append(linux);
    body.append(options == null ? "" : " " + options).append('\n');
    String initrds = initrds(in, file, linux);
    body.append(initrds.isEmpty() ? "" : "initrd" + initrds + "\n");
    if (file.first("devicetree") != null) {
      body.append("devicetree ").append(expand(in, file.first("devicetree"))).append('\n');
    }
    String title = file.first("title") == null ? linux : file.first("title");
    List<String> arguments = new ArrayList<>(List.of(title));
    arguments.addAll(file.all("grub_arg"));
    GrubScript script = GrubScript.parseBody(file.id() + ".conf", 1, body.toString());
    in.menu().entries.add(
        new Menu.Entry(title, file.id(), arguments, script, false, file.first("grub_users") != null));
  }

  private static String initrds(Interpreter in, File file, String linux) {
    StringBuilder names = new StringBuilder();
    List<String> own = file.all("initrd");
    String early = in.variables().get("early_initrd");
    if (early != null && !early.isEmpty()) {
      String beside = own.isEmpty() ? linux : own.getFirst();
      String folder = beside.substring(0, beside.lastIndexOf('/') + 1);
      for (String name : early.split(" ")) {
        names.append(' ').append(folder).append(name);
      }
    }
    own.forEach(name -> names.append(' ').append(name));
    return names.toString();
  }

  /** Replaces {@code $name} by the variable and a blank, as the module does; an unset one leaves nothing. */
  private static String expand(Interpreter in, String text) {
    if (text == null || text.indexOf('$') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int end = text.charAt(i) == '$' ? Lexer.endOfVariable(text, i) : i;
      if (end == i) {
        result.append(text.charAt(i));
        i++;
        continue;
      }
      String value = in.variables().get(text.substring(i + 1, end));
      if (value != null) {
        result.append(value).append(' ');
      }
      i = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
    }
    return result.toString().stripTrailing();
  }
}
