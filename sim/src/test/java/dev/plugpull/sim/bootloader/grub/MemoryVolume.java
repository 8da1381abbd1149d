package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** A volume that is a map of paths; it follows no links and loses nothing. */
final class MemoryVolume implements BootVolume {

  final TreeMap<String, Content> files = new TreeMap<>();
  private final int disk;
  private final int partition;
  private final String label;
  String type = "ext4";

  MemoryVolume(int disk, int partition, String label) {
    this.disk = disk;
    this.partition = partition;
    this.label = label;
  }

  MemoryVolume with(String path, String text) {
    files.put(path, Content.text(text));
    return this;
  }

  MemoryVolume with(String path, Content content) {
    files.put(path, content);
    return this;
  }

  @Override
  public int disk() {
    return disk;
  }

  @Override
  public int partition() {
    return partition;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String uuid() {
    return label.isEmpty() ? "" : "0000-" + label;
  }

  @Override
  public String partitionName() {
    return label;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Lookup lookup(String path) {
    Content content = files.get(path);
    if (content != null) {
      return new Lookup.File(content);
    }
    String below = path.endsWith("/") ? path : path + "/";
    String next = files.ceilingKey(below);
    return next != null && next.startsWith(below) ? new Lookup.Directory() : new Lookup.Missing();
  }

  @Override
  public List<String> list(String directory) {
    String below = directory.endsWith("/") ? directory : directory + "/";
    TreeSet<String> names = new TreeSet<>();
    for (String path : files.tailMap(below).keySet()) {
      if (!path.startsWith(below)) {
        break;
      }
      String rest = path.substring(below.length());
      names.add(rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest);
    }
    return new ArrayList<>(names);
  }

  @Override
  public boolean overwrite(String path, long offset, byte[] data) {
    files.computeIfPresent(path, (_, old) -> old.overwritten(offset, data));
    return true;
  }

  @Override
  public boolean rewrite(String path, Content content) {
    return false;
  }

  @Override
  public byte[] readRaw(long offset, int length) {
    return new byte[length];
  }

  @Override
  public void writeRaw(long offset, byte[] data) {
    throw new UnsupportedOperationException("GRUB writes no raw sectors");
  }
}
