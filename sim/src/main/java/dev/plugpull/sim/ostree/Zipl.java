package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.Arrays;

/**
 * The boot record of s390x, in the order of s390-tools: zipl fills a new map (command line, blocks of kernel and
 * initramfs), writes the record that leads to it, syncs the disk, and only then gives the map its name
 * {@code /boot/bootmap} and syncs {@code /boot}.
 *
 * <p>Firmware knows blocks and no files, so a journal that was not written home hides nothing from it. The map's blocks
 * are one of two sectors here: a new map goes where the named one is not. A kernel's blocks are read by its path; where
 * the file is gone, what stands in them is taken for unreadable.
 */
record Zipl(boolean separateBoot) implements BootRecord {
  private static final String RECORD = "zipl, map in sector ";

  @Override
  public byte[] first(BootEntry entry) {
    byte[] record = BootRecord.sectors(RECORD + 1);
    byte[] map = BootRecord.sectors(map(entry));
    byte[] both = Arrays.copyOf(record, record.length + map.length);
    System.arraycopy(map, 0, both, record.length, map.length);
    return both;
  }

  @Override
  public void installFiles(LiveVolume root, LiveVolume boot, BootEntry entry) {
    Writes.plain(boot, bootmap(), Content.text("1"));
  }

  private String bootmap() {
    return (separateBoot ? "" : "/boot") + "/bootmap";
  }

  private static String map(BootEntry entry) {
    return entry.kernel() + "/vmlinuz\n" + entry.kernel() + "/initramfs.img\n" + entry.options();
  }

  /** The sector that holds no map with a name. */
  private int free(Tree boot) {
    Content named = boot.content(bootmap());
    return named != null && named.text().orElse("").equals("1") ? 2 : 1;
  }

  @Override
  public void rewrite(Machine machine, BootEntry entry) {
    machine.actor("zipl");
    LiveVolume disk = machine.record();
    int sector = free(machine.boot().tree());
    disk.writeRaw((long) sector * SECTOR, BootRecord.sectors(map(entry)));
    // Asking for a file's blocks has the kernel write it out; the device may still keep it in its cache.
    disk.writeBack();
    machine.point("B10.map", "writes a map of the blocks of kernel and initramfs");
    if (machine.setup.has(Departure.MAP_SYNCED_FIRST)) {
      disk.fsyncRaw();
      machine.point("B10.map.synced", "syncs the map");
    }
    disk.writeRaw(0, BootRecord.sectors(RECORD + sector));
    machine.point("B10.record.written", "writes the boot record, which leads to the map");
    disk.fsyncRaw();
    machine.point("B10.record", "syncs the disk");
    Writes.replaceSynced(machine, "B10.bootmap", machine.boot(), bootmap(), Content.text(Integer.toString(sector)));
    machine.boot().sync();
    machine.point("B10", "syncs /boot");
  }

  @Override
  public BootOutcome boot(BootMachine machine) {
    BootVolume disk = BootRecord.partition(machine, PARTITION);
    String record = BootRecord.text(disk, 0, 1);
    if (!record.equals(RECORD + 1) && !record.equals(RECORD + 2)) {
      return new BootOutcome.Prompt("no boot record");
    }
    String[] map = BootRecord.text(disk, record.charAt(RECORD.length()) - '0', 1).split("\n");
    if (map.length != 3) {
      return new BootOutcome.Prompt("the boot record leads to no map of blocks");
    }
    machine.said("boot record", "loads the blocks of " + map[0]);
    return BootRecord.start(BootRecord.partition(machine, separateBoot ? 2 : 1), map[0], map[1], map[2]);
  }
}
