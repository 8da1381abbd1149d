package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.RawVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Little kernel's raw partitions on the clean device. */
final class LkInstall {
  private LkInstall() {}

  private static int slots(CoreBoard board) {
    return ((LkPowerOn) board.powerOn()).slots();
  }

  /** The boot selection of a device that runs: a slot for the kernel and one for that before. */
  static VolumeState bootSelect(CoreBoard board, CoreSetup names, SortedMap<String, String> variables) {
    SortedMap<String, String> fields = new TreeMap<>(variables);
    for (int i = 0; i < slots(board); i++) {
      fields.put(LkSelection.slot(i), names.blob(Part.KERNEL, Revisions.OLD - i));
    }
    return selection(board, fields);
  }

  /** The boot selection with these fields. */
  static VolumeState selection(CoreBoard board, SortedMap<String, String> fields) {
    return selection(board, fields, LkSelection.PARTITION, 11);
  }

  /** The boot image of the one recovery system is there, and its slot says so. */
  static VolumeState recoverySelect(CoreBoard board, SortedMap<String, String> variables) {
    SortedMap<String, String> fields = new TreeMap<>(variables);
    fields.put(LkSelection.slot(0), fields.get(SeedEnvironment.SYSTEM));
    return selection(board, fields, LkSelection.RECOVERY_PARTITION, 13);
  }

  private static VolumeState selection(
      CoreBoard board, SortedMap<String, String> fields, String partition, int number) {
    byte[] copy = LkSelection.encode(fields);
    byte[] both = Arrays.copyOf(copy, 2 * copy.length);
    System.arraycopy(copy, 0, both, copy.length, copy.length);
    return RawVolume.of(1 << 20, board.medium(), both).partitionName(partition).at(0, number).state();
  }

  static VolumeState bootImages(CoreBoard board, CoreSetup names) {
    byte[] bytes = new byte[slots(board) * GadgetAssets.IMAGE_BYTES];
    for (int i = 0; i < slots(board); i++) {
      byte[] image = GadgetAssets.imageBytes(names.kernelFile(Revisions.OLD - i, LkKernels.IMAGE));
      System.arraycopy(image, 0, bytes, i * GadgetAssets.IMAGE_BYTES, image.length);
    }
    return RawVolume.of(1 << 20, board.medium(), bytes).partitionName(LkSelection.IMAGES).at(0, 12).state();
  }
}
