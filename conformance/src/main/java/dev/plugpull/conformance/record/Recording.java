package dev.plugpull.conformance.record;

import dev.plugpull.conformance.machine.Health;
import dev.plugpull.conformance.machine.Home;
import dev.plugpull.conformance.machine.Target;
import dev.plugpull.faultinjection.disk.log.DiskLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A finished recording of one update: a folder with the disk log, the console and what was seen. Recordings are
 * numbered and never overwritten; a killed one has no {@code recording.json} and is passed over.
 *
 * @param image digest of the recipe of the image that was recorded on
 * @param start what the system said before the update
 * @param end what it said after it
 * @param updateSeconds wall time of the recorded run
 */
public record Recording(Path folder, String image, Health start, Health end, double updateSeconds) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Path folderOf(Home home, Target target) {
    return home.recordings().resolve(target.name());
  }

  /** Where the next recording of a target goes. */
  static Path next(Home home, Target target) throws IOException {
    Path all = Files.createDirectories(folderOf(home, target));
    int number = 1;
    while (Files.exists(all.resolve("%04d".formatted(number)))) {
      number++;
    }
    return Files.createDirectory(all.resolve("%04d".formatted(number)));
  }

  Path log() {
    return folder.resolve("disk.log");
  }

  /** The file that finished judgements are appended to. */
  Path journal() {
    return folder.resolve("judged.jsonl");
  }

  /** Number of the recording. */
  public String number() {
    return folder.getFileName().toString();
  }

  void save() throws IOException {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("image", image);
    fields.put("start", start.toString());
    fields.put("end", end.toString());
    fields.put("updateSeconds", updateSeconds);
    Path aside = folder.resolve("recording.json.part");
    Files.writeString(aside, JSON.writeValueAsString(fields) + "\n");
    Files.move(aside, folder.resolve("recording.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * The newest finished recording of this target on this image; null if there is none.
   *
   * @throws IOException if its description cannot be read
   */
  public static Recording newest(Home home, Target target, String image) throws IOException {
    Path all = folderOf(home, target);
    if (!Files.isDirectory(all)) {
      return null;
    }
    List<Path> folders;
    try (Stream<Path> found = Files.list(all)) {
      folders = found.filter(f -> Files.exists(f.resolve("recording.json"))).sorted().toList();
    }
    for (Path folder : folders.reversed()) {
      Recording recording = read(folder);
      if (recording.image().equals(image)) {
        return recording;
      }
    }
    return null;
  }

  static Recording read(Path folder) throws IOException {
    Path file = folder.resolve("recording.json");
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      return new Recording(folder, json.path("image").asString(""), Health.of(json.path("start").asString("")),
          Health.of(json.path("end").asString("")), json.path("updateSeconds").asDouble(0));
    } catch (JacksonException e) {
      throw new IOException("cannot read " + file + ": it is damaged; delete its folder and record again", e);
    }
  }

  /** What the marks divide the recording into. */
  public Phases phases() throws IOException {
    return Phases.of(readLog());
  }

  /** The whole disk log. */
  DiskLog readLog() throws IOException {
    DiskLog log = DiskLog.read(log());
    if (!log.complete()) {
      throw new IOException("cannot use recording " + folder + ": its log is not whole (" + log.ending()
          + "); record again with ./plugpull vm record");
    }
    return log;
  }
}
