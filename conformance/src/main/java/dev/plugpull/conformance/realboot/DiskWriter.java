package dev.plugpull.conformance.realboot;

import dev.plugpull.conformance.machine.HostCommand;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Gpt;
import dev.plugpull.sim.media.GptPartition;
import dev.plugpull.sim.media.Hash128;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes volumes out as a disk: GPT, FAT made by mtools, ext4 made by mke2fs. Nothing is mounted. Images of partitions
 * are kept by content, so that a state costs what is new in it.
 */
final class DiskWriter {
  private static final int SECTOR = 512;
  private static final int MEBIBYTE = 1 << 20;

  /** The attribute that U-Boot's part list looks for. */
  private static final long BOOTABLE = 4;

  private final Path folder;
  private final StandIn standIn;

  DiskWriter(Path folder, StandIn standIn) {
    this.folder = folder;
    this.standIn = standIn;
  }

  /**
   * A disk as it was written.
   *
   * @param images partition number to the image that its sectors were filled from
   * @param starts partition number to its first byte
   */
  record Written(Path disk, SortedMap<Integer, Path> images, SortedMap<Integer, Long> starts) {}

  /** Writes them; volumes outside partitions are left out. */
  Written write(List<VolumeView> volumes, Path disk) throws IOException {
    SortedMap<Integer, Path> images = new TreeMap<>();
    SortedMap<Integer, String> names = new TreeMap<>();
    for (VolumeView volume : volumes) {
      if (volume.partition() > 0) {
        if (images.put(volume.partition(), image(volume)) != null) {
          throw new IOException("cannot write a disk: two volumes are partition " + volume.partition());
        }
        names.put(volume.partition(), volume.name().isEmpty() ? volume.label() : volume.name());
      }
    }
    SortedMap<Integer, Long> starts = new TreeMap<>();
    List<GptPartition> table = new ArrayList<>(Collections.nCopies(images.lastKey(), null));
    long at = MEBIBYTE;
    for (Map.Entry<Integer, Path> image : images.entrySet()) {
      long size = Files.size(image.getValue());
      starts.put(image.getKey(), at);
      table.set(image.getKey() - 1, new GptPartition(GptPartition.LINUX_DATA, new UUID(1, image.getKey()),
          at / SECTOR, (at + size) / SECTOR - 1, BOOTABLE, names.get(image.getKey())));
      at += size;
    }
    Gpt gpt = new Gpt(new UUID(1, 0), SECTOR, (at + MEBIBYTE) / SECTOR, table);
    try (RandomAccessFile out = new RandomAccessFile(disk.toFile(), "rw")) {
      out.setLength(0);
      out.setLength(at + MEBIBYTE);
      out.write(gpt.primary());
      for (Map.Entry<Integer, Path> image : images.entrySet()) {
        out.seek(starts.get(image.getKey()));
        out.write(Files.readAllBytes(image.getValue()));
      }
      out.seek(gpt.backupSector() * SECTOR);
      out.write(gpt.backup());
    }
    return new Written(disk, images, starts);
  }

  private Path image(VolumeView volume) throws IOException {
    Path image = folder.resolve("partition-" + volume.hash());
    if (Files.exists(image)) {
      return image;
    }
    if (volume.type().equals("none")) {
      return Files.write(image, volume.raw().bytes().orElseThrow());
    }
    Path tree = Files.createTempDirectory(folder, "tree");
    long bytes = fill(volume, tree);
    Path made = Files.createTempFile(folder, "making", ".img");
    try (RandomAccessFile out = new RandomAccessFile(made.toFile(), "rw")) {
      out.setLength((bytes * 5 / 4 / MEBIBYTE + 4) * MEBIBYTE);
    }
    switch (volume.type()) {
      case "vfat" -> fat(volume, tree, made);
      case "ext4" -> ext4(volume, tree, made);
      default -> throw new IOException("cannot write a volume of type " + volume.type() + ": only ext4 and FAT");
    }
    delete(tree);
    return Files.move(made, image);
  }

  /** Fills a folder of this machine; returns about how many bytes a file system needs for it. */
  private long fill(VolumeView volume, Path tree) throws IOException {
    long bytes = 0;
    for (Map.Entry<String, VolumeView.Entry> entry : volume.entries().entrySet()) {
      Path path = tree.resolve(entry.getKey().substring(1));
      switch (entry.getValue()) {
        case VolumeView.Entry.Folder none -> Files.createDirectory(path);
        case VolumeView.Entry.Link link -> Files.createSymbolicLink(path, Path.of(link.target()));
        case VolumeView.Entry.Broken broken -> {
          // Left out; a state in which the loader asks for it is not looked at.
        }
        case VolumeView.Entry.File file when !file.inside().isEmpty() -> Files.copy(squashfs(file), path);
        case VolumeView.Entry.File file -> Files.write(path, standIn.bytes(entry.getKey(), file.content()));
      }
      bytes += Files.isRegularFile(path) ? Files.size(path) / 4096 * 4096 + 8192 : 8192;
    }
    return bytes;
  }

  private Path squashfs(VolumeView.Entry.File snap) throws IOException {
    Hash128 hash = snap.content().hash();
    for (Map.Entry<String, Content> file : snap.inside().entrySet()) {
      hash = hash.then(Hash128.of(file.getKey())).then(file.getValue().hash());
    }
    Path image = folder.resolve("snap-" + hash);
    if (!Files.exists(image)) {
      Path tree = Files.createTempDirectory(folder, "snap");
      for (Map.Entry<String, Content> file : snap.inside().entrySet()) {
        Files.write(tree.resolve(file.getKey().substring(1)), standIn.bytes(file.getKey(), file.getValue()));
      }
      run("mksquashfs", tree.toString(), image.toString(), "-quiet", "-no-progress", "-comp", "xz", "-all-root",
          "-mkfs-time", "0", "-all-time", "0");
      delete(tree);
    }
    return image;
  }

  private void fat(VolumeView volume, Path tree, Path image) throws IOException {
    String label = volume.label().substring(0, Math.min(11, volume.label().length()));
    run("mkfs.fat", "-i", "50554c4c", "-n", label.isEmpty() ? "NO NAME" : label, image.toString());
    List<String> copy = new ArrayList<>(List.of("mcopy", "-Q", "-s", "-i", image.toString()));
    try (Stream<Path> top = Files.list(tree)) {
      top.sorted().forEach(path -> copy.add(path.toString()));
    }
    if (copy.size() > 5) {
      copy.add("::");
      run(copy.toArray(String[]::new));
    }
  }

  /** Without what U-Boot cannot write to; GRUB and U-Boot replay no journal anyway. */
  private void ext4(VolumeView volume, Path tree, Path image) throws IOException {
    run("mke2fs", "-q", "-F", "-t", "ext4", "-O", "^has_journal,^metadata_csum,^64bit", "-m", "0", "-L", volume.label(),
        "-U", "706c7567-7075-6c6c-0000-0000000000" + String.format("%02d", volume.partition()),
        "-d", tree.toString(), image.toString());
  }

  private void run(String... command) throws IOException {
    HostCommand.run("write a disk", folder, Map.of(), List.of(command));
  }

  static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
