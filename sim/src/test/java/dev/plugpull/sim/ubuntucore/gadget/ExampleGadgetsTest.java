package dev.plugpull.sim.ubuntucore.gadget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our own gadgets: snapd would take all of them but those whose fault is in the gadget.yaml itself. */
class ExampleGadgetsTest {

  private static final Map<String, List<GadgetRule>> REFUSED =
      Map.of("grub-managed-22-overlapping", List.of(GadgetRule.V11));

  static Path examples() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(at.resolve("examples/gadgets"))) {
      at = at.getParent();
    }
    return at.resolve("examples/gadgets");
  }

  private static List<Path> folders(String kind) throws IOException {
    try (Stream<Path> list = Files.list(examples().resolve(kind))) {
      return list.sorted().toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> goodAndBroken() throws IOException {
    return Stream.concat(folders("good").stream(), folders("broken").stream())
        .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private static void check(Path folder) throws IOException {
    String name = folder.getFileName().toString();
    try (GadgetPackage gadget = GadgetPackage.open(folder, "")) {
      GadgetYaml yaml = gadget.yaml();
      Target target = Target.infer(yaml.info(), gadget.metadata().base(), false);
      assertThat(gadget.metadata().name()).isEqualTo("example-" + name);
      assertThat(name).contains("-" + target.series());
      List<Finding> findings = GadgetValidator.validate(yaml, target);
      assertThat(findings).extracting(Finding::rule)
          .containsExactlyElementsOf(REFUSED.getOrDefault(name, List.of()));
      assertThat(ContentRules.check(gadget, yaml.info(), target, Optional.empty()).findings()).isEmpty();
      if (name.startsWith("uboot-variables-")) {
        assertThat(gadget.standIn("uboot.env")).contains("uboot.env.in");
      } else if (yaml.info().bootloader().equals("u-boot")) {
        assertThat(gadget.standIn("boot.scr")).contains("boot.scr.in");
      } else if (yaml.info().bootloader().equals("grub") && target.series() == 18) {
        assertThat(gadget.standIn("grub.cfg")).contains("grub.cfg");
      }
    }
  }

  @Test
  void eachSaysInItsFirstLinesWhatItIsAndTheTableNamesIt() throws IOException {
    String table = Files.readString(examples().resolve("README.md"));
    for (String kind : List.of("good", "broken")) {
      for (Path folder : folders(kind)) {
        String head = Files.readString(folder.resolve("gadget.yaml")).lines().limit(6).toList().toString();
        assertThat(head).contains(kind.equals("good") ? "# Good: " : "# Broken: ");
        assertThat(table).contains("| `" + folder.getFileName() + "` |");
      }
    }
  }

  @Test
  void everyBrokenScriptIsAGoodOneButForAFewLines() throws IOException {
    for (Path folder : folders("broken")) {
      String name = folder.getFileName().toString();
      String good = folders("good").stream().map(path -> path.getFileName().toString()).filter(name::startsWith)
          .findFirst().orElseThrow();
      for (String script : List.of("boot.scr.in", "grub.cfg")) {
        Path broken = folder.resolve(script);
        // Of one with an older edition the script is good, and the step from that edition is broken.
        boolean successor = Files.isDirectory(examples().resolve("older").resolve(name));
        if (Files.exists(broken) && !successor) {
          List<String> before = code(examples().resolve("good").resolve(good).resolve(script));
          List<String> after = code(broken);
          assertThat(after).as(name).isNotEqualTo(before);
          assertThat(after.stream().filter(line -> !before.contains(line)).count()).as(name).isLessThanOrEqualTo(4);
        }
      }
    }
  }

  private static List<String> code(Path script) throws IOException {
    return Files.readString(script).lines().filter(line -> !line.isBlank() && !line.strip().startsWith("#")).toList();
  }
}
