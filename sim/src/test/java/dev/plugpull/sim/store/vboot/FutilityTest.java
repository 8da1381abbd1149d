package dev.plugpull.sim.store.vboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.store.trust.RsaKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.Tool;
import dev.plugpull.sim.store.vboot.KernelJudge.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chrome OS's own tool judges our kernels, and we judge what it made. */
@Tag("differential")
class FutilityTest {

  private static final Path KEYS = Path.of("/usr/share/vboot/devkeys");

  @TempDir
  private Path folder;

  @BeforeEach
  void needsTheTool() {
    Tool.require("futility", "vboot-kernel-utils");
  }

  @Test
  void itAcceptsOurKernelAndRefusesATamperedOne() throws Exception {
    RsaKey subkey = RsaKey.generate(2048, new SeededRandom(3));
    RsaKey data = RsaKey.generate(2048, new SeededRandom(4));
    byte[] kernel = KernelBlob.kernel(KernelBlob.keyblock(PackedKey.of(data.publicKey(), 7), 0x7, subkey), data, 9,
        new byte[64 << 10]);
    Files.write(folder.resolve("subkey"), PackedKey.of(subkey.publicKey(), 1).file());
    Files.write(folder.resolve("kernel"), kernel);
    Tool.Said said = Tool.run(folder, Map.of(), "futility", "vbutil_kernel", "--verify", "kernel", "--signpubkey",
        "subkey", "--verbose");
    assertThat(said.exit()).as(said.text()).isZero();
    assertThat(said.text()).contains("Body verification succeeded.").contains("Kernel version:      9")
        .contains("Data key version:    7");
    kernel[kernel.length - 1] ^= 1;
    Files.write(folder.resolve("kernel"), kernel);
    assertThat(Tool.run(folder, Map.of(), "futility", "vbutil_kernel", "--verify", "kernel", "--signpubkey",
        "subkey").exit()).isNotZero();
  }

  @Test
  void weAcceptWhatItSigned() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(KEYS),
        "no " + KEYS + "; install the Debian package vboot-kernel-utils");
    Files.write(folder.resolve("vmlinuz"), new byte[100_000]);
    Files.writeString(folder.resolve("config"), "console=ttyS0");
    Tool.Said said = Tool.run(folder, Map.of(), "futility", "vbutil_kernel", "--pack", "kernel", "--keyblock",
        KEYS.resolve("kernel.keyblock").toString(), "--signprivate", KEYS.resolve("kernel_data_key.vbprivk").toString(),
        "--version", "5", "--vmlinuz", "vmlinuz", "--config", "config", "--bootloader",
        "config", "--arch", "arm");
    assertThat(said.exit()).as(said.text()).isZero();
    byte[] kernel = Files.readAllBytes(folder.resolve("kernel"));
    PackedKey subkey = PackedKey.read(Files.readAllBytes(KEYS.resolve("kernel_subkey.vbpubk")));
    assertThat(new KernelJudge(subkey, Mode.NORMAL, 0x10005).judge(kernel).version()).isEqualTo(0x10005);
    assertThat(subkey.file()).isEqualTo(Files.readAllBytes(KEYS.resolve("kernel_subkey.vbpubk")));
  }
}
