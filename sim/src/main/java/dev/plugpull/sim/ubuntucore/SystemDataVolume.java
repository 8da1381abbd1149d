package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.bootloader.VolumeInFront;
import dev.plugpull.sim.media.Content;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The data partition as a boot loader sees it: the model's paths begin inside {@code /system-data}, the loader's do
 * not.
 *
 * @param lookedUp hears of each path inside {@code /system-data} of which the loader asks what is there
 * @param used hears of each such path that it lists or changes
 */
record SystemDataVolume(BootVolume inner, Consumer<String> lookedUp, Consumer<String> used) implements VolumeInFront {
  private static final String FOLDER = "/system-data";

  private static String inside(String path, Consumer<String> told) {
    if (!path.startsWith(FOLDER + "/") && !path.equals(FOLDER)) {
      return "/outside" + path;
    }
    String inside = path.equals(FOLDER) ? "/" : path.substring(FOLDER.length());
    told.accept(inside);
    return inside;
  }

  @Override
  public Lookup lookup(String path) {
    return path.equals("/") ? new Lookup.Directory() : inner.lookup(inside(path, lookedUp));
  }

  @Override
  public Optional<String> link(String path) {
    return inner.link(inside(path, lookedUp));
  }

  @Override
  public List<String> list(String directory) {
    return directory.equals("/") ? List.of("system-data") : inner.list(inside(directory, used));
  }

  @Override
  public boolean overwrite(String path, long offset, byte[] data) {
    return inner.overwrite(inside(path, used), offset, data);
  }

  @Override
  public boolean rewrite(String path, Content content) {
    return inner.rewrite(inside(path, used), content);
  }
}
