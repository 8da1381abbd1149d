package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.LiveVolume;
import java.util.Arrays;

/**
 * An Android boot loader: kernel, initramfs and command line are one image in slot a or b, and the loader says on the
 * command line which one it took. {@code aboot-deploy} writes the other slot, sets the link {@code /ostree/root.a} or
 * {@code /ostree/root.b} that belongs to it, and makes it the active one.
 *
 * <p>That these are three steps is documented; their order, what of them is synced, and how a vendor's loader stores
 * the active slot are not established: here each is synced before the next, one sector names the slot, and a loader
 * that finds no whole image there stops.
 */
record Aboot() implements BootRecord {
  private static final String SUFFIX = "androidboot.slot_suffix=_";
  private static final String ACTIVE = "active slot ";
  private static final int IMAGE_SECTORS = 3;

  @Override
  public byte[] first(BootEntry entry) {
    byte[] record = BootRecord.sectors(ACTIVE + "a");
    byte[] image = image(entry.kernel());
    byte[] both = Arrays.copyOf(record, record.length + image.length);
    System.arraycopy(image, 0, both, record.length, image.length);
    return both;
  }

  @Override
  public void installFiles(LiveVolume root, LiveVolume boot, BootEntry entry) {
    root.symlink(target(entry), "/ostree/root.a");
  }

  /** The image of a kernel: all of its sectors say whose they are. */
  private static byte[] image(String kernel) {
    byte[] sector = BootRecord.sectors("image of " + kernel + "\n");
    byte[] image = new byte[IMAGE_SECTORS * SECTOR];
    for (int i = 0; i < IMAGE_SECTORS; i++) {
      System.arraycopy(sector, 0, image, i * SECTOR, SECTOR);
    }
    return image;
  }

  private static String target(BootEntry entry) {
    return entry.argument().substring("/ostree/".length());
  }

  private static int sector(char slot) {
    return 1 + (slot - 'a') * IMAGE_SECTORS;
  }

  /** Slot on a command line, 0 if there is none. */
  private static char slot(String commandLine) {
    int at = commandLine.indexOf(SUFFIX);
    return at < 0 ? 0 : commandLine.charAt(at + SUFFIX.length());
  }

  /** The link that ostree-prepare-root follows instead of {@code ostree=}; empty where no slot is named. */
  static String link(String commandLine) {
    char slot = slot(commandLine);
    return slot == 0 ? "" : "/ostree/root." + slot;
  }

  @Override
  public void rewrite(Machine machine, BootEntry entry) {
    machine.actor("aboot-deploy");
    char other = slot(machine.commandLine()) == 'a' ? 'b' : 'a';
    LiveVolume disk = machine.record();
    disk.writeRaw((long) sector(other) * SECTOR, image(entry.kernel()));
    machine.point("B10.image.written", "writes the image to the slot that does not run");
    disk.fsyncRaw();
    machine.point("B10.image", "syncs the slot");
    Writes.link(machine.root(), target(entry), "/ostree/root." + other);
    machine.point("B10.link.written", "sets the slot's link to the deployment");
    if (!machine.setup.has(Departure.SLOT_LINK_NOT_SYNCED)) {
      machine.root().sync();
      machine.point("B10.link", "syncs the link");
    }
    disk.writeRaw(0, BootRecord.sectors(ACTIVE + other));
    machine.point("B10.active.written", "makes the slot the active one");
    disk.fsyncRaw();
    machine.point("B10", "syncs that");
  }

  @Override
  public BootOutcome boot(BootMachine machine) {
    BootVolume disk = BootRecord.partition(machine, PARTITION);
    String record = BootRecord.text(disk, 0, 1);
    if (!record.equals(ACTIVE + "a") && !record.equals(ACTIVE + "b")) {
      return new BootOutcome.Prompt("no active slot");
    }
    char slot = record.charAt(ACTIVE.length());
    String[] lines = BootRecord.text(disk, sector(slot), IMAGE_SECTORS).split("\n");
    boolean whole = lines.length == IMAGE_SECTORS && Arrays.stream(lines).distinct().count() == 1;
    if (!whole) {
      return new BootOutcome.Prompt("no whole image in slot " + slot);
    }
    machine.said("slot " + slot, "starts the " + lines[0]);
    int kernel = lines[0].charAt(lines[0].length() - 1) - '0';
    return new BootOutcome.StartKernel(
        OstreeSetup.kernelOf(kernel), "slot " + slot, OstreeSetup.initramfsOf(kernel), SUFFIX + slot);
  }
}
