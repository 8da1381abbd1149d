package dev.plugpull.sim.ubuntucore.gadget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content rules: each with a gadget that breaks it and a twin that keeps it. */
class ContentRulesTest {

  private static final String RAW =
      """
      volumes:
        board:
          schema: gpt
          bootloader: u-boot
          structure:
            - {name: raw, type: bare, offset: 1M, size: 1000, content: [{image: a.bin}, {image: b.bin}]}
            - name: seed
              role: system-seed
              filesystem: vfat
              type: C12A7328-F81F-11D2-BA4B-00A0C93EC93B
              size: 10M
              content: [{source: files/, target: /}]
            - {name: data, role: system-data, filesystem: ext4, type: 0FC63DAF-8483-4772-8E79-3D69D8477DE4, size: 10M}
      """;

  @TempDir Path temp;
  private String yaml = RAW;
  private Target target = Gadgets.UC22;

  @BeforeEach
  void makeAGoodOne() throws IOException {
    Files.createDirectories(temp.resolve("meta"));
    Files.createDirectories(temp.resolve("files"));
    Files.writeString(temp.resolve("meta/snap.yaml"), "name: board\ntype: gadget\n");
    Files.writeString(temp.resolve("uboot.conf"), "");
    Files.write(temp.resolve("a.bin"), new byte[600]);
    Files.write(temp.resolve("b.bin"), new byte[400]);
    Files.writeString(temp.resolve("files/one"), "1");
  }

  private ContentRules.Result check(KernelInfo kernel) throws IOException {
    Files.writeString(temp.resolve("meta/gadget.yaml"), yaml);
    try (GadgetPackage gadget = GadgetPackage.open(temp, "")) {
      return ContentRules.check(gadget, gadget.yaml().info(), target, Optional.ofNullable(kernel));
    }
  }

  private void breaks(GadgetRule rule) throws IOException {
    breaks(rule, null);
  }

  private void breaks(GadgetRule rule, KernelInfo kernel) throws IOException {
    ContentRules.Result result = check(kernel);
    assertThat(result.findings()).as("%s", result).extracting(Finding::rule).isNotEmpty().containsOnly(rule);
    assertThat(result.findings()).allSatisfy(finding -> assertThat(finding.remedy()).isNotBlank());
  }

  private void keepsAll() throws IOException {
    assertThat(check(null).findings()).isEmpty();
  }

  private void replace(String old, String with) {
    assertThat(yaml).contains(old);
    yaml = yaml.replace(old, with);
  }

  @Test
  void theGoodOneIsGood() throws IOException {
    keepsAll();
    assertThat(check(null).notLookedAt()).isEmpty();
  }

  @Test
  void c1SourceAndImageExist() throws IOException {
    Files.delete(temp.resolve("a.bin"));
    breaks(GadgetRule.C1);
    Files.write(temp.resolve("a.bin"), new byte[1]);
    keepsAll();
    replace("source: files/", "source: missing");
    breaks(GadgetRule.C1);
  }

  @Test
  void absentContentOfASourceTreeIsNotLookedAt() throws IOException {
    Files.delete(temp.resolve("meta/snap.yaml"));
    Files.delete(temp.resolve("a.bin"));
    Files.delete(temp.resolve("uboot.conf"));
    ContentRules.Result result = check(null);
    assertThat(result.findings()).isEmpty();
    assertThat(result.notLookedAt()).hasSize(2).anyMatch(text -> text.startsWith("a.bin of structure \"raw\""))
        .anyMatch(text -> text.startsWith("uboot.conf: "));
  }

  @Test
  void c2TrailingSlashIsAFolder() throws IOException {
    replace("source: files/", "source: files/one/");
    breaks(GadgetRule.C2);
    replace("source: files/one/", "source: files/one");
    keepsAll();
  }

  @Test
  void c3KernelReferencesResolve() throws IOException {
    KernelInfo kernel = kernel("assets: {dtbs: {content: [dtbs/board.dtb, overlays/]}}");
    for (String bad : new String[] {"$kernel:dtbs", "$kernel:/x", "$kernel:dtbs/../x", "$kernel:d_t/x"}) {
      yaml = RAW.replace("source: files/", "source: " + bad);
      breaks(GadgetRule.C3);
    }
    for (String bad : new String[] {"$kernel:other/dtbs/board.dtb", "$kernel:dtbs/dtbs/other", "$kernel:dtbs/over"}) {
      yaml = RAW.replace("source: files/", "source: " + bad);
      breaks(GadgetRule.C3, kernel);
      assertThat(check(null).notLookedAt()).hasSize(1);
    }
    for (String good : new String[] {"$kernel:dtbs/dtbs/board.dtb", "$kernel:dtbs/overlays/x.dtbo"}) {
      yaml = RAW.replace("source: files/", "source: " + good);
      assertThat(check(kernel).findings()).isEmpty();
    }
  }

  @Test
  void c4KernelAssetsAreUsed() throws IOException {
    KernelInfo kernel = kernel("assets: {dtbs: {update: true, content: [dtbs]}, more: {content: [x]}}");
    breaks(GadgetRule.C4, kernel);
    replace("source: files/", "source: $kernel:dtbs/dtbs/");
    assertThat(check(kernel).findings()).isEmpty();
  }

  private static KernelInfo kernel(String text) {
    return KernelInfo.parse(text.getBytes(StandardCharsets.UTF_8), "kernel.yaml");
  }

  @Test
  void c5ImagesFit() throws IOException {
    Files.write(temp.resolve("b.bin"), new byte[401]);
    breaks(GadgetRule.C5);
    replace("{image: b.bin}", "{image: b.bin, offset: 10}");
    breaks(GadgetRule.C5);
    replace("{image: b.bin, offset: 10}", "{image: b.bin, size: 400}");
    breaks(GadgetRule.C5);
    Files.write(temp.resolve("b.bin"), new byte[400]);
    keepsAll();
    replace("{image: a.bin}", "{image: a.bin, offset: 400}");
    replace("{image: b.bin, size: 400}", "{image: b.bin, offset: 0}");
    keepsAll();
  }

  @Test
  void c6EncryptedStructuresHaveNoContent() throws IOException {
    String data = "DE4, size: 10M}";
    replace(data, "DE4, size: 10M, content: [{source: files/, target: /}]}");
    keepsAll();
    target = Gadgets.UC22_ENCRYPTED;
    breaks(GadgetRule.C6);
  }

  @Test
  void c7ManagedConfigurationIsLeftToSnapd() throws IOException {
    Files.move(temp.resolve("uboot.conf"), temp.resolve("grub.conf"));
    replace("bootloader: u-boot", "bootloader: grub");
    replace("{source: files/, target: /}", "{source: files/one, target: EFI/ubuntu/grub.cfg}");
    breaks(GadgetRule.C7);
    replace("EFI/ubuntu/grub.cfg", "EFI/ubuntu/other.cfg");
    keepsAll();
  }

  @Test
  void c8NoSymbolicLinks() throws IOException {
    Files.createSymbolicLink(temp.resolve("files/link"), Path.of("one"));
    breaks(GadgetRule.C8);
    replace("source: files/", "source: files/link");
    breaks(GadgetRule.C8);
    replace("source: files/link", "source: files/one");
    keepsAll();
    replace("source: files/one", "source: ../outside");
    Files.createDirectories(temp.resolveSibling("outside"));
    breaks(GadgetRule.C8);
    Files.delete(temp.resolveSibling("outside"));
  }

  @Test
  void c9AndC10MarkerFile() throws IOException {
    Files.delete(temp.resolve("uboot.conf"));
    breaks(GadgetRule.C9);
    String type = "type: 3DE21764-95BD-54BD-A5C3-4ABE786F38A8";
    String state = "{name: st, role: system-boot-state, " + type + ", size: 1M, offset: 1G}";
    replace("- {name: data,", "- " + state + "\n      - {name: data,");
    keepsAll();
    yaml = RAW;
    Files.writeString(temp.resolve("lk.conf"), "");
    breaks(GadgetRule.C9);
    Files.writeString(temp.resolve("uboot.conf"), "");
    breaks(GadgetRule.C10);
  }

  @Test
  void v15CommandLineFiles() throws IOException {
    String[] bad = {
      "root=/dev/sda", "a #b", "a=\"b", "snapd_x", "=x", "a=b=c", "a=x\"y\"", "quiet\n# comment\ninit=/bin/sh"
    };
    for (String text : bad) {
      Files.writeString(temp.resolve("cmdline.extra"), text);
      breaks(GadgetRule.V15);
    }
    for (String text : new String[] {"quiet splash", "# comment\na=\"b c=d\"", "snapd.debug=1 memmap=100M#3G", ""}) {
      Files.writeString(temp.resolve("cmdline.extra"), text);
      keepsAll();
    }
    Files.writeString(temp.resolve("cmdline.full"), "a");
    breaks(GadgetRule.V15);
    replace("volumes:", "kernel-cmdline: {append: [quiet]}\nvolumes:");
    keepsAll();
  }
}
