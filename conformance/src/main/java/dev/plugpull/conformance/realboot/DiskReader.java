package dev.plugpull.conformance.realboot;

import dev.plugpull.conformance.machine.HostCommand;
import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads back what a boot left on a disk. */
final class DiskReader {
  private final Path folder;

  DiskReader(Path folder) {
    this.folder = folder;
  }

  /** The bytes of a partition now. */
  static byte[] partition(DiskWriter.Written written, int number) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(written.disk().toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(Files.size(written.images().get(number)))];
      in.seek(written.starts().get(number));
      in.readFully(bytes);
      return bytes;
    }
  }

  /** All files of the partitions that are not as they were written. */
  SortedMap<Integer, SortedMap<String, Content>> changed(DiskWriter.Written written, List<VolumeView> volumes)
      throws IOException {
    SortedMap<Integer, SortedMap<String, Content>> changed = new TreeMap<>();
    for (VolumeView volume : volumes) {
      int number = volume.partition();
      if (number > 0 && !volume.type().equals("none")) {
        byte[] now = partition(written, number);
        if (!Arrays.equals(now, Files.readAllBytes(written.images().get(number)))) {
          changed.put(number, files(volume.type(), now));
        }
      }
    }
    return changed;
  }

  private SortedMap<String, Content> files(String type, byte[] partition) throws IOException {
    Path image = Files.write(Files.createTempFile(folder, "read", ".img"), partition);
    Path tree = Files.createTempDirectory(folder, "read");
    List<String> command = type.equals("vfat")
        ? List.of("mcopy", "-Q", "-s", "-i", image.toString(), "::*", tree.toString())
        : List.of("debugfs", "-R", "rdump / " + tree, image.toString());
    HostCommand.run("read a disk back", folder, Map.of(), command);
    SortedMap<String, Content> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)).toList()) {
        files.put("/" + tree.relativize(path), Content.of(Files.readAllBytes(path)));
      }
    }
    DiskWriter.delete(tree);
    Files.delete(image);
    return files;
  }
}
