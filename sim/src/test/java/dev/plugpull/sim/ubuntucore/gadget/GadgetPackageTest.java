package dev.plugpull.sim.ubuntucore.gadget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.filesystem.squashfs.MakeSquashfs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding and opening gadgets, and refusing what cannot be read with a reason and a remedy. */
class GadgetPackageTest {

  @TempDir Path temp;

  private Path put(String path, String text) throws IOException {
    Path file = temp.resolve("gadget").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return temp.resolve("gadget");
  }

  private Path prepared() throws IOException {
    put("meta/gadget.yaml", Gadgets.GRUB);
    put("meta/snap.yaml", "name: my-pc\nversion: '1'\ntype: gadget\nbase: core24\n");
    put("mbr.img", "x");
    put("grubx64.efi", "x");
    return put("grub.conf", "");
  }

  @Test
  void readsAPreparedFolderAndItsSnapAlike() throws Exception {
    Path folder = prepared();
    Path snap = MakeSquashfs.pack(folder, temp.resolve("my-pc.snap"), "-comp", "xz");
    try (GadgetPackage inFolder = GadgetPackage.open(folder, "");
        GadgetPackage inSnap = GadgetPackage.open(snap, "")) {
      assertThat(inFolder.form()).isEqualTo(GadgetPackage.Form.PREPARED);
      assertThat(inSnap.form()).isEqualTo(GadgetPackage.Form.SNAP);
      assertThat(inSnap.files().entries()).isEqualTo(inFolder.files().entries());
      assertThat(inSnap.metadata()).isEqualTo(new SnapMetadata("my-pc", "1", "gadget", "core24"));
      assertThat(inSnap.yaml().info().volumes()).isEqualTo(inFolder.yaml().info().volumes());
      assertThat(inSnap.files().where("meta/gadget.yaml")).isEqualTo(snap + ":meta/gadget.yaml");
      assertThat(inSnap.markers()).containsExactly("grub.conf");
      assertThat(Target.infer(inSnap.yaml().info(), inSnap.metadata().base(), false).series()).isEqualTo(24);
    }
  }

  @Test
  void sourcesStandForBuiltFilesInASourceTreeOnly() throws IOException {
    put("gadget.yaml", Gadgets.UBOOT_18);
    put("u-boot/boot.scr.in", "echo hello");
    put("uboot.env.source", "a=b");
    try (GadgetPackage gadget = GadgetPackage.open(put("u-boot/deeper/boot.scr.in", "echo"), "")) {
      assertThat(gadget.form()).isEqualTo(GadgetPackage.Form.SOURCE_TREE);
      assertThat(gadget.standIn("boot.scr")).contains("u-boot/boot.scr.in");
      assertThat(gadget.standIn("assets/uboot.env")).contains("uboot.env.source");
      assertThat(gadget.standIn("kernel.img")).isEmpty();
    }
    put("meta/snap.yaml", "name: x\n");
    try (GadgetPackage gadget = GadgetPackage.open(put("meta/gadget.yaml", Gadgets.UBOOT_18), "")) {
      assertThat(gadget.form()).isEqualTo(GadgetPackage.Form.PREPARED);
      assertThat(gadget.standIn("boot.scr")).isEmpty();
    }
  }

  @Test
  void aTreeThatIsBuiltIntoAPreparedFolderIsNotOneYet() throws IOException {
    put("meta/snap.yaml", "name: x\n");
    put("uboot.env.in", "bootcmd=run x\n");
    try (GadgetPackage gadget = GadgetPackage.open(put("meta/gadget.yaml", Gadgets.UBOOT_18), "")) {
      assertThat(gadget.form()).isEqualTo(GadgetPackage.Form.SOURCE_TREE);
      assertThat(gadget.standIn("uboot.env")).contains("uboot.env.in");
    }
  }

  /** As snapd decides without a model: no seed, no modes; and from Ubuntu Core 20 on only classic is without. */
  @Test
  void aGadgetWithoutTheRolesOfItsSeriesIsOfAClassicSystem() {
    GadgetInfo bootOnly = GadgetYaml.parse(Gadgets.UBOOT_18.getBytes(StandardCharsets.UTF_8), "x").info();
    assertThat(bootOnly.hasRole(Role.DATA)).isFalse();
    Target classic = Target.infer(bootOnly, "core22", false);
    assertThat(classic.kind()).isEqualTo(SystemKind.CLASSIC);
    assertThat(classic.why()).contains("--series 22");
    assertThat(Target.infer(bootOnly, "core18", false).kind()).isEqualTo(SystemKind.CORE_WITHOUT_MODES);
    assertThat(Target.of(22, bootOnly, false).kind()).isEqualTo(SystemKind.CORE_WITH_MODES);
    GadgetInfo core = GadgetYaml.parse(Gadgets.GRUB.getBytes(StandardCharsets.UTF_8), "x").info();
    assertThat(Target.infer(core, "core22", false).kind()).isEqualTo(SystemKind.CORE_WITH_MODES);
  }

  @Test
  void findsTheYamlByArchitecture() throws IOException {
    put("gadget/gadget-amd64.yaml", Gadgets.GRUB);
    Path folder = put("gadget/gadget-arm64.yaml", Gadgets.UBOOT_18);
    try (GadgetPackage gadget = GadgetPackage.open(folder, "arm64")) {
      assertThat(gadget.yamlPath()).isEqualTo("gadget/gadget-arm64.yaml");
    }
    try (GadgetPackage gadget = GadgetPackage.open(folder, "")) {
      assertThat(gadget.yamlPath()).isEqualTo("gadget/gadget-amd64.yaml");
    }
  }

  @Test
  void refusesWhatIsNotAGadget() throws Exception {
    refused(temp.resolve("nothing"), "no such file or folder; name a folder or a .snap");
    refused(put("README", "x"), "it has no meta/gadget.yaml");
    refused(put("layout.json", "{}"), "only facts about a gadget \\(layout.json\\)");
    refused(Files.writeString(temp.resolve("text.snap"), "not a snap"), "too few for a superblock");
    refused(Files.write(temp.resolve("zeros.snap"), new byte[5000]), "does not begin with the squashfs magic");
    refused(Files.createFile(temp.resolve("empty.snap")), "the file has 0 bytes");
    put("gadget.yaml", Gadgets.GRUB);
    refused(put("meta/snap.yaml", "name: k\ntype: kernel\n"), "snap of type kernel and not a gadget");
  }

  @Test
  void refusesATemplate() throws IOException {
    refused(put("gadget.yaml.template", "<name>"), "template with placeholders.*fill it in and save it as gadget.yaml");
  }

  private static void refused(Path path, String why) {
    assertThatThrownBy(() -> GadgetPackage.open(path, "").close())
        .isInstanceOf(UnreadableGadgetException.class)
        .hasMessageStartingWith("cannot read gadget: " + path)
        .hasMessageMatching("(?s).*" + why + ".*");
  }

  @Test
  void refusesLinksThatLeaveTheFolder() throws IOException {
    Path secret = Files.writeString(temp.resolve("secret"), "top secret");
    Path folder = put("README", "x");
    Files.createSymbolicLink(folder.resolve("gadget.yaml"), secret);
    assertThatThrownBy(() -> GadgetPackage.open(folder, "")).hasMessageContaining("it leads out of the gadget");
    Files.delete(folder.resolve("gadget.yaml"));
    put("gadget.yaml", Gadgets.GRUB);
    try (GadgetPackage gadget = GadgetPackage.open(folder, "")) {
      assertThat(gadget.standIn("../secret")).isEmpty();
      assertThat(gadget.standIn("/gadget.yaml")).contains("/gadget.yaml");
      assertThat(gadget.files().read("/gadget.yaml", 10_000)).asString().isEqualTo(Gadgets.GRUB);
      assertThatThrownBy(() -> gadget.files().read("../secret", 100)).hasMessageContaining("leads out of the gadget");
    }
  }

  @Test
  void refusesLinksThatLeaveTheSnap() throws Exception {
    Path folder = prepared();
    Files.delete(folder.resolve("meta/gadget.yaml"));
    Files.createSymbolicLink(folder.resolve("meta/gadget.yaml"), Path.of("/nowhere/at/all"));
    Path snap = MakeSquashfs.pack(folder, temp.resolve("x.snap"));
    Files.delete(folder.resolve("meta/gadget.yaml"));
    refused(snap, "symbolic link to the absolute path /nowhere/at/all");
  }

  @Test
  void doesNotReadAGigabyte() throws IOException {
    Path folder = put("gadget.yaml", "volumes:\n");
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("gadget.yaml").toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    unreadable(folder, "larger than the 1048576 bytes that are looked at");
  }

  @Test
  void refusesYamlThatCannotBeRead() throws IOException {
    unreadableText("", "the file is empty");
    unreadableText("# only a comment\n", "the file is empty");
    unreadableText("a: \0", "binary data \\(a zero byte at offset 3\\)");
    unreadableText("- a\n", "it is a list and not a map");
    unreadableText("volumes: [\n", "gadget.yaml:2: not valid YAML");
    unreadableText("volumes: &a\n  x: *a\n", "gadget.yaml:2: anchor \"a\" contains itself");
    unreadableText("volumes: *b\n", "no anchor is named \"b\"");
    unreadableText("[".repeat(500_000), "nested more than 100 levels deep");
    unreadableText("a: ".repeat(1) + "{a: ".repeat(50_000), "nested more than 100 levels deep");
    unreadableText(bomb(), "more than 200000 values once aliases are expanded");
    unreadableText("\"\\u", "not valid YAML"); // found by fuzzing
    unreadableText("? [a]\n: b\n", "a map has a list as a key");
    Path folder = put("gadget.yaml", "");
    Files.write(folder.resolve("gadget.yaml"), "name: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    unreadable(folder, "not UTF-8 text; save the file as UTF-8");
  }

  private static String bomb() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++) {
      String alias = "*a" + (i - 1);
      text.append("a").append(i).append(": &a").append(i).append(" ");
      text.append(Arrays.toString(new String[] {alias, alias, alias, alias, alias, alias, alias, alias})).append("\n");
    }
    return text.toString();
  }

  private void unreadableText(String text, String why) throws IOException {
    unreadable(put("gadget.yaml", text), why);
  }

  private static void unreadable(Path folder, String why) {
    assertThatThrownBy(
            () -> {
              try (GadgetPackage gadget = GadgetPackage.open(folder, "")) {
                gadget.yaml();
              }
            })
        .isInstanceOf(UnreadableGadgetException.class)
        .hasMessageStartingWith("cannot read gadget: ")
        .hasMessageMatching("(?s).*" + why + ".*");
  }

  @Test
  void readsAKernelSnap() throws Exception {
    put("meta/snap.yaml", "name: board-kernel\ntype: kernel\nversion: 6\n");
    put("kernel.img", "x");
    Path folder = put("meta/kernel.yaml", "assets: {dtbs: {update: true, content: [dtbs/]}}\n");
    Path snap = MakeSquashfs.pack(folder, temp.resolve("kernel.snap"), "-comp", "lzo");
    for (Path path : new Path[] {folder, snap}) {
      try (KernelPackage kernel = KernelPackage.open(path)) {
        assertThat(kernel.metadata().name()).isEqualTo("board-kernel");
        assertThat(kernel.info().assets().get("dtbs").covers("dtbs/board.dtb")).isTrue();
        assertThat(kernel.files().find("kernel.img")).isPresent();
      }
    }
    Files.delete(folder.resolve("meta/kernel.yaml"));
    try (KernelPackage kernel = KernelPackage.open(folder)) {
      assertThat(kernel.info()).isEqualTo(KernelInfo.NONE);
    }
    put("meta/snap.yaml", "name: x\ntype: app\n");
    assertThatThrownBy(() -> KernelPackage.open(folder))
        .hasMessage("cannot read kernel: " + folder + ": it is a snap of type app and not a kernel;"
            + " name the kernel snap");
    assertThatThrownBy(() -> KernelPackage.open(temp.resolve("absent")))
        .hasMessageStartingWith("cannot read kernel: ");
  }

  @Test
  void mergesAndAliasesAreFollowed() {
    String shared = "x: &x {type: bare, size: 1M}\n";
    GadgetInfo info = Gadgets.parse(shared + "volumes:\n  pc:\n    structure:\n    - {<<: *x, name: a}\n").info();
    Structure structure = info.volumes().getFirst().structures().getFirst();
    assertThat(structure.type()).isEqualTo("bare");
    assertThat(structure.size()).isEqualTo(1 << 20);
    assertThat(structure.name()).isEqualTo("a");
  }
}
