package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A machine with volumes in memory whose writes are durable at once. */
final class FakeMachine implements BootMachine {

  final List<FakeVolume> volumes = new ArrayList<>();
  final List<String> writes = new ArrayList<>();
  final List<String> lines = new ArrayList<>();

  FakeVolume volume(int partition, String name, String type) {
    return volume(partition, name, type, 1 << 16);
  }

  FakeVolume volume(int partition, String name, String type, int rawBytes) {
    FakeVolume volume = new FakeVolume(partition, name, type, rawBytes);
    volumes.add(volume);
    return volume;
  }

  @Override
  public List<? extends BootVolume> volumes() {
    return volumes;
  }

  @Override
  public void wrote(String point, String where, String what) {
    writes.add(point + " " + where + " " + what);
  }

  @Override
  public void said(String where, String what) {
    lines.add(where + " " + what);
  }

  static final class FakeVolume implements BootVolume {
    final int partition;
    final String name;
    final String type;
    final Map<String, Content> files = new TreeMap<>();
    final byte[] raw;
    boolean readOnly;

    FakeVolume(int partition, String name, String type, int rawBytes) {
      this.raw = new byte[rawBytes];
      this.partition = partition;
      this.name = name;
      this.type = type;
    }

    FakeVolume with(String path, Content content) {
      files.put(path, content);
      return this;
    }

    FakeVolume with(String path, String text) {
      return with(path, Content.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    byte[] bytes(String path) {
      return files.get(path).bytes().orElseThrow();
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
      return name;
    }

    @Override
    public String uuid() {
      return "uuid-" + partition;
    }

    @Override
    public String partitionName() {
      return name;
    }

    @Override
    public String type() {
      return type;
    }

    @Override
    public Lookup lookup(String path) {
      if (files.containsKey(path)) {
        return new Lookup.File(files.get(path));
      }
      String prefix = path.equals("/") ? "/" : path + "/";
      return path.equals("/") || files.keySet().stream().anyMatch(file -> file.startsWith(prefix))
          ? new Lookup.Directory() : new Lookup.Missing();
    }

    @Override
    public List<String> list(String directory) {
      String prefix = directory.equals("/") ? "/" : directory + "/";
      return files.keySet().stream().filter(file -> file.startsWith(prefix))
          .map(file -> file.substring(prefix.length()).split("/")[0]).distinct().toList();
    }

    @Override
    public boolean overwrite(String path, long offset, byte[] data) {
      return false;
    }

    @Override
    public boolean rewrite(String path, Content content) {
      if (readOnly) {
        return false;
      }
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
