package dev.plugpull.sim.bootloader.uboot;

import static dev.plugpull.sim.bootloader.uboot.UbootCommands.add;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.bootloader.uboot.CommandTable.Entry;
import dev.plugpull.sim.media.Content;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Commands that start something: kernels, EFI programs, scripts.
 *
 * <p>Content that is cut off does not start: a hash or a size in the image fails, or the jump ends nowhere useful,
 * which the model counts as a refusal so that the script goes on ({@code ubuntu-core.md} H4).
 */
final class BootCommands {

  private BootCommands() {}

  static void addTo(Map<String, Entry> all) {
    add(all, "booti", 0,
        (session, words) -> boot(session, words, BootCommands::isArm64Image, "Bad Linux ARM64 Image magic!"));
    add(all, "bootz", 0, (session, words) -> boot(session, words, BootCommands::isZImage, "zimage: Bad magic!"));
    add(all, "zboot", 0, (session, words) -> boot(session, words, content -> true, ""));
    add(all, "bootm", 0, (session, words) ->
        boot(session, words, BootCommands::isBootmImage, "Wrong Image Format for bootm command"));
    add(all, "bootefi", 0, BootCommands::bootefi);
    add(all, "bootelf", 0, (session, words) -> boot(session, words, content -> true, ""));
    add(all, "go", 0, (session, words) -> boot(session, words, content -> true, ""));
    add(all, "boot", 1, BootCommands::bootd);
    add(all, "bootd", 1, BootCommands::bootd);
    add(all, "source", 2, BootCommands::source);
    add(all, "script", 0, BootCommands::source);
    add(all, "sysboot", 6, BootCommands::sysboot);
    add(all, "iminfo", 0, BootCommands::iminfo);
    add(all, "imxtract", 4, BootCommands::imxtract);
    add(all, "fdt", 0, BootCommands::fdt);
    add(all, "bootcount", 3, BootCommands::bootcount);
    add(all, "bootflow", 0, BootCommands::bootflow);
    add(all, "bootmeth", 0, (session, words) -> 0);
    add(all, "bootdev", 0, (session, words) -> 0);
  }

  private static int boot(Session session, String[] words, Predicate<Content> accepts, String refusal) {
    long address = address(session, words.length > 1 ? words[1] : null);
    Content kernel = session.memory.at(address);
    if (kernel == null || kernel.isPart() || !accepts.test(kernel)) {
      String why = kernel == null ? "nothing was loaded at " + Long.toHexString(address)
          : kernel.isPart() ? session.memory.originAt(address) + " is cut off" : session.memory.originAt(address)
          + " is no image for this command";
      return refuses(session, words[0], why, (refusal.isEmpty() ? "Bad image" : refusal) + "\n");
    }
    Content initrd = null;
    if (words.length > 2 && !words[2].equals("-")) {
      initrd = session.memory.at(Numbers.hex(words[2].replaceFirst("[:#].*", "")));
      // With a size behind the address it is taken as it is.
      boolean raw = words[2].contains(":");
      if (!raw && (initrd == null || initrd.isPart() || magic(initrd, 0, ByteOrder.BIG_ENDIAN) == 0)) {
        return refuses(session, words[0], "the initial RAM disk is missing or cut off",
            "Wrong Ramdisk Image Format\nRamdisk image is corrupt or invalid\n");
      }
      initrd = initrd == null ? Content.EMPTY : initrd;
    }
    Content tree = words.length > 3 ? session.memory.at(Numbers.hex(words[3])) : null;
    if (tree != null && (tree.isPart() || magic(tree, 0, ByteOrder.BIG_ENDIAN) == 0)) {
      return refuses(session, words[0], "the device tree is cut off", "Could not find a valid device tree\n");
    }
    session.print("Starting kernel ...\n");
    String arguments = session.environment("bootargs");
    throw new BootEnd(new BootOutcome.StartKernel(
        kernel, session.memory.originAt(address), initrd, arguments == null ? "" : arguments));
  }

  private static int refuses(Session session, String command, String why, String printed) {
    session.print(printed);
    session.find(UbootFinding.Kind.NOT_BOOTABLE, command + " refuses: " + why,
        "let the script go on to another kernel, or reset, when a kernel does not start");
    return 1;
  }

  private static long address(Session session, String word) {
    String text = word == null ? session.environment("loadaddr") : word.replaceFirst("[:#].*", "");
    return Numbers.hex(text == null ? "0" : text);
  }

  private static boolean isArm64Image(Content content) {
    return content.isOpaque() || magic(content, 0x38, ByteOrder.LITTLE_ENDIAN) == 0x644d5241
        || magic(content, 0x38, ByteOrder.LITTLE_ENDIAN) == 0x05435352;
  }

  private static boolean isZImage(Content content) {
    return content.isOpaque() || magic(content, 0x24, ByteOrder.LITTLE_ENDIAN) == 0x016f2818;
  }

  private static boolean isBootmImage(Content content) {
    int magic = content.isOpaque() ? 0 : magic(content, 0, ByteOrder.BIG_ENDIAN);
    return content.isOpaque() || magic == FlatTree.MAGIC || magic == 0x414e4452
        || magic == ScriptImage.LEGACY_MAGIC && !isScript(content);
  }

  private static boolean isScript(Content content) {
    byte[] bytes = content.bytes().orElse(new byte[0]);
    return bytes.length > 30 && bytes[30] == 6;
  }

  /** Four bytes as a number; 0 where there are none, and never 0 where nobody knows them. */
  private static int magic(Content content, int at, ByteOrder order) {
    if (content.isOpaque()) {
      return -1;
    }
    byte[] bytes = content.bytes().orElse(new byte[0]);
    return bytes.length < at + 4 ? 0 : ByteBuffer.wrap(bytes).order(order).getInt(at);
  }

  private static int bootefi(Session session, String[] words) {
    if (words.length < 2) {
      return Command.USAGE;
    }
    if (!Numbers.isHex(words[1])) {
      return bootManager(session, words);
    }
    long address = Numbers.hex(words[1]);
    Content program = session.memory.at(address);
    if (program == null || program.isPart()) {
      session.print("Booting failed\n");
      session.find(UbootFinding.Kind.NOT_BOOTABLE, "bootefi refuses: the program is missing or cut off",
          "let the script go on, or reset, when a program does not start");
      return 1;
    }
    chain(session, program, session.memory.originAt(address));
    return 0;
  }

  private static void chain(Session session, Content program, String origin) {
    session.print("Booting " + origin + "\n");
    int disk = 0;
    int partition = 0;
    if (origin.startsWith("disk ")) {
      String[] parts = origin.substring(0, origin.indexOf(':')).split(" ");
      disk = Integer.parseInt(parts[1]);
      partition = Integer.parseInt(parts[3]);
    }
    String arguments = session.environment("bootargs");
    throw new BootEnd(
        new BootOutcome.Chainload(program, origin, disk, partition, arguments == null ? "" : arguments));
  }

  /**
   * Without an entry of its own the EFI boot manager takes the removable-media path of the first partition with one.
   */
  private static int bootManager(Session session, String[] words) {
    if (!words[1].equals("bootmgr")) {
      return 1;
    }
    String path = path(session.environment("boot_efi_binary"));
    for (BootVolume volume : session.machine.volumes()) {
      if (volume.lookup(path) instanceof BootVolume.Lookup.File file && !file.content().isPart()) {
        chain(session, file.content(), FileCommands.origin(volume, path));
      }
    }
    return 1;
  }

  private static String path(String configured) {
    return FileCommands.path(configured == null ? "EFI/BOOT/bootaa64.efi" : configured);
  }

  private static int bootd(Session session, String[] words) {
    String command = session.environment("bootcmd");
    return command == null ? 1 : session.in("env:bootcmd", () -> session.shell.variable(command));
  }

  private static int source(Session session, String[] words) {
    String word = words.length > 1 ? words[1] : session.environment("loadaddr");
    String spec = word == null ? "0" : word;
    int colon = spec.indexOf(':');
    String unit = colon < 0 ? null : spec.substring(colon + 1);
    long address = Numbers.hex(colon < 0 ? spec : spec.substring(0, colon));
    session.print(String.format("## Executing script at %08x%n", address).replace("\r", ""));
    Content content = session.memory.at(address);
    if (content == null) {
      content = Content.of(session.memory.read(address, 4096));
    }
    String verify = session.environment("verify");
    boolean checks = verify == null || !verify.matches("[nN0fF].*");
    return switch (ScriptImage.read(content, unit, checks, true)) {
      case ScriptImage.Result.Refused refused -> {
        session.print(refused.message() + "\n");
        session.find(UbootFinding.Kind.NOT_BOOTABLE, "source refuses the script: " + refused.message(), "");
        yield 1;
      }
      case ScriptImage.Result.Script script -> {
        String origin = session.memory.originAt(address);
        String name = origin.isEmpty() ? "script@" + Long.toHexString(address)
            : origin.substring(origin.indexOf(':') + 1);
        yield session.in(name, () -> session.shell.script(script.text()));
      }
    };
  }

  private static int sysboot(Session session, String[] words) {
    if (words.length < 4) {
      return Command.USAGE;
    }
    BootVolume volume = session.devices.volume(words[1], words[2]);
    String bootfile = session.environment("bootfile");
    String name = words.length > 5 ? words[5] : bootfile == null ? "extlinux/extlinux.conf" : bootfile;
    Content content = volume == null ? null : volume.read(FileCommands.path(name)).orElse(null);
    if (content == null || content.isOpaque()) {
      session.print("Error reading config file\n");
      return 1;
    }
    ExtLinux config = ExtLinux.parse(new String(content.bytes().orElseThrow(), StandardCharsets.ISO_8859_1));
    if (config.prompt()) {
      throw new BootEnd(new BootOutcome.Prompt("the menu of " + name + " waits without a timeout"));
    }
    for (ExtLinux.Label label : config.labels()) {
      tryLabel(session, volume, label, FileCommands.path(name));
    }
    session.find(UbootFinding.Kind.NOT_BOOTABLE, "no label of " + name + " could be booted", "");
    return 1;
  }

  private static void tryLabel(Session session, BootVolume volume, ExtLinux.Label label, String config) {
    session.print("Retrieving file: " + label.kernel() + "\n");
    String directory = config.substring(0, config.lastIndexOf('/') + 1);
    Content kernel = file(volume, label.kernel(), directory);
    Content initrd = label.initrd().isEmpty() ? null : file(volume, label.initrd(), directory);
    if (kernel == null || kernel.isPart() || !label.initrd().isEmpty() && (initrd == null || initrd.isPart())) {
      session.print("Skipping " + label.name() + " for failure retrieving kernel or initrd\n");
      return;
    }
    throw new BootEnd(new BootOutcome.StartKernel(
        kernel, FileCommands.origin(volume, label.kernel().replaceFirst("#.*", "")), initrd, label.append()));
  }

  private static Content file(BootVolume volume, String name, String directory) {
    String path = name.replaceFirst("#.*", "");
    return volume.read(FileCommands.path(path.startsWith("/") ? path : directory + path)).orElse(null);
  }

  private static int iminfo(Session session, String[] words) {
    Content content = session.memory.at(address(session, words.length > 1 ? words[1] : null));
    if (content == null || content.isPart() || !content.isOpaque()
        && magic(content, 0, ByteOrder.BIG_ENDIAN) != ScriptImage.LEGACY_MAGIC
        && magic(content, 0, ByteOrder.BIG_ENDIAN) != FlatTree.MAGIC) {
      session.print("Unknown image format!\n");
      return 1;
    }
    return 0;
  }

  private static int imxtract(Session session, String[] words) {
    Content content = session.memory.at(address(session, words.length > 1 ? words[1] : null));
    if (content == null || words.length < 3) {
      return 1;
    }
    String unit = words[2];
    if (content.bytes().isPresent() && words.length > 3) {
      byte[] data = FlatTree.read(content.bytes().get()).flatMap(tree -> tree.node("images", unit))
          .map(image -> image.properties().get("data")).orElse(null);
      if (data == null) {
        return 1;
      }
      session.memory.write(Numbers.hex(words[3]), data);
      session.setHex("filesize", data.length);
      return 0;
    }
    session.find(UbootFinding.Kind.NOT_MODELLED, "imxtract of content that the model does not look into", "");
    return 1;
  }

  private static int fdt(Session session, String[] words) {
    if (words.length < 2) {
      return Command.USAGE;
    }
    if (words[1].startsWith("a") && !words[1].startsWith("ap")) {
      int at = words.length > 2 && words[2].startsWith("-") ? 3 : 2;
      if (words.length <= at) {
        return session.fdtAddress == 0 ? 1 : 0;
      }
      long address = Numbers.hex(words[at]);
      String control = session.environment("fdtcontroladdr");
      Content tree = session.memory.at(address);
      if ((tree == null || tree.isPart()) && (control == null || Numbers.hex(control) != address)) {
        session.print("No valid FDT found at 0x" + Long.toHexString(address) + "\n");
        return 1;
      }
      session.fdtAddress = address;
      return 0;
    }
    if (session.fdtAddress == 0) {
      session.print("No FDT memory address configured. Please configure\n"
          + "the FDT address via \"fdt addr <address>\" command.\nAborting!\n");
      return 1;
    }
    session.find(UbootFinding.Kind.NOT_MODELLED, "\"fdt " + words[1] + "\" does not change the tree in the model", "");
    return 0;
  }

  private static int bootcount(Session session, String[] words) {
    if (words.length < 2) {
      return Command.USAGE;
    }
    switch (words[1]) {
      case "print" -> session.print(session.bootCount + "\n");
      case "reset" -> session.bootCount = 0;
      default -> {
        return Command.USAGE;
      }
    }
    return 0;
  }

  /** {@code bootflow scan} looks where the distro boot commands look. */
  private static int bootflow(Session session, String[] words) {
    String command = session.environment("distro_bootcmd");
    if (words.length < 2 || !words[1].equals("scan") || command == null) {
      return words.length < 2 ? Command.USAGE : 1;
    }
    return session.in("env:distro_bootcmd", () -> session.shell.variable(command));
  }
}
