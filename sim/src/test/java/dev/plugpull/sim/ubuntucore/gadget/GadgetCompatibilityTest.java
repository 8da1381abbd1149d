package dev.plugpull.sim.ubuntucore.gadget;

import static dev.plugpull.sim.ubuntucore.gadget.Gadgets.GRUB;
import static dev.plugpull.sim.ubuntucore.gadget.Gadgets.UC22;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may change between two gadgets, and which structures an update writes. */
class GadgetCompatibilityTest {

  private static final String ASSETS =
      "assets: {dtbs: {update: true, content: [dtbs/]}, fixed: {content: [fixed/]}}";

  private static GadgetInfo info(String text) {
    return Gadgets.parse(text).info();
  }

  private static List<Finding> check(String from, String to) {
    return GadgetCompatibility.check(info(from), info(to), UC22);
  }

  @Test
  void theSameIsCompatible() {
    assertThat(check(GRUB, GRUB)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "U1 | '  pc:' | '  pc2:'",
        "U3 | name: ubuntu-save | name: save",
        "U3 | role: system-save | id: X",
        "U3 | size: 32M | 'size: 32M\n        id: X'",
        "U4 | type: 21686148-6449-6E6F-744E-656564454649 | type: 21686148-6449-6E6F-744E-656564454640",
        "U5 | filesystem: vfat | filesystem: ext4",
        "U5 | filesystem: vfat | filesystem: none",
        "U6 | size: 1G | size: 2G",
        "U7 | 'size: 1M, offset: 1M' | 'size: 1M, offset: 2M'",
        "U8 | schema: gpt | schema: mbr",
        "U8 | bootloader: grub | bootloader: u-boot",
        "U8 | schema: gpt | 'schema: gpt\n    id: X'",
        "U8 | schema: gpt | 'partial: [schema]'",
      })
  void aChangeThatDevicesCannotTake(GadgetRule rule, String old, String with) {
    assertThat(GRUB).contains(old);
    assertThat(check(GRUB, GRUB.replace(old, with))).extracting(Finding::rule).contains(rule);
  }

  @Test
  void u2TheNumberOfStructures() {
    assertThat(check(GRUB, GRUB.substring(0, GRUB.indexOf("      - name: ubuntu-data")))).extracting(Finding::rule)
        .containsExactly(GadgetRule.U2);
  }

  @Test
  void whatMayChange() {
    String guid = "21686148-6449-6E6F-744E-656564454649";
    assertThat(check(GRUB, GRUB.replace(guid, "'DA," + guid + "'"))).isEmpty();
    assertThat(check(GRUB, GRUB.replace("type: mbr,", "type: bare, role: mbr,"))).isEmpty();
    assertThat(check(GRUB, GRUB.replace("size: 1G", "min-size: 1G\n        size: 8G"))).isEmpty();
    assertThat(check(GRUB, GRUB.replace("edition: 2", "edition: 9"))).isEmpty();
    assertThat(check(GRUB.replace("schema: gpt", "partial: [schema]"), GRUB)).isEmpty();
    assertThat(check(GRUB.replace("size: 32M", "min-size: 16M\n        size: 32M"), GRUB)).isEmpty();
  }

  private static List<String> plan(String from, String to, UpdatePlan.Policy policy) {
    KernelInfo kernel = KernelInfo.parse(ASSETS.getBytes(StandardCharsets.UTF_8), "kernel.yaml");
    return UpdatePlan.of(info(from), info(to), UC22, policy, kernel).updates().stream()
        .map(update -> update.to().structure().name())
        .toList();
  }

  @Test
  void aHigherEditionUpdatesInTheOrderOfTheBootChain() {
    assertThat(plan(GRUB, GRUB, UpdatePlan.Policy.EDITION)).isEmpty();
    assertThat(plan(GRUB, GRUB.replaceAll("edition: .", "edition: 7"), UpdatePlan.Policy.EDITION))
        .containsExactly("mbr", "ubuntu-boot", "ubuntu-seed");
    assertThat(plan(GRUB, GRUB.replace("edition: 2", "edition: 1"), UpdatePlan.Policy.EDITION)).isEmpty();
  }

  @Test
  void aRemodelUpdatesEverythingButTheBootSector() {
    assertThat(plan(GRUB, GRUB, UpdatePlan.Policy.REMODEL)).containsExactly("ubuntu-boot", "ubuntu-seed");
  }

  @Test
  void aKernelUpdatesOnlyItsAssets() {
    String added = "content: [{source: \\$kernel:dtbs/dtbs/x, target: /}, {source";
    String with = GRUB.replaceFirst("content: \\[\\{source", added);
    assertThat(plan(with, with, UpdatePlan.Policy.KERNEL)).containsExactly("ubuntu-seed");
    String fixed = with.replace("kernel:dtbs/dtbs/x", "kernel:fixed/fixed/x");
    assertThat(plan(fixed, fixed, UpdatePlan.Policy.KERNEL)).isEmpty();
    assertThat(plan(GRUB, GRUB, UpdatePlan.Policy.KERNEL)).isEmpty();
  }

  @Test
  void aPlanNeedsTheSameShape() {
    GadgetInfo other = info(GRUB.replace("  pc:", "  pc2:"));
    assertThatThrownBy(
            () -> UpdatePlan.of(info(GRUB), other, UC22, UpdatePlan.Policy.EDITION, KernelInfo.NONE))
        .hasMessage("cannot plan an update: volume \"pc2\" is new");
  }
}
