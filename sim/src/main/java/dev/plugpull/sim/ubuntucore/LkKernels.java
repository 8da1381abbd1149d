package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import java.util.SortedMap;
import java.util.TreeMap;

/** Boot images of kernels on raw partitions: the free one of two is overwritten without any sync (P10, K7). */
final class LkKernels implements KernelStore {
  /** Name of the boot image in a kernel snap. */
  static final String IMAGE = "boot.img";

  private final BootEnvironment environment;
  private final int slots;

  /**
   * A store.
   *
   * @param slots how many boot image partitions the gadget has
   */
  LkKernels(BootEnvironment environment, int slots) {
    this.environment = environment;
    this.slots = slots;
  }

  @Override
  public void extract(Machine machine, int revision) {
    SortedMap<String, String> now = environment.read(machine);
    String blob = machine.setup.blob(Part.KERNEL, revision);
    int slot = free(now, blob);
    LiveVolume images = machine.bootImages();
    images.writeRaw((long) slot * GadgetAssets.IMAGE_BYTES,
        GadgetAssets.imageBytes(machine.setup.kernelFile(revision, IMAGE)));
    if (machine.setup.platform().kernelFilesSynced()) {
      images.fsyncRaw();
      machine.flushed(images);
    }
    machine.point("K7.image", machine.tracing() ? "writes the image into slot " + slot + ", without any sync" : "");
    save(machine, "K7", slot, blob);
  }

  /** The slot that names this kernel already, else the first that does not hold the good one. */
  private int free(SortedMap<String, String> now, String blob) {
    for (int i = 0; i < slots; i++) {
      String held = now.getOrDefault(LkSelection.slot(i), "");
      if (held.equals(blob) || held.isEmpty() || !held.equals(now.getOrDefault("snap_kernel", ""))) {
        return i;
      }
    }
    throw new SnapdError("cannot find free boot image partition");
  }

  private void save(Machine machine, String point, int slot, String blob) {
    SortedMap<String, String> change = new TreeMap<>();
    change.put(LkSelection.slot(slot), blob);
    environment.write(machine, point, change);
  }

  @Override
  public void remove(Machine machine, String point, int revision) {
    int slot = LkSelection.slotOf(environment.read(machine), machine.setup.blob(Part.KERNEL, revision));
    if (slot >= 0) {
      save(machine, point, slot, "");
    }
  }
}
