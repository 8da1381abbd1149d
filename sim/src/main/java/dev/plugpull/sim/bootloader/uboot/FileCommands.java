package dev.plugpull.sim.bootloader.uboot;

import static dev.plugpull.sim.bootloader.uboot.UbootCommands.add;

import dev.plugpull.sim.bootloader.BootVolume.Lookup;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.bootloader.uboot.CommandTable.Entry;
import dev.plugpull.sim.media.Content;
import java.util.Arrays;
import java.util.Map;

/** Files: load, save, size, list, in the general form and the forms for one file system. */
final class FileCommands {

  private FileCommands() {}

  static void addTo(Map<String, Entry> all) {
    for (String[] family : new String[][] {{"", ""}, {"fat", "vfat"}, {"ext4", "ext"}, {"ext2", "ext"}}) {
      String type = family[1];
      add(all, family[0] + "load", 7, (session, words) -> load(session, words, type));
      add(all, family[0] + "ls", 4, (session, words) -> list(session, words, type));
      add(all, family[0] + "size", 4, (session, words) -> size(session, words, type));
    }
    add(all, "save", 7, (session, words) -> save(session, words, ""));
    add(all, "fatwrite", 7, (session, words) -> save(session, words, "vfat"));
    add(all, "ext4write", 7, (session, words) -> save(session, words, "ext"));
    add(all, "fstype", 4, FileCommands::fstype);
    add(all, "fsuuid", 4, FileCommands::fsuuid);
  }

  /** A path as volumes expect it: with one slash in front and none doubled. */
  static String path(String path) {
    String with = path.startsWith("/") ? path : "/" + path;
    return with.contains("//") ? with.replaceAll("/+", "/") : with;
  }

  private static BootVolume volume(Session session, String type, String device, String fileSystem) {
    BootVolume volume = session.devices.volume(type, device);
    if (volume == null || fileSystem.isEmpty() && !volume.type().equals("none")
        || volume.type().startsWith(fileSystem) && !fileSystem.isEmpty()) {
      return volume;
    }
    session.print("** Unrecognized filesystem type **\n");
    return null;
  }

  private static int load(Session session, String[] words, String fileSystem) {
    if (words.length < 2) {
      return Command.USAGE;
    }
    BootVolume volume = volume(session, words[1], words.length > 2 ? words[2] : null, fileSystem);
    if (volume == null) {
      session.print("Can't set block device\n");
      return 1;
    }
    if (words.length > 3 && !Numbers.isHex(words[3])) {
      return Command.USAGE;
    }
    String address = words.length > 3 ? words[3] : session.environment("loadaddr");
    String name = words.length > 4 ? words[4] : session.environment("bootfile");
    if (name == null) {
      session.print("** No boot file defined **\n");
      return 1;
    }
    long bytes = words.length > 5 ? Numbers.hex(words[5]) : 0;
    long position = words.length > 6 ? Numbers.hex(words[6]) : 0;
    return load(session, volume, Numbers.hex(address == null ? "0" : address), name, bytes, position);
  }

  private static int load(
      Session session, BootVolume volume, long address, String name, long bytes, long position) {
    if (!(volume.lookup(path(name)) instanceof Lookup.File file)) {
      session.print("Failed to load '" + name + "'\n");
      return 1;
    }
    Content content = from(file.content(), position);
    content = bytes > 0 ? content.prefix(bytes) : content;
    if (content.length() == 0 && volume.type().equals("ext4")) {
      session.print("Failed to load '" + name + "'\n");
      return 1;
    }
    session.memory.put(address, content, origin(volume, name));
    session.print(content.length() + " bytes read in 0 ms\n");
    session.setHex("fileaddr", address);
    session.setHex("filesize", content.length());
    return 0;
  }

  private static Content from(Content content, long position) {
    if (position == 0) {
      return content;
    }
    if (position >= content.length()) {
      return Content.EMPTY;
    }
    return content.bytes()
        .map(bytes -> Content.of(Arrays.copyOfRange(bytes, (int) position, bytes.length)))
        .orElseGet(() -> Content.opaque(content.name() + "[" + position + "..", content.length() - position));
  }

  static String origin(BootVolume volume, String name) {
    return "disk " + volume.disk() + " partition " + volume.partition() + ":" + path(name);
  }

  private static int save(Session session, String[] words, String fileSystem) {
    if (words.length < 6) {
      return Command.USAGE;
    }
    BootVolume volume = volume(session, words[1], words[2], fileSystem);
    if (volume == null) {
      return 1;
    }
    long length = Numbers.hex(words[5]);
    Content content = session.memory.content(Numbers.hex(words[3]), length);
    String path = path(words[4]);
    long position = words.length > 6 ? Numbers.hex(words[6]) : 0;
    if (position > 0 && volume.lookup(path) instanceof Lookup.File old) {
      content = old.content().overwritten(position, content.bytes().orElse(new byte[(int) length]));
    }
    if (!volume.rewrite(path, content)) {
      session.print("** Unable to write file " + words[4] + " **\n");
      session.find(UbootFinding.Kind.NOT_SAVED, "cannot write " + words[4] + " on " + volume.type()
          + " partition " + volume.partition(), "keep the file on a file system that this build can write");
      return 1;
    }
    session.wrote("uboot.save", "writes " + length + " bytes to " + origin(volume, path));
    session.print(length + " bytes written in 0 ms\n");
    return 0;
  }

  private static int size(Session session, String[] words, String fileSystem) {
    if (words.length != 4) {
      return Command.USAGE;
    }
    BootVolume volume = volume(session, words[1], words[2], fileSystem);
    if (volume == null || !(volume.lookup(path(words[3])) instanceof Lookup.File file)) {
      return 1;
    }
    session.setHex("filesize", file.content().length());
    return 0;
  }

  private static int list(Session session, String[] words, String fileSystem) {
    if (words.length < 2) {
      return Command.USAGE;
    }
    BootVolume volume = volume(session, words[1], words.length > 2 ? words[2] : null, fileSystem);
    if (volume == null) {
      return 1;
    }
    String directory = words.length > 3 ? path(words[3]) : "/";
    if (!(volume.lookup(directory) instanceof Lookup.Directory)) {
      return 1;
    }
    for (String name : volume.list(directory)) {
      session.print("  " + name + "\n");
    }
    return 0;
  }

  private static int fstype(Session session, String[] words) {
    if (words.length < 3) {
      return Command.USAGE;
    }
    BootVolume volume = volume(session, words[1], words[2], "");
    if (volume == null) {
      return 1;
    }
    String type = volume.type().equals("vfat") ? "fat" : volume.type();
    answer(session, words, type);
    return 0;
  }

  private static int fsuuid(Session session, String[] words) {
    if (words.length < 3) {
      return Command.USAGE;
    }
    BootVolume volume = volume(session, words[1], words[2], "");
    if (volume == null) {
      return 1;
    }
    answer(session, words, volume.uuid());
    return 0;
  }

  private static void answer(Session session, String[] words, String value) {
    if (words.length > 3) {
      session.set(words[3], value);
    } else {
      session.print(value + "\n");
    }
  }
}
