package dev.plugpull.conformance.record;

import dev.plugpull.conformance.machine.HostCommand;
import dev.plugpull.faultinjection.disk.log.LogEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ext4 in an image file, as e2fsprogs' {@code debugfs} sees it.
 *
 * @param start of the file system in the file, in bytes
 */
record Ext4Image(Path image, long start) {
  private static final Pattern PAIR = Pattern.compile("^(\\d+)\\s+(\\S.*)$", Pattern.MULTILINE);
  private static final Pattern GROUP = Pattern.compile(
      "block bitmap at (\\d+), inode bitmap at (\\d+), inode table at (\\d+)");
  private static final Pattern FIELD = Pattern.compile("^(Block size|Inodes per group|Inode size):\\s+(\\d+)",
      Pattern.MULTILINE);
  private static final int JOURNAL_INODE = 8;
  private static final int MOST_BLOCKS = 24;

  /** The files, or kinds of metadata, whose blocks a request wrote. */
  List<String> owners(LogEntry.Issued write) throws IOException {
    String stats = debugfs("stats");
    long blockBytes = field(stats, "Block size");
    List<Long> blocks = new ArrayList<>();
    for (long at = write.offset() - start; at < write.end() - start && blocks.size() < MOST_BLOCKS;
        at += blockBytes) {
      blocks.add(at / blockBytes);
    }
    Set<String> owners = new LinkedHashSet<>();
    Set<Long> inodes = new TreeSet<>();
    String list = String.join(" ", blocks.stream().map(String::valueOf).toList());
    Matcher pairs = PAIR.matcher(debugfs("icheck " + list));
    while (pairs.find()) {
      long block = Long.parseLong(pairs.group(1));
      if (pairs.group(2).matches("\\d+")) {
        inodes.add(Long.parseLong(pairs.group(2)));
      } else {
        owners.add(metadata(stats, block, blockBytes));
      }
    }
    if (inodes.remove((long) JOURNAL_INODE)) {
      owners.add("journal");
    }
    owners.addAll(names(inodes));
    return List.copyOf(owners);
  }

  private List<String> names(Set<Long> inodes) throws IOException {
    List<String> names = new ArrayList<>();
    if (!inodes.isEmpty()) {
      Matcher pairs = PAIR.matcher(
          debugfs("ncheck " + String.join(" ", inodes.stream().map(String::valueOf).toList())));
      while (pairs.find()) {
        names.add(pairs.group(2).replace("//", "/"));
      }
      if (names.isEmpty()) {
        names.add("inodes " + inodes + " without a name");
      }
    }
    return names;
  }

  private String metadata(String stats, long block, long blockBytes) {
    long tableBlocks = field(stats, "Inodes per group") * field(stats, "Inode size") / blockBytes;
    Matcher group = GROUP.matcher(stats);
    while (group.find()) {
      long table = Long.parseLong(group.group(3));
      if (block == Long.parseLong(group.group(1)) || block == Long.parseLong(group.group(2))) {
        return "bitmap block " + block;
      }
      if (block >= table && block < table + tableBlocks) {
        return "inode table block " + block;
      }
    }
    return block == 0 ? "superblock" : "group descriptors or free block " + block;
  }

  private static long field(String stats, String name) {
    Matcher fields = FIELD.matcher(stats);
    while (fields.find()) {
      if (fields.group(1).equals(name)) {
        return Long.parseLong(fields.group(2));
      }
    }
    return 4096;
  }

  private String debugfs(String request) throws IOException {
    return HostCommand.run("look into a crash state", image.getParent(), Map.of("DEBUGFS_PAGER", "cat"),
        List.of("debugfs", "-R", request, image + "?offset=" + start));
  }
}
