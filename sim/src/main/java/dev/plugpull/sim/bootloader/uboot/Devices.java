package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.BootVolume;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code mmc 0:1} means on this machine.
 *
 * <p>Block numbers are virtual: partition {@code n} begins at block {@code n << 28}, which is what {@code part start}
 * answers; smaller numbers are blocks of the whole disk.
 */
final class Devices {

  static final int BLOCK = 512;
  static final int BLOCK_SHIFT = 28;

  static final Set<String> STORAGE =
      Set.of("mmc", "usb", "nvme", "scsi", "virtio", "sata", "ide", "host", "efi_blk", "blkmap");

  private final Session session;
  private final Map<String, Integer> current = new TreeMap<>();

  Devices(Session session) {
    this.session = session;
  }

  /** The disk behind an interface and a device number such as {@code 0}, {@code 1} or {@code 0.2}; -1 if absent. */
  int disk(String type, String device) {
    if (!STORAGE.contains(type)) {
      return -1;
    }
    String number = device.contains(".") ? device.substring(0, device.indexOf('.')) : device;
    if (!Numbers.isHex(number)) {
      return -1;
    }
    String name = type + " " + Long.toString(Numbers.hex(number));
    Map<String, Integer> disks = session.board.disks();
    if (!disks.isEmpty()) {
      return exists(disks.getOrDefault(name, -1));
    }
    session.find(UbootFinding.Kind.ASSUMPTION, "\"" + name + "\" is taken to be disk 0",
        "say in the board file which devices are which disks");
    return exists(0);
  }

  private int exists(int disk) {
    return session.machine.volumes().stream().anyMatch(volume -> volume.disk() == disk) ? disk : -1;
  }

  /** The device that {@code mmc dev} chose, 0 at first. */
  int current(String type) {
    return current.getOrDefault(type, 0);
  }

  void choose(String type, int device) {
    current.put(type, device);
  }

  /**
   * The volume behind {@code dev:part}; null if there is none, after a message.
   *
   * @param spec {@code 0:1}, {@code 0:auto}, {@code 0#name}, {@code 0}; null for the first device
   */
  BootVolume volume(String type, String spec) {
    String device = spec == null || spec.isEmpty() ? "0" : spec;
    String partition = "";
    int split = Math.max(device.indexOf(':'), device.indexOf('#'));
    boolean byName = split >= 0 && device.charAt(split) == '#';
    if (split >= 0) {
      partition = device.substring(split + 1);
      device = device.substring(0, split);
    }
    int disk = disk(type, device.isEmpty() ? "0" : device);
    if (disk < 0) {
      session.print("** Bad device specification " + type + " " + (spec == null ? "" : spec) + " **\n");
      return null;
    }
    BootVolume found = byName ? named(disk, partition) : numbered(disk, partition);
    if (found == null) {
      session.print("** Invalid partition " + partition + " **\n");
    }
    return found;
  }

  private BootVolume numbered(int disk, String partition) {
    if (partition.equals("auto") || partition.isEmpty()) {
      return first(disk);
    }
    if (!Numbers.isHex(partition)) {
      return null;
    }
    return numbered(disk, (int) Numbers.hex(partition));
  }

  BootVolume numbered(int disk, int partition) {
    for (BootVolume volume : session.machine.volumes()) {
      if (volume.disk() == disk && volume.partition() == partition) {
        return volume;
      }
    }
    return null;
  }

  BootVolume named(int disk, String name) {
    for (BootVolume volume : session.machine.volumes()) {
      if (volume.disk() == disk && volume.partitionName().equals(name)) {
        return volume;
      }
    }
    return null;
  }

  /** The partition by number, or by file-system label or partition name if the number is 0 and a label is given. */
  BootVolume place(int disk, int partition, String label) {
    if (partition != 0 || label.isEmpty()) {
      return numbered(disk, partition);
    }
    for (BootVolume volume : session.machine.volumes()) {
      if (volume.disk() == disk && (volume.label().equals(label) || volume.partitionName().equals(label))) {
        return volume;
      }
    }
    return null;
  }

  /** Without a partition U-Boot takes the bootable one, then the first, then the whole disk. */
  private BootVolume first(int disk) {
    BootVolume whole = null;
    for (BootVolume volume : session.machine.volumes()) {
      if (volume.disk() != disk) {
        continue;
      }
      if (volume.partition() != 0) {
        return volume;
      }
      whole = volume;
    }
    return whole;
  }
}
