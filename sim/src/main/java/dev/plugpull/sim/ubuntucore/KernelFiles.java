package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;

/** The boot files of a kernel snap on a partition that the loader reads. */
final class KernelFiles {

  private KernelFiles() {}

  /** P9: files written normally, only the folder is synced. */
  static void extract(Machine machine, String point, LiveVolume volume, String folder, int revision) {
    Writes.folders(volume, folder);
    machine.point(point + ".folder", machine.tracing() ? "makes folder " + folder : "");
    for (String file : machine.setup.kernelFiles()) {
      String path = folder + "/" + file;
      Writes.folders(volume, Writes.parent(path));
      Content content = machine.setup.kernelFile(revision, file);
      Writes.plain(machine, point + "." + file, volume, path, content);
      if (machine.setup.platform().kernelFilesSynced()) {
        volume.fsync(path);
        machine.flushed(volume);
      }
    }
    volume.fsyncDirectory(folder);
    machine.flushed(volume);
    machine.point(point, machine.tracing() ? "syncs folder " + folder : "");
    if (machine.setup.platform().bootPartitionCheckpointed()) {
      volume.freeze();
    }
  }
}
