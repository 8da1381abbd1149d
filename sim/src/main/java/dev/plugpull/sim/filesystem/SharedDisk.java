package dev.plugpull.sim.filesystem;

import java.util.List;

/**
 * Volumes that share one device and so one volatile cache: a flush sent for one makes durable what the device had
 * accepted for the others, but not what still lies in their page caches.
 */
public final class SharedDisk {
  private SharedDisk() {}

  /** Joins the volumes of one disk for this boot. */
  public static void join(List<? extends LiveVolume> volumes) {
    for (LiveVolume flushing : volumes) {
      flushing.onFlush(
          () -> {
            for (LiveVolume other : volumes) {
              if (other != flushing) {
                other.deviceFlushed();
              }
            }
          });
    }
  }
}
