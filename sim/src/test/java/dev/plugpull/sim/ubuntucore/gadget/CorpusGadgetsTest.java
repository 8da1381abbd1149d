package dev.plugpull.sim.ubuntucore.gadget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** Real gadgets of the corpus: what they are and what snapd would say to them. */
class CorpusGadgetsTest {

  /** What is expected of those that are not simply without findings for their own series. */
  private static final Map<String, List<GadgetRule>> FINDINGS =
      Map.of(
          // cdt and sbl1 begin at bytes 17408 and 19456, inside the partition table of a disk with 4096-byte blocks.
          "snapd-fixture-lk-uc20", List.of(GadgetRule.V12, GadgetRule.V12));

  @TestFactory
  Stream<DynamicTest> everyGadgetGetsItsVerdict() throws IOException {
    return folders().map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> verdict(folder)));
  }

  private static Stream<Path> folders() throws IOException {
    try (Stream<Path> list = Files.list(SharedCorpus.folder("corpus/gadgets"))) {
      return list.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  private static void verdict(Path folder) throws IOException {
    if (!hasYaml(folder)) {
      assertThatThrownBy(() -> GadgetPackage.open(folder, ""))
          .isInstanceOf(UnreadableGadgetException.class)
          .hasMessageStartingWith("cannot read gadget: " + folder)
          .hasMessageMatching("(?s).*(only facts about a gadget|template with placeholders).*; (bring|fill).*");
      return;
    }
    for (String arch : List.of("amd64", "arm64")) {
      if (Files.exists(folder.resolve("gadget.yaml")) || Files.exists(folder.resolve("gadget-" + arch + ".yaml"))) {
        judge(folder, arch);
      }
    }
  }

  private static boolean hasYaml(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.anyMatch(path -> path.getFileName().toString().matches("gadget(-[a-z0-9]+)?\\.yaml"));
    }
  }

  private static void judge(Path folder, String arch) {
    try (GadgetPackage gadget = GadgetPackage.open(folder, arch)) {
      assertThat(gadget.form()).isEqualTo(GadgetPackage.Form.SOURCE_TREE);
      GadgetYaml yaml = gadget.yaml();
      Target target = Target.infer(yaml.info(), gadget.metadata().base(), false);
      List<Finding> findings = GadgetValidator.validate(yaml, target);
      List<GadgetRule> expected = FINDINGS.getOrDefault(folder.getFileName().toString(), List.of());
      assertThat(findings).as("%s", findings).extracting(Finding::rule).containsExactlyElementsOf(expected);
      ContentRules.Result content = ContentRules.check(gadget, yaml.info(), target, Optional.empty());
      assertThat(content.findings()).isEmpty();
      assertThat(content.notLookedAt()).isNotEmpty();
    }
  }

  @Test
  void rolesDecideTheKindOfSystem() {
    assertThat(kind("pc-22")).isEqualTo(SystemKind.CORE_WITH_MODES);
    assertThat(kind("snapd-fixture-classic-with-modes")).isEqualTo(SystemKind.HYBRID);
    assertThat(kind("snapd-test-remodel-pc-18")).isEqualTo(SystemKind.CORE_WITHOUT_MODES);
  }

  private static SystemKind kind(String name) {
    try (GadgetPackage gadget = GadgetPackage.open(SharedCorpus.folder("corpus/gadgets/" + name), "")) {
      return Target.infer(gadget.yaml().info(), "", false).kind();
    }
  }

  @Test
  void anArchitectureThatIsNotThereIsRefused() {
    Path folder = SharedCorpus.folder("corpus/gadgets/pc-22");
    assertThatThrownBy(() -> GadgetPackage.open(folder, "riscv64"))
        .hasMessageContaining("no gadget-riscv64.yaml, only gadget-amd64.yaml, gadget-arm64.yaml");
    try (GadgetPackage gadget = GadgetPackage.open(folder, "")) {
      assertThat(gadget.yamlPath()).isEqualTo("gadget-amd64.yaml");
      assertThat(gadget.assumptions()).anyMatch(text -> text.contains("--arch chooses another"));
    }
  }

  @Test
  void thePublicPcGadgetsFollowEachOther() {
    GadgetInfo from = info("pc-22");
    GadgetInfo to = info("pc-24");
    Target target = Target.infer(to, "core24", false);
    assertThat(GadgetCompatibility.check(from, to, target)).isEmpty();
    UpdatePlan plan = UpdatePlan.of(from, to, target, UpdatePlan.Policy.EDITION, KernelInfo.NONE);
    assertThat(plan.updates()).extracting(update -> update.to().role()).containsExactly("system-seed");
    UpdatePlan remodel = UpdatePlan.of(from, to, target, UpdatePlan.Policy.REMODEL, KernelInfo.NONE);
    assertThat(remodel.updates()).extracting(update -> update.to().role())
        .containsExactly("system-boot", "system-seed");
  }

  private static GadgetInfo info(String name) {
    try (GadgetPackage gadget = GadgetPackage.open(SharedCorpus.folder("corpus/gadgets/" + name), "amd64")) {
      return gadget.yaml().info();
    }
  }
}
