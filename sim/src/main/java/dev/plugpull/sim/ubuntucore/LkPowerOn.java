package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Little kernel with snapd's boot selection, as its public header describes the loader's duty. The loader itself is a
 * binary of the vendor: what it does here is an assumption, printed with each certificate.
 */
public final class LkPowerOn implements PowerOn {
  private final Series series;
  private final String kernelName;
  private final int slots;

  /**
   * A board.
   *
   * @param kernelName name of its kernel snap
   * @param slots how many boot image partitions it has; of more than two the others stay unused
   */
  public LkPowerOn(Series series, String kernelName, int slots) {
    this.series = series;
    this.kernelName = kernelName;
    this.slots = Math.min(slots, LkSelection.SLOTS);
  }

  int slots() {
    return slots;
  }

  @Override
  public BootOutcome run(BootMachine machine) {
    if (volume(machine, LkSelection.RECOVERY_PARTITION).isPresent()) {
      SortedMap<String, String> systems = selection(machine, LkSelection.RECOVERY_PARTITION);
      if (systems == null || !systems.getOrDefault(SeedEnvironment.MODE, "").equals("run")) {
        return systems == null ? fastboot() : startSystem(systems);
      }
    }
    SortedMap<String, String> fields = selection(machine, LkSelection.PARTITION);
    if (fields == null) {
      return fastboot();
    }
    BootVolume select = volume(machine, LkSelection.PARTITION).orElseThrow();
    return series.hasModeenv()
        ? start(machine, flipped(machine, select, fields, "kernel_status"), fields)
        : start(machine, flipped(machine, select, fields, "snap_mode"), fields);
  }

  /** The primary copy, else the backup; null if both have a bad checksum. */
  private static SortedMap<String, String> selection(BootMachine machine, String partition) {
    BootVolume select = named(machine, partition);
    SortedMap<String, String> fields = LkSelection.decode(select.readRaw(0, LkSelection.BYTES));
    boolean primary = fields != null;
    fields = primary ? fields : LkSelection.decode(select.readRaw(LkSelection.BYTES, LkSelection.BYTES));
    if (fields != null) {
      machine.said("lk", "reads the " + (primary ? "primary" : "backup") + " copy of " + partition);
    }
    return fields;
  }

  private static BootOutcome fastboot() {
    return new BootOutcome.Prompt("lk finds no boot selection with a good checksum and waits in fastboot mode");
  }

  /** A recovery system: its boot image was written with the device's own, and by nobody since. */
  private BootOutcome startSystem(SortedMap<String, String> systems) {
    String mode = systems.getOrDefault(SeedEnvironment.MODE, "");
    String label = systems.getOrDefault(SeedEnvironment.SYSTEM, "");
    int slot = LkSelection.slotOf(systems, label);
    if (slot < 0) {
      return new BootOutcome.Reset(false, "lk finds no boot image of recovery system " + label);
    }
    Content image = image(RecoverySystem.ofImage().snaps().get(Part.KERNEL));
    return new BootOutcome.StartKernel(image, "recovery slot " + slot, null, "panic=-1 snapd_recovery_mode="
        + (mode.isEmpty() ? "install" : mode) + " snapd_recovery_system=" + label + " snapd_lk_boot_disk=mmcblk0");
  }

  /** The status before this start; try becomes trying, trying becomes empty, saved in the primary copy. */
  private static String flipped(BootMachine machine, BootVolume select, SortedMap<String, String> fields, String key) {
    String status = fields.getOrDefault(key, "");
    if (!status.isEmpty()) {
      String next = status.equals("try") ? "trying" : "";
      SortedMap<String, String> saved = new TreeMap<>(fields);
      saved.put(key, next);
      select.writeRaw(0, LkSelection.encode(saved));
      machine.wrote("lk", "lk", "sets " + key + "=" + next + " in the primary boot selection");
    }
    return status;
  }

  private BootOutcome start(BootMachine machine, String status, SortedMap<String, String> fields) {
    boolean tries = status.equals("try");
    String kernel = chosen(fields, tries, "snap_kernel", "snap_try_kernel");
    String base = chosen(fields, tries, "snap_core", "snap_try_core");
    int slot = LkSelection.slotOf(fields, kernel);
    if (slot < 0) {
      return new BootOutcome.Reset(false, "lk finds no boot image of " + kernel);
    }
    byte[] image = named(machine, LkSelection.IMAGES)
        .readRaw((long) slot * GadgetAssets.IMAGE_BYTES, GadgetAssets.IMAGE_BYTES);
    for (int revision = Revisions.OLDEST; revision <= Revisions.NEXT; revision++) {
      Content content = image(revision);
      if (Arrays.equals(image, GadgetAssets.imageBytes(content))) {
        String arguments = series.hasModeenv()
            ? "panic=-1 snapd_recovery_mode=run snapd_lk_boot_disk=mmcblk0"
            : "panic=-1 snap_core=" + base + " snap_kernel=" + kernel;
        return new BootOutcome.StartKernel(content, "slot " + slot, null, arguments);
      }
    }
    return new BootOutcome.Reset(false, "lk finds no whole boot image in slot " + slot);
  }

  private static String chosen(SortedMap<String, String> fields, boolean tries, String good, String candidate) {
    String other = fields.getOrDefault(candidate, "");
    return tries && !other.isEmpty() ? other : fields.getOrDefault(good, "");
  }

  private Content image(int revision) {
    return CoreSetup.kernelImage(kernelName + "_" + revision + ".snap", LkKernels.IMAGE, BootFiles.USUAL);
  }

  private static Optional<? extends BootVolume> volume(BootMachine machine, String name) {
    return machine.volumes().stream().filter(v -> v.partitionName().equals(name)).findFirst();
  }

  private static BootVolume named(BootMachine machine, String name) {
    return volume(machine, name).orElseThrow(
        () -> new IllegalStateException("cannot find the volume " + name + ": the device was built without it"));
  }
}
