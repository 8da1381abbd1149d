package dev.plugpull.scenarios.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.ProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the tests of families with two slots share. */
public final class SlotFamilies {
  private SlotFamilies() {}

  /** Explores one scenario of a family's standard device with some settings and variants. */
  public static Exploration<?> explore(
      Family family, Map<String, String> settings, Set<String> variants, String scenario) {
    return Explored.of(family.device(Profile.of(family, "test", settings, variants), scenario));
  }

  /** Every scenario of the standard device ends in a fixpoint that violates nothing. */
  public static void keepsTheContract(Family family) {
    Profile profile = Profile.standard(family);
    for (String scenario : family.scenarios(profile)) {
      Exploration<?> found = Explored.of(family.device(profile, scenario));
      assertThat(found.complete()).as(scenario).isTrue();
      assertThat(Explored.violated(found)).as(scenario).isEmpty();
    }
  }

  /** Ids of the known bugs of a family, with both halves. */
  public static Set<String> knownBugs(Family family) throws IOException {
    Set<String> ids = new TreeSet<>();
    try (var files = Files.list(root().resolve("corpus/broken"))) {
      for (Path file : files.toList()) {
        if (Files.readString(file).startsWith("family: " + family.name() + "\n")) {
          ids.add(file.getFileName().toString().replace(".yaml", ""));
        }
      }
    }
    return ids;
  }

  /** The broken half violates what it says, the fixed half nothing. */
  public static void found(String id) throws IOException {
    ProfileFile broken = ProfileFile.read(root().resolve("corpus/broken/" + id + ".yaml"));
    ProfileFile fixed = ProfileFile.read(root().resolve("corpus/fixed/" + id + ".yaml"));
    assertThat(Explored.violated(explore(broken))).as(id + " broken").contains(broken.violates());
    Exploration<?> good = explore(fixed);
    assertThat(good.complete()).as(id + " fixed").isTrue();
    assertThat(Explored.violated(good)).as(id + " fixed").isEmpty();
  }

  private static Exploration<?> explore(ProfileFile file) {
    Family family = Families.named(file.profile().family(), "corpus");
    return Explored.of(family.device(file.profile(), file.scenario()));
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.isDirectory(at.resolve("corpus/broken"))) {
      at = at.getParent();
    }
    return at;
  }
}
