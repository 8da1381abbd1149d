package dev.plugpull.conformance.realboot;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.bootloader.VolumeInFront;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stands between a boot loader and its machine: what it read, what it could not read, and what it said. */
final class Watch implements BootMachine {
  private final BootMachine machine;
  private final List<Volume> volumes = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private Hash128 read = Hash128.ZERO;

  Watch(BootMachine machine) {
    this.machine = machine;
    machine.volumes().forEach(volume -> volumes.add(new Volume(volume)));
  }

  /** Fingerprint of everything that was read, in order: two boots with the same one were the same. */
  Hash128 read() {
    return read;
  }

  /** Lines that the loader printed, and notes of its interpreter. */
  List<String> said() {
    return said;
  }

  /** Paths that were asked for and whose data or metadata cannot be read. */
  List<String> unreadable() {
    return unreadable;
  }

  @Override
  public List<? extends BootVolume> volumes() {
    return volumes;
  }

  @Override
  public Optional<BootVolume> inside(Content image) {
    return machine.inside(image);
  }

  @Override
  public boolean tryboot() {
    return machine.tryboot();
  }

  @Override
  public void wrote(String point, String where, String what) {
    machine.wrote(point, where, what);
  }

  @Override
  public void said(String where, String what) {
    said.add(what);
  }

  private void heard(BootVolume volume, String what, Hash128 answer) {
    read = read.then(Hash128.of(volume.partition() + " " + what)).then(answer);
  }

  /** A volume whose readings are noted. */
  private final class Volume implements VolumeInFront {
    private final BootVolume inner;

    Volume(BootVolume inner) {
      this.inner = inner;
    }

    @Override
    public BootVolume inner() {
      return inner;
    }

    @Override
    public Lookup lookup(String path) {
      Lookup answer = inner.lookup(path);
      heard(inner, path, switch (answer) {
        case Lookup.File file -> file.content().hash();
        case Lookup.Directory directory -> Hash128.of("directory");
        case Lookup.Missing missing -> Hash128.of("missing");
        case Lookup.Unreadable why -> {
          unreadable.add(path + " of " + inner.label() + ": " + why.why());
          yield Hash128.of("unreadable");
        }
      });
      return answer;
    }

    @Override
    public List<String> list(String directory) {
      List<String> names = inner.list(directory);
      heard(inner, directory + "/", Hash128.of(String.join("/", names)));
      return names;
    }

    @Override
    public byte[] readRaw(long offset, int length) {
      byte[] bytes = inner.readRaw(offset, length);
      heard(inner, "raw " + offset, Hash128.of(bytes));
      return bytes;
    }

    @Override
    public boolean overwrite(String path, long offset, byte[] data) {
      return inner.overwrite(path, offset, data);
    }

    @Override
    public boolean rewrite(String path, Content content) {
      return inner.rewrite(path, content);
    }
  }
}
