package dev.plugpull.conformance.realboot;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A volume as the boot loader sees it at one moment.
 *
 * @param partition number of the partition, from 1; 0 for areas outside all partitions
 * @param label file-system label, empty if none
 * @param name GPT partition name, empty if none
 * @param type {@code ext4}, {@code vfat}, or {@code none} for raw bytes
 * @param entries everything with a name: absolute path to what stands there
 * @param raw the bytes of a raw volume, empty of any other
 */
record VolumeView(
    int partition, String label, String name, String type, SortedMap<String, Entry> entries, Content raw) {
  private static final int RAW_BYTES = 1 << 20;

  VolumeView {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /** What stands at a path. */
  sealed interface Entry {
    record Folder() implements Entry {}

    /**
     * A file.
     *
     * @param inside the files of the file system in it, if it is an image that the loader can look into; else empty
     */
    record File(Content content, SortedMap<String, Content> inside) implements Entry {}

    record Link(String target) implements Entry {}

    /** A name whose inode or data cannot be read. */
    record Broken(String why) implements Entry {}
  }

  /** All volumes of a machine. */
  static List<VolumeView> all(BootMachine machine) {
    List<VolumeView> views = new ArrayList<>();
    for (BootVolume volume : machine.volumes()) {
      boolean files = !volume.type().equals("none");
      SortedMap<String, Entry> entries = new TreeMap<>();
      if (files) {
        list(machine, volume, "/", entries);
      }
      Content raw = files ? Content.EMPTY : Content.of(volume.readRaw(0, RAW_BYTES));
      views.add(new VolumeView(volume.partition(), volume.label(), volume.partitionName(), volume.type(), entries,
          raw));
    }
    return views;
  }

  private static void list(
      BootMachine machine, BootVolume volume, String folder, SortedMap<String, Entry> entries) {
    for (String name : volume.list(folder)) {
      String path = folder.equals("/") ? "/" + name : folder + "/" + name;
      Entry entry = entry(machine, volume, path);
      entries.put(path, entry);
      if (entry instanceof Entry.Folder) {
        list(machine, volume, path, entries);
      }
    }
  }

  private static Entry entry(BootMachine machine, BootVolume volume, String path) {
    var link = volume.link(path);
    if (link.isPresent()) {
      return new Entry.Link(link.get());
    }
    return switch (volume.lookup(path)) {
      case BootVolume.Lookup.File file -> new Entry.File(file.content(), inside(machine, file.content()));
      case BootVolume.Lookup.Directory directory -> new Entry.Folder();
      case BootVolume.Lookup.Missing missing -> new Entry.Broken("a name that leads nowhere");
      case BootVolume.Lookup.Unreadable unreadable -> new Entry.Broken(unreadable.why());
    };
  }

  private static SortedMap<String, Content> inside(BootMachine machine, Content image) {
    SortedMap<String, Content> files = new TreeMap<>();
    if (image.isOpaque()) {
      machine.inside(image).ifPresent(volume -> volume.list("/").forEach(name ->
          volume.read("/" + name).ifPresent(content -> files.put("/" + name, content))));
    }
    return files;
  }

  /** The regular files: path to content. */
  SortedMap<String, Content> files() {
    SortedMap<String, Content> files = new TreeMap<>();
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      if (entry.getValue() instanceof Entry.File file) {
        files.put(entry.getKey(), file.content());
      }
    }
    return files;
  }

  /** Fingerprint of all that is written out of it. */
  Hash128 hash() {
    Hash128 hash = Hash128.of(partition + "|" + label + "|" + name + "|" + type).then(raw.hash());
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      hash = hash.then(Hash128.of(entry.getKey())).then(switch (entry.getValue()) {
        case Entry.File file -> file.content().hash();
        case Entry.Folder folder -> Hash128.of("folder");
        case Entry.Link link -> Hash128.of("link " + link.target());
        case Entry.Broken broken -> Hash128.of("broken");
      });
    }
    return hash;
  }
}
