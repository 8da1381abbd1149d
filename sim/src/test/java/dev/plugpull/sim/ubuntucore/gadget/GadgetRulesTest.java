package dev.plugpull.sim.ubuntucore.gadget;

import static dev.plugpull.sim.ubuntucore.gadget.Gadgets.CLASSIC;
import static dev.plugpull.sim.ubuntucore.gadget.Gadgets.GRUB;
import static dev.plugpull.sim.ubuntucore.gadget.Gadgets.HYBRID;
import static dev.plugpull.sim.ubuntucore.gadget.Gadgets.UBOOT_18;
import static dev.plugpull.sim.ubuntucore.gadget.Gadgets.UC18;
import static dev.plugpull.sim.ubuntucore.gadget.Gadgets.UC22;
import static dev.plugpull.sim.ubuntucore.gadget.Gadgets.UC22_ENCRYPTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule has a bad gadget that breaks it and nothing else, and a good twin that keeps it; both differ from a good
 * gadget in one place.
 */
class GadgetRulesTest {

  private static final String DATA_GUID = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";
  private static final String STATE =
      "      - {name: st, role: system-boot-state, type: 3DE21764-95BD-54BD-A5C3-4ABE786F38A8, size: 1M, offset: 4G}\n";

  /**
   * One pair.
   *
   * @param old text of the base gadget that is replaced
   * @param bad replacement that breaks the rule
   * @param good replacement that keeps it
   */
  record Pair(GadgetRule rule, Target target, String base, String old, String bad, String good) {
    @Override
    public String toString() {
      return rule + " " + bad.strip().replaceAll("\\s+", " ");
    }
  }

  private static Pair pair(GadgetRule rule, String old, String bad, String good) {
    return new Pair(rule, UC22, GRUB, old, bad, good);
  }

  private static Pair pair18(GadgetRule rule, String old, String bad, String good) {
    return new Pair(rule, UC18, UBOOT_18, old, bad, good);
  }

  static Stream<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    yaml(pairs);
    volumes(pairs);
    structures(pairs);
    places(pairs);
    lists(pairs);
    roles(pairs);
    emmc(pairs);
    return pairs.stream();
  }

  private static void yaml(List<Pair> pairs) {
    pairs.add(pair(GadgetRule.Y1, "size: 32M", "size: 32K", "size: 33554432"));
    pairs.add(pair(GadgetRule.Y1, "edition: 2", "edition: -1", "edition: 4294967295"));
    pairs.add(pair(GadgetRule.Y1, "edition: 2", "edition: 4294967296", "edition: 0"));
    pairs.add(pair(GadgetRule.Y1, "schema: gpt", "schema: gpt\n    id: [1]", "schema: gpt\n    id: ~"));
    pairs.add(pair(GadgetRule.Y1, "target: EFI/boot/grubx64.efi}", "target: EFI/boot/grubx64.efi, unpack: perhaps}",
        "target: EFI/boot/grubx64.efi, unpack: yes}"));
    pairs.add(pair(GadgetRule.Y2, "schema: gpt", "schema: mbr\n    schema: gpt", "schema: gpt"));
    pairs.add(pair(GadgetRule.Y3, "size: 32M", "size: 32M\n        filesytem: ext4", "size: 32M\n        id: X"));
  }

  private static void volumes(List<Pair> pairs) {
    pairs.add(pair(GadgetRule.V1, "bootloader: grub", "bootloader: grub2", "bootloader: u-boot"));
    pairs.add(pair(GadgetRule.V1, "    bootloader: grub\n", "", "    bootloader: lk\n"));
    pairs.add(pair18(GadgetRule.V1, "bootloader: u-boot", "bootloader: piboot", "bootloader: android-boot"));
    pairs.add(pair(GadgetRule.V1, "volumes:\n", "volumes:\n  two: {bootloader: grub}\n", "volumes:\n  two: {}\n"));
    pairs.add(pair(GadgetRule.V2, "  pc:", "  p:", "  p2:"));
    pairs.add(pair(GadgetRule.V2, "  pc:", "  -pc:", "  PC-1:"));
    pairs.add(pair(GadgetRule.V2, "volumes:\n", "volumes:\n  two:\n", "volumes:\n  two: {}\n"));
    pairs.add(pair(GadgetRule.V2, "schema: gpt", "schema: dos", "schema: \"gpt\""));
    pairs.add(pair(GadgetRule.V2, "schema: gpt", "schema: gpt\n    partial: [colour]",
        "schema: gpt\n    partial: [size]"));
    pairs.add(pair(GadgetRule.V2, "schema: gpt", "schema: gpt\n    partial: [size, size]",
        "schema: gpt\n    partial: [size, filesystem]"));
  }

  private static void structures(List<Pair> pairs) {
    pairs.add(pair(GadgetRule.V3, "        size: 32M\n", "", "        size: 1M\n"));
    pairs.add(pair(GadgetRule.V3, "size: 32M", "size: 32M\n        min-size: 33M", "size: 32M\n        min-size: 32M"));
    String guid = "type: 21686148-6449-6E6F-744E-656564454649";
    pairs.add(pair(GadgetRule.V4, guid, "type: DA", "type: 'DA,21686148-6449-6E6F-744E-656564454649'"));
    pairs.add(pair(GadgetRule.V4, guid, "type: 'da,21686148-6449-6E6F-744E-656564454649'",
        "type: 21686148-6449-6e6f-744e-656564454649"));
    pairs.add(pair(GadgetRule.V4, guid + ", ", "", "type: bare, "));
    pairs.add(pair18(GadgetRule.V4, "type: 0C", "type: " + DATA_GUID, "type: '0C," + DATA_GUID + "'"));
    pairs.add(pair18(GadgetRule.V4, "type: 0C", "type: 0c", "type: EF"));
    pairs.add(pair(GadgetRule.V5, guid, "role: sytem-boot, " + guid, "role: bootimg, " + guid));
    pairs.add(pair(GadgetRule.V5, guid, "role: system-boot-image, type: bare", "role: system-boot-image, " + guid));
    pairs.add(pair(GadgetRule.V6, "size: 440", "size: 447", "size: 446"));
    pairs.add(pair(GadgetRule.V6, "type: mbr, size: 440", "type: mbr, id: X, size: 440",
        "type: mbr, filesystem: none, size: 440"));
    pairs.add(pair(GadgetRule.V7, "filesystem: vfat", "filesystem: fat32", "filesystem: vfat-32"));
    pairs.add(pair(GadgetRule.V8, "{image: mbr.img}", "{source: mbr.img, target: /}", "{image: a.img, size: 10}"));
    pairs.add(pair(GadgetRule.V8, "{image: mbr.img}", "{offset: 1}", "{image: mbr.img, offset: 1}"));
    pairs.add(pair(GadgetRule.V8, "{source: grubx64.efi, target: EFI/boot/grubx64.efi}", "{source: grubx64.efi}",
        "{source: grubx64.efi, target: /}"));
    pairs.add(pair(GadgetRule.V8, "{source: grubx64.efi, target: EFI/boot/grubx64.efi}", "{image: grubx64.efi}",
        "{source: grubx64.efi, target: /}"));
    pairs.add(pair(GadgetRule.V9, "update: {edition: 2}", "update: {edition: 2, preserve: [a, a]}",
        "update: {edition: 2, preserve: [a, b]}"));
    pairs.add(pair(GadgetRule.V9, "update: {edition: 1}}", "update: {edition: 1, preserve: [a]}}",
        "update: {edition: 1, preserve: []}}"));
  }

  private static void places(List<Pair> pairs) {
    pairs.add(pair(GadgetRule.V10, "name: ubuntu-save", "name: ubuntu-data", "name: ubuntu-saved"));
    String label = "{filesystem-label: %s, filesystem: ext4, type: 83, size: 1M, offset: 1M}";
    String loader = "{name: loader, type: bare, size: 1M, offset: 32768, content: [{image: u-boot.bin}]}";
    pairs.add(pair18(GadgetRule.V10, loader, label.formatted("SYSTEM-BOOT"), label.formatted("OTHER")));
    pairs.add(pair(GadgetRule.V11, "size: 1200M", "size: 1200M\n        offset: 1M",
        "size: 1200M\n        offset: 2M"));
    pairs.add(pair(GadgetRule.V12, "offset: 1M,", "offset: 17000,", "offset: 24576,"));
    pairs.add(pair(GadgetRule.V12, "offset: 1M,", "offset: 20000,", "offset: 30000,"));
    pairs.add(pair(GadgetRule.V13, "mbr+92", "mbr+437", "mbr+436"));
    pairs.add(pair(GadgetRule.V13, "mbr+92", "bios+92", "92"));
    pairs.add(pair(GadgetRule.V13, "mbr+92", "+92", "mbr+0"));
    pairs.add(pair(GadgetRule.V13, "mbr+92", "4G", "1G"));
    pairs.add(pair(GadgetRule.V13, "mbr+92", "5G", "1G"));
    pairs.add(pair(GadgetRule.V14, "", STATE.replace(", offset: 4G", ""), STATE));
    pairs.add(pair(GadgetRule.V14, "", STATE.replace("size: 1M", "size: 1000000"), STATE));
    pairs.add(pair(GadgetRule.V14, "", STATE.replace("size: 1M", "size: 2M, min-size: 1M"), STATE));
    pairs.add(pair(GadgetRule.V14, "", STATE.replace("size: 1M", "size: 1M, filesystem: vfat"), STATE));
    pairs.add(pair(GadgetRule.V14, "", STATE.replace("3DE21764", "3DE21765"), STATE.replace("3DE21764", "3de21764")));
  }

  private static void lists(List<Pair> pairs) {
    String arguments = "kernel-cmdline: {append: [%s], allow: [%s]}\n";
    pairs.add(head(GadgetRule.V15, arguments.formatted("root=/dev/sda", ""), arguments.formatted("rootwait", "a=*")));
    pairs.add(head(GadgetRule.V15, arguments.formatted("snapd_x=1", ""), arguments.formatted("snapd.debug=1", "a")));
    pairs.add(head(GadgetRule.V15, arguments.formatted("a b", ""), arguments.formatted("'a=\"b c\"'", "")));
    pairs.add(head(GadgetRule.V15, arguments.formatted("", "a=x*"), arguments.formatted("", "'a=\"x*\"'")));
    pairs.add(head(GadgetRule.V16, "defaults: {mysnap: {a: b}}\n",
        "defaults: {99T7MUlRhtI3U0QFgl5mXXESAiSwt776: {a: b}}\n"));
    pairs.add(head(GadgetRule.V16, "connections: [{plug: one}]\n", "connections: [{plug: 'one:two'}]\n"));
    String assignment = "volume-assignments: [{assignment-name: a, assignment: {%s: {device: %s}}}]\n";
    pairs.add(head(GadgetRule.V17, assignment.formatted("pc", "/dev/sda"),
        assignment.formatted("pc", "/dev/disk/by-path/x")));
    pairs.add(head(GadgetRule.V17, assignment.formatted("other", "/dev/disk/by-id/x"),
        assignment.formatted("pc", "/dev/disk/by-id/x")));
  }

  private static Pair head(GadgetRule rule, String bad, String good) {
    return pair(rule, "volumes:\n", bad + "volumes:\n", good + "volumes:\n");
  }

  private static void roles(List<Pair> pairs) {
    String bios = "{name: bios,";
    pairs.add(pair(GadgetRule.V20, bios, "{name: bios, role: system-boot, filesystem: ext4, filesystem-label: x,",
        bios));
    pairs.add(pair(GadgetRule.V20, bios,
        "{name: bios, role: system-seed-null, filesystem: ext4, filesystem-label: x,", bios));
    pairs.add(pair(GadgetRule.V21, "role: system-save\n", "filesystem-label: ubuntu-save\n",
        "filesystem-label: other\n"));
    pairs.add(pair18(GadgetRule.V21, "system-boot,", "UBUNTU-SEED,", "ubuntu-boot,"));
    pairs.add(pair(GadgetRule.V22, "role: system-seed\n", "id: X\n", "role: system-seed\n"));
    pairs.add(pair(GadgetRule.V22, "role: system-data\n", "id: X\n", "role: system-data\n"));
    pairs.add(pair(GadgetRule.V22, "role: system-save\n", "role: system-save\n        filesystem-label: save\n",
        "role: system-save\n        filesystem-label: ubuntu-save\n"));
    String other = "volumes:\n  two: {structure: [{role: system-save, filesystem: ext4, size: 1M, type: %s}]}\n";
    pairs.add(new Pair(GadgetRule.V22, UC22, GRUB.replace("role: system-save\n", "id: X\n"), "volumes:\n",
        other.formatted(DATA_GUID), "volumes:\n"));
    pairs.add(pair18(GadgetRule.V23, "{filesystem-label: system-boot,",
        "{role: system-save, filesystem-label: system-boot,", "{role: system-boot, filesystem-label: system-boot,"));
    pairs.add(pair18(GadgetRule.V23, "{filesystem-label: system-boot,", "{role: system-data, filesystem-label: data,",
        "{role: system-data, filesystem-label: writable,"));
    String hybrid = GRUB.replace("system-seed", "system-seed-null");
    pairs.add(new Pair(GadgetRule.V24, HYBRID, hybrid, "role: system-boot\n", "id: X\n", "role: system-boot\n"));
    pairs.add(new Pair(GadgetRule.V24, HYBRID, hybrid, "role: system-data\n",
        "role: system-data\n        filesystem-label: writable\n",
        "role: system-data\n        filesystem-label: ubuntu-data\n"));
    pairs.add(new Pair(GadgetRule.V25, UC22_ENCRYPTED, GRUB, "role: system-save\n", "id: X\n",
        "role: system-save\n"));
  }

  private static void emmc(List<Pair> pairs) {
    String volume = "volumes:\n  chip: {schema: emmc, %sstructure: [{name: %s, content: [{image: x}]%s}]}\n";
    String good = volume.formatted("", "boot0", "");
    pairs.add(pair(GadgetRule.V26, "volumes:\n", volume.formatted("", "boot2", ""), good));
    pairs.add(pair(GadgetRule.V26, "volumes:\n", volume.formatted("id: X, ", "boot0", ""), good));
    pairs.add(pair(GadgetRule.V26, "volumes:\n", volume.formatted("", "boot1", ", size: 1M"), good));
    pairs.add(pair(GadgetRule.V8, "volumes:\n", good.replace("{image: x}", "{image: x, size: 1}"), good));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void badBreaksTheRuleAndGoodKeepsAll(Pair pair) {
    List<Finding> bad = Gadgets.judge(change(pair, pair.bad()), pair.target());
    assertThat(bad).extracting(Finding::rule).as("%s", bad).isNotEmpty().containsOnly(pair.rule());
    assertThat(bad).allSatisfy(finding -> {
      assertThat(finding.line()).isPositive();
      assertThat(finding.remedy()).isNotBlank();
      assertThat(finding.toString()).startsWith("gadget.yaml:");
    });
    assertThat(Gadgets.judge(change(pair, pair.good()), pair.target())).isEmpty();
  }

  private static String change(Pair pair, String replacement) {
    assertThat(pair.base()).contains(pair.old());
    if (pair.old().isEmpty()) {
      return pair.base() + replacement;
    }
    int at = pair.base().indexOf(pair.old());
    return pair.base().substring(0, at) + replacement + pair.base().substring(at + pair.old().length());
  }

  @Test
  void everyRuleOfTheYamlHasAPair() {
    Set<GadgetRule> covered = EnumSet.noneOf(GadgetRule.class);
    pairs().forEach(pair -> covered.add(pair.rule()));
    assertThat(Stream.of(GadgetRule.values()).filter(rule -> rule.id().matches("[YV].*"))).allMatch(covered::contains);
  }

  @Test
  void everyValidationRuleOfTheSpecificationIsHere() throws IOException {
    String rules = Files.readString(SharedCorpus.folder("specs").resolve("ubuntu-core.md"));
    List<String> named =
        Pattern.compile("(?m)^\\| (V\\d+) \\|").matcher(rules).results().map(id -> id.group(1)).toList();
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(Stream.of(GadgetRule.values()).map(GadgetRule::id)).containsAll(named);
  }

  @Test
  void classicMayLackVolumes() {
    assertThat(Gadgets.judge("defaults: {}\n", CLASSIC)).isEmpty();
    assertThat(Gadgets.judge("defaults: {}\n", UC22)).extracting(Finding::rule).containsExactly(GadgetRule.V1);
  }

  @Test
  void theGoodOnesAreGood() {
    assertThat(Gadgets.judge(GRUB, UC22)).isEmpty();
    assertThat(Gadgets.judge(UBOOT_18, UC18)).isEmpty();
  }
}
