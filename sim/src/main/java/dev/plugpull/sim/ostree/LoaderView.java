package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.BootVolume.Lookup;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;

/** Fingerprint of everything that a boot loader of this family can read on the volume of {@code /boot}. */
final class LoaderView {
  private final BootVolume volume;
  private final String prefix;
  private Hash128 sum = Hash128.ZERO;

  private LoaderView(BootVolume volume, String prefix) {
    this.volume = volume;
    this.prefix = prefix;
  }

  static Hash128 of(BootVolume volume, String prefix) {
    LoaderView view = new LoaderView(volume, prefix);
    view.look("/grub2/grub.cfg");
    view.look("/grub2/grubenv");
    view.look("/syslinux/syslinux.cfg");
    view.folder("/loader");
    view.folder("/loader/entries");
    return view.sum;
  }

  private void folder(String path) {
    for (String name : volume.list(prefix + path)) {
      if (!name.equals("entries")) {
        look(path + "/" + name);
      }
    }
  }

  private void look(String path) {
    Lookup found = volume.lookup(prefix + path);
    add(path, found);
    if (found instanceof Lookup.File file && file.content().bytes().isPresent()) {
      named(file.content());
    }
  }

  /** Kernels and initramfs that a file names are read too. */
  private void named(Content content) {
    for (String word : content.text().orElse("").split("[\\s=]+")) {
      if (word.startsWith(prefix + "/ostree/os-")) {
        add(word, volume.lookup(word));
      }
    }
  }

  private void add(String path, Lookup found) {
    Hash128 content = switch (found) {
      case Lookup.File file -> file.content().hash();
      case Lookup.Directory folder -> Hash128.of("folder");
      case Lookup.Missing missing -> Hash128.of("missing");
      case Lookup.Unreadable bad -> Hash128.of("unreadable");
    };
    sum = sum.then(Hash128.of(path).then(content));
  }
}
