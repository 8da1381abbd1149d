package dev.plugpull.sim.bootloader.uboot;

import static dev.plugpull.sim.bootloader.uboot.UbootCommands.add;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.bootloader.uboot.CommandTable.Entry;
import dev.plugpull.sim.media.Content;
import java.util.List;
import java.util.Map;

/** Storage devices, partitions, and commands for hardware that a boot script may poke. */
final class DeviceCommands {

  private static final int MOST_BLOCKS = 1 << 15;

  private DeviceCommands() {}

  static void addTo(Map<String, Entry> all) {
    for (String type : List.of("mmc", "usb", "nvme", "scsi", "virtio", "sata", "ide")) {
      add(all, type, 0, DeviceCommands::storage);
    }
    add(all, "part", 0, DeviceCommands::part);
    add(all, "gpt", 0, DeviceCommands::notModelled);
    add(all, "gpio", 0, DeviceCommands::notModelled);
    for (String name : List.of("led", "i2c", "pmic", "regulator", "clk", "pci", "dcache", "icache", "bdinfo", "wdt",
        "fuse", "efuse", "sf", "nand", "ubi", "ubifsmount", "ubifsload", "setdate", "date", "fastboot", "dfu", "ums",
        "adc", "tpm", "tpm2", "rng", "mii", "net", "dhcp", "tftpboot", "tftp", "pxe", "ping", "bmp", "cls", "lcdputs",
        "setcurs", "font", "video", "hdmi", "dm", "iomux", "coninfo", "misc", "mtd", "mtdparts", "android_print_hdr",
        "avb", "bcb", "ab_select", "zboot_dump", "smc", "hvc", "kaslrseed", "rngseed")) {
      add(all, name, 0, DeviceCommands::notModelled);
    }
  }

  private static int notModelled(Session session, String[] words) {
    boolean network = List.of("dhcp", "tftpboot", "tftp", "pxe", "ping").contains(words[0]);
    session.find(UbootFinding.Kind.NOT_MODELLED,
        "\"" + words[0] + "\" has no effect in the model and " + (network ? "fails" : "succeeds"), "");
    return network ? 1 : 0;
  }

  private static int storage(Session session, String[] words) {
    if (words.length < 2) {
      return Command.USAGE;
    }
    String type = words[0];
    return switch (words[1]) {
      case "dev", "device" -> device(session, type, words);
      case "read" -> read(session, type, words);
      case "write" -> write(session, type, words);
      case "rescan", "scan", "reset", "start", "stop", "info", "list", "part", "tree", "storage", "detail",
          "hwpartition",
          "bootbus", "partconf", "rst-function", "power", "setdsr", "bkops" -> 0;
      default -> Command.USAGE;
    };
  }

  private static int device(Session session, String type, String[] words) {
    String number = words.length > 2 ? words[2] : Integer.toString(session.devices.current(type));
    if (session.devices.disk(type, number) < 0) {
      session.print(type.equals("mmc") ? "no mmc device at slot " + number + "\n" : "Device " + number + ": unknown\n");
      return 1;
    }
    session.devices.choose(type, (int) Numbers.hex(number));
    session.print(type.equals("mmc") ? "switch to partitions #0, OK\nmmc" + number + " is current device\n"
        : "Device " + number + ": is now current device\n");
    return 0;
  }

  /** A run of blocks: the volume it lies on, and where on it. */
  private record Blocks(BootVolume volume, long offset, int length, long address) {}

  private static Blocks blocks(Session session, String type, String[] words) {
    int disk = session.devices.disk(type, Integer.toString(session.devices.current(type)));
    long block = Numbers.hex(words[3]);
    int count = (int) Math.min(Numbers.hex(words[4]), MOST_BLOCKS);
    BootVolume volume = session.devices.numbered(disk, (int) (block >>> Devices.BLOCK_SHIFT));
    if (volume == null) {
      session.find(UbootFinding.Kind.NOT_MODELLED, "block " + words[3] + " of " + type + " lies on no known volume",
          "find the block with \"part start\" by partition name");
      return null;
    }
    long offset = (block & (1L << Devices.BLOCK_SHIFT) - 1) * Devices.BLOCK;
    return new Blocks(volume, offset, count * Devices.BLOCK, Numbers.hex(words[2]));
  }

  private static int read(Session session, String type, String[] words) {
    if (words.length != 5) {
      return Command.USAGE;
    }
    Blocks blocks = blocks(session, type, words);
    if (blocks == null) {
      return 1;
    }
    session.memory.put(blocks.address(),
        Content.of(blocks.volume().readRaw(blocks.offset(), blocks.length())), "raw blocks");
    message(session, type, words, "read");
    return 0;
  }

  private static int write(Session session, String type, String[] words) {
    if (words.length != 5) {
      return Command.USAGE;
    }
    Blocks blocks = blocks(session, type, words);
    if (blocks == null) {
      return 1;
    }
    blocks.volume().writeRaw(blocks.offset(), session.memory.read(blocks.address(), blocks.length()));
    session.wrote("uboot.rawwrite", "writes " + blocks.length() + " bytes at offset " + blocks.offset()
        + " of partition " + blocks.volume().partition());
    message(session, type, words, "written");
    return 0;
  }

  private static void message(Session session, String type, String[] words, String what) {
    long count = Numbers.hex(words[4]);
    session.print("\n" + type + " " + words[1] + ": device " + session.devices.current(type) + " block # "
        + Numbers.hex(words[3]) + ", count " + count + " ... " + count + " blocks " + what + ": OK\n");
  }

  private static int part(Session session, String[] words) {
    if (words.length < 4) {
      return Command.USAGE;
    }
    return switch (words[1]) {
      case "uuid" -> uuid(session, words);
      case "list" -> list(session, words);
      case "start", "size", "number" -> info(session, words);
      default -> Command.USAGE;
    };
  }

  private static int uuid(Session session, String[] words) {
    BootVolume volume = session.devices.volume(words[2], words[3]);
    if (volume == null) {
      return 1;
    }
    answer(session, words, 4, volume.uuid());
    return 0;
  }

  private static int list(Session session, String[] words) {
    int disk = session.devices.disk(words[2], words[3]);
    if (disk < 0) {
      return 1;
    }
    boolean bootable = words.length > 4 && words[4].equals("-bootable");
    int at = bootable ? 5 : 4;
    StringBuilder numbers = new StringBuilder();
    for (BootVolume volume : session.machine.volumes()) {
      if (volume.disk() != disk || volume.partition() == 0
          || bootable && !isBootable(session, volume.partition())) {
        continue;
      }
      numbers.append(numbers.isEmpty() ? "" : " ").append(Integer.toHexString(volume.partition()));
    }
    answer(session, words, at, numbers.toString());
    return 0;
  }

  private static boolean isBootable(Session session, int partition) {
    List<Integer> bootable = session.board.bootablePartitions();
    return bootable.isEmpty() || bootable.contains(partition);
  }

  private static int info(Session session, String[] words) {
    int disk = session.devices.disk(words[2], words[3]);
    if (words.length < 5 || disk < 0) {
      return words.length < 5 ? Command.USAGE : 1;
    }
    BootVolume volume = words[4].matches("(0x[0-9a-fA-F]+|[0-9]+)")
        ? session.devices.numbered(disk, (int) Numbers.signed(words[4])) : session.devices.named(disk, words[4]);
    if (volume == null || volume.partition() == 0) {
      return 1;
    }
    long start = (long) volume.partition() << Devices.BLOCK_SHIFT;
    answer(session, words, 5, switch (words[1]) {
      case "start" -> Long.toHexString(start);
      case "size" -> Long.toHexString(1L << Devices.BLOCK_SHIFT - 1);
      default -> "0x" + Integer.toHexString(volume.partition());
    });
    return 0;
  }

  private static void answer(Session session, String[] words, int at, String value) {
    if (words.length > at) {
      session.set(words[at], value);
    } else {
      session.print(value + "\n");
    }
  }
}
