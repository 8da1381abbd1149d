package dev.plugpull.scenarios.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every numbered write of the specifications is a durability point of its family, or here is why not. */
class SpecifiedPointsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]\\d+[a-z]?) \\|");
  private static final String NO_WRITE = "writes nothing";
  private static final String IN_MEMORY = "in a tmpfs, which no power cut spares";

  private static Set<String> specified(String file, String letters) throws IOException {
    Path specs = specs();
    Set<String> ids = new TreeSet<>();
    Matcher row = ROW.matcher(Files.readString(specs.resolve(file)));
    while (row.find()) {
      if (letters.indexOf(row.group(1).charAt(0)) >= 0) {
        ids.add(row.group(1));
      }
    }
    assertThat(ids).as(file).isNotEmpty();
    return ids;
  }

  private static Path specs() {
    String told = System.getProperty("plugpull.shared");
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = (told == null ? at.resolve("shared") : Path.of(told)).resolve("specs");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return abort("skipped: no specifications at ../shared/specs; set -Dplugpull.shared to the folder that holds them");
  }

  /** Ids of the points that devices with these settings reach without any fault, in the first few scenarios. */
  private static Set<String> reached(String family, int scenarios, List<Map<String, String>> devices) {
    Family found = Families.named(family, "this test");
    Set<String> ids = new TreeSet<>();
    for (Map<String, String> settings : devices) {
      Profile profile = Profile.of(found, "test", settings, Set.of());
      for (String scenario : found.scenarios(profile).subList(0, scenarios)) {
        Points.reached(found.device(profile, scenario)).forEach(point -> ids.add(point.split("\\.", 2)[0]));
      }
    }
    return ids;
  }

  private static void allAreThereBut(Map<String, String> reasons, Set<String> specified, Set<String> reached) {
    Set<String> missing = new TreeSet<>(specified);
    missing.removeAll(reached);
    assertThat(missing).isEqualTo(new TreeSet<>(reasons.keySet()));
  }

  @Test
  void chromeOs() throws IOException {
    allAreThereBut(
        Map.of(
            "U0", "the same writes as C1 to C4, and named so",
            "U9", NO_WRITE + " unless a check fails",
            "U10", NO_WRITE + " unless the target differs from its digest",
            "B3", NO_WRITE + "; what dm-verity writes when a block is bad is V1 to V3",
            "B4", NO_WRITE + " but the replay of a journal; a powerwash is PW1 to PW5"),
        specified("chrome-os.md", "UBC"),
        reached("chrome-os", 2, List.of(
            Map.of(), Map.of("firmware-update", "yes"), Map.of("powerwash", "with-update"))));
  }

  @Test
  void microOs() throws IOException {
    allAreThereBut(Map.of(), specified("micro-os.md", "ME"), reached("micro-os", 2, List.of(
        Map.of(), Map.of("bootloader", "systemd-boot"), Map.of("bootloader", "systemd-boot-loader-conf"))));
  }

  @Test
  void ostree() throws IOException {
    allAreThereBut(
        Map.of(
            "S0", "a pull, whose writes are P3 to P6",
            "S6", "references are written with those of S12",
            "S8", IN_MEMORY,
            "S11", "write_deployments, whose writes are A1 to A4 and B1 to B12",
            "S12", "the clean-up is B12",
            "A4", "a time stamp that no program reads",
            "B10", "zipl and aboot are not modelled",
            "B11", "a time stamp that no program reads"),
        specified("ostree.md", "SAB"),
        reached("ostree", 4, List.of(
            Map.of(), Map.of("greenboot", "shell"), Map.of("greenboot", "rust"), Map.of("backend", "syslinux"),
            Map.of("composefs", "yes", "history", "updated-before"))));
  }

  @Test
  void flatpak() throws IOException {
    allAreThereBut(Map.of(), specified("flatpak-docker.md", "F"), reached("flatpak", 1, List.of(Map.of())));
  }

  @Test
  void docker() throws IOException {
    allAreThereBut(
        Map.of(
            "D2", NO_WRITE + ": it compares digests",
            "D5", NO_WRITE + ": it is the order of layers",
            "C1", "a pull, whose writes are D1 to D7"),
        specified("flatpak-docker.md", "DC"),
        reached("docker", 4, List.of(Map.of(), Map.of("replacement", "remove"))));
  }

  @Test
  void rauc() throws IOException {
    allAreThereBut(Map.of(), specified("bootloaders.md", "R"), reached("rauc", 1, List.of(Map.of())));
  }
}
