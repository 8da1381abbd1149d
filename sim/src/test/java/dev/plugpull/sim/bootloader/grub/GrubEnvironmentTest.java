package dev.plugpull.sim.bootloader.grub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.media.Content;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The block byte for byte, and the executed fault results of bootloaders.md 1.1. */
class GrubEnvironmentTest {

  @Test
  void anEmptyBlockIsTheSignatureAndHashes() {
    String text = new String(GrubEnvironment.empty().bytes(), StandardCharsets.ISO_8859_1);
    assertThat(text).hasSize(1024).isEqualTo("# GRUB Environment Block\n" + "#".repeat(999));
  }

  @Test
  void variablesAreAppendedAndChangedInPlace() {
    GrubEnvironment block = GrubEnvironment.empty().set("a", "1").orElseThrow().set("b", "2").orElseThrow();
    block = block.set("a", "long").orElseThrow();
    assertThat(new String(block.bytes(), StandardCharsets.ISO_8859_1))
        .startsWith("# GRUB Environment Block\na=long\nb=2\n###");
    assertThat(block.unset("a").variables()).containsExactly(Map.entry("b", "2"));
    assertThat(block.unset("nosuch")).isEqualTo(block);
  }

  @Test
  void backslashAndNewlineAreEscaped() {
    GrubEnvironment block = GrubEnvironment.empty().set("a", "x\\y\nz").orElseThrow();
    assertThat(new String(block.bytes(), StandardCharsets.ISO_8859_1)).contains("a=x\\\\y\\\nz\n");
    assertThat(block.get("a")).contains("x\\y\nz");
  }

  @Test
  void aFullBlockTakesNothingMore() {
    GrubEnvironment full = GrubEnvironment.empty().set("a", "x".repeat(999 - 3)).orElseThrow();
    assertThat(full.set("b", "")).isEmpty();
    assertThat(full.set("a", "short")).isPresent();
    assertThat(GrubEnvironment.empty().set("a", "x".repeat(999 - 2))).isEmpty();
  }

  @Test
  void aMissingFileIsError5() {
    assertThat(GrubScripts.output("load_env -f /nosuch\necho $?"))
        .isEqualTo("error: file `/nosuch' not found.\n5\n");
    assertThat(GrubScripts.output("save_env -f /nosuch x\necho $?")).endsWith("5\n");
  }

  @Test
  void anEmptyFileIsAnInvalidBlock() {
    MemoryMachine machine = GrubScripts.machine("load_env\necho $?\nx=1\nsave_env x\necho $?");
    machine.volumes.getFirst().with("/grub/grubenv", Content.EMPTY);
    GrubRun run = new Grub(GrubConfig.stock(GrubScripts.PREFIX)).boot(machine);
    assertThat(run.output())
        .isEqualTo("error: invalid environment block.\n4\nerror: invalid environment block.\n4\n");
    assertThat(machine.written).isEmpty();
  }

  @Test
  void halfABlockCanBeReadAndNeverAgainBeWritten() {
    GrubEnvironment block = GrubEnvironment.empty().set("a", "1").orElseThrow();
    block = block.set("long", "y".repeat(600)).orElseThrow();
    byte[] torn = block.bytes();
    Arrays.fill(torn, 512, 1024, (byte) 0);
    MemoryMachine machine =
        GrubScripts.machine("load_env\necho $? $a \"<$long>\"\na=2\nsave_env a\necho $?");
    machine.volumes.getFirst().with("/grub/grubenv", Content.of(torn));
    GrubRun run = new Grub(GrubConfig.stock(GrubScripts.PREFIX)).boot(machine);
    assertThat(run.output()).isEqualTo("0 1 <>\nerror: environment block too small.\n18\n");
    assertThat(machine.written).isEmpty();
  }

  @Test
  void savingSaysWhichLineWroteWhat() {
    MemoryMachine machine = GrubScripts.machine("a=1\n\nsave_env a b");
    new Grub(GrubConfig.stock(GrubScripts.PREFIX)).boot(machine);
    assertThat(machine.written)
        .containsExactly(
            "grub.save_env (hd0,gpt1)/grub/grub.cfg:3 a=1, b removed in (hd0,gpt1)/grub/grubenv");
    assertThat(GrubEnvironment.grub(machine.volumes.getFirst().files.get("/grub/grubenv")).orElseThrow().get("a"))
        .contains("1");
  }

  @Test
  void btrfsCannotBeWritten() {
    MemoryMachine machine = GrubScripts.machine("a=1\nsave_env a\necho $?");
    machine.volumes.getFirst().type = "btrfs";
    assertThat(new Grub(GrubConfig.stock(GrubScripts.PREFIX)).boot(machine).output())
        .isEqualTo("error: sparse file not allowed.\n4\n");
  }

  @Test
  void snapdWantsTheWholeFile() throws GrubEnvironmentException {
    Map<String, String> variables = new java.util.LinkedHashMap<>();
    variables.put("kernel_status", "try");
    variables.put("a", "");
    Content file = GrubEnvironment.snapdFile(variables);
    assertThat(file.length()).isEqualTo(1024);
    assertThat(GrubEnvironment.snapd(file)).containsExactlyEntriesOf(variables);
    assertThat(GrubEnvironment.grub(file).orElseThrow().variables()).containsExactlyEntriesOf(variables);
    assertThatThrownBy(() -> GrubEnvironment.snapd(file.prefix(512))).hasMessageContaining("size is 512");
    assertThatThrownBy(() -> GrubEnvironment.snapd(Content.EMPTY)).hasMessageContaining("size is 0");
    assertThatThrownBy(() -> GrubEnvironment.snapdFile(Map.of("x", "y".repeat(1024))))
        .hasMessageContaining("do not fit");
  }
}
