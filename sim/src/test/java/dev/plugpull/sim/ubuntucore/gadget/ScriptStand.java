package dev.plugpull.sim.ubuntucore.gadget;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A machine in memory whose writes are durable at once, for trying the example scripts without any device around. */
final class ScriptStand implements BootMachine {

  final List<Disk> volumes = new ArrayList<>();

  Disk volume(int partition, String label, String type) {
    Disk disk = new Disk(partition, label, type);
    volumes.add(disk);
    return disk;
  }

  @Override
  public List<? extends BootVolume> volumes() {
    return volumes;
  }

  /** A snap called N.snap has the kernel N in it. */
  @Override
  public Optional<BootVolume> inside(Content image) {
    Disk disk = new Disk(0, "", "squashfs");
    disk.files.put("/kernel.img", Content.opaque(image.name().replace(".snap", ""), 1000));
    disk.files.put("/initrd.img", Content.opaque("initrd of " + image.name(), 1000));
    return Optional.of(disk);
  }

  @Override
  public void wrote(String point, String where, String what) {
    // every write is durable at once
  }

  @Override
  public void said(String where, String what) {
    // nobody listens
  }

  static final class Disk implements BootVolume {
    final TreeMap<String, Content> files = new TreeMap<>();
    final byte[] raw = new byte[1 << 15];
    private final int partition;
    private final String label;
    private final String type;

    private Disk(int partition, String label, String type) {
      this.partition = partition;
      this.label = label;
      this.type = type;
    }

    @Override
    public int disk() {
      return 0;
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
      return "uuid-" + partition;
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
      return list(path).isEmpty() ? new Lookup.Missing() : new Lookup.Directory();
    }

    @Override
    public List<String> list(String directory) {
      String below = directory.endsWith("/") ? directory : directory + "/";
      return files.keySet().stream()
          .filter(path -> path.startsWith(below))
          .map(path -> path.substring(below.length()).split("/")[0])
          .distinct()
          .toList();
    }

    @Override
    public boolean overwrite(String path, long offset, byte[] data) {
      return files.computeIfPresent(path, (_, old) -> old.overwritten(offset, data)) != null;
    }

    @Override
    public boolean rewrite(String path, Content content) {
      files.put(path, content);
      return true;
    }

    @Override
    public byte[] readRaw(long offset, int length) {
      return Arrays.copyOfRange(raw, (int) offset, (int) offset + length);
    }

    @Override
    public void writeRaw(long offset, byte[] data) {
      System.arraycopy(data, 0, raw, (int) offset, data.length);
    }
  }
}
