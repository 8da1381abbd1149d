package dev.plugpull.sim.microos;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.bootloader.VolumeInFront;
import dev.plugpull.sim.media.Content;
import java.util.List;

/** SUSE's patch: paths begin at the default subvolume; other subvolumes are seen where they are mounted. */
record DefaultSubvolume(BootVolume inner) implements VolumeInFront {
  private static final List<String> MOUNTED = List.of("/var", "/.snapshots", "/home");

  private static String place(String path) {
    for (String mounted : MOUNTED) {
      if (path.equals(mounted) || path.startsWith(mounted + "/")) {
        return "/@" + path;
      }
    }
    return "/.btrfs/default" + (path.equals("/") ? "" : path);
  }

  @Override
  public Lookup lookup(String path) {
    return inner.lookup(place(path));
  }

  @Override
  public List<String> list(String directory) {
    return inner.list(place(directory));
  }

  @Override
  public boolean overwrite(String path, long offset, byte[] data) {
    return inner.overwrite(place(path), offset, data);
  }

  @Override
  public boolean rewrite(String path, Content content) {
    return inner.rewrite(place(path), content);
  }
}
