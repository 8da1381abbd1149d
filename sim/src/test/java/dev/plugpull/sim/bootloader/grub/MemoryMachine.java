package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A machine of {@link MemoryVolume}s that remembers what the loader wrote and said. */
final class MemoryMachine implements BootMachine {

  final List<MemoryVolume> volumes;
  final List<String> written = new ArrayList<>();
  final List<String> said = new ArrayList<>();

  MemoryMachine(MemoryVolume... volumes) {
    this.volumes = List.of(volumes);
  }

  @Override
  public List<? extends BootVolume> volumes() {
    return volumes;
  }

  @Override
  public Optional<BootVolume> inside(Content image) {
    if (!image.isOpaque() || image.isPart()) {
      return Optional.empty();
    }
    MemoryVolume inside = new MemoryVolume(9, 0, "");
    for (String name : List.of("/kernel.img", "/initrd.img", "/kernel.efi")) {
      inside.with(name, Content.opaque(image.name() + name, 1000));
    }
    return Optional.of(inside);
  }

  @Override
  public void wrote(String point, String where, String what) {
    written.add(point + " " + where + " " + what);
  }

  @Override
  public void said(String where, String what) {
    said.add(where + " " + what);
  }
}
