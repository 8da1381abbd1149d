package dev.plugpull.sim.filesystem.squashfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Blocks that unpack to just what they may, to one byte more, or that end in the middle. */
class PackedBlockTest {
  private static final byte[] CONTENT = "what a block holds, ".repeat(50).getBytes(StandardCharsets.UTF_8);

  private static byte[] packed(Compression compression, int preset) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compression == Compression.GZIP ? new DeflaterOutputStream(bytes)
        : new XZOutputStream(bytes, new LZMA2Options(preset))) {
      out.write(CONTENT);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "XZ"})
  void aBlockUnpacksToAtMostTheLimit(Compression compression) throws IOException {
    byte[] block = packed(compression, 1);
    assertThat(compression.unpack(block, CONTENT.length)).isEqualTo(CONTENT);
    assertThat(compression.unpack(block, CONTENT.length + 1)).isEqualTo(CONTENT);
    assertThatThrownBy(() -> compression.unpack(block, CONTENT.length - 1)).isInstanceOf(SquashfsException.class)
        .hasMessage("cannot read squashfs image: a " + compression.label() + " block unpacks to more than "
            + (CONTENT.length - 1) + " bytes");
    assertThatThrownBy(() -> compression.unpack(Arrays.copyOf(block, block.length / 2), CONTENT.length))
        .isInstanceOf(SquashfsException.class).hasMessageContaining("a " + compression.label() + " block");
  }

  @Test
  void anXzBlockMayNotAskForMoreMemoryThanLinuxHasForIt() throws IOException {
    byte[] greedy = packed(Compression.XZ, 9);
    assertThatThrownBy(() -> Compression.XZ.unpack(greedy, CONTENT.length)).isInstanceOf(SquashfsException.class)
        .hasMessageStartingWith("cannot read squashfs image: a xz block is damaged: ");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aDamagedBlockIsSaidToBeDamaged(Compression compression) {
    byte[] noise = new byte[64];
    Arrays.fill(noise, (byte) 0xA5);
    assertThatThrownBy(() -> compression.unpack(noise, 4096)).isInstanceOf(SquashfsException.class)
        .hasMessageStartingWith("cannot read squashfs image: a " + compression.label() + " block is damaged: ");
  }

  @Test
  void eachIdHasItsCompressionAndTwoIsRefusedWithARemedy() throws IOException {
    assertThat(Compression.of(1)).isEqualTo(Compression.GZIP);
    assertThat(Compression.of(3)).isEqualTo(Compression.LZO);
    assertThat(Compression.of(4)).isEqualTo(Compression.XZ);
    assertThat(Compression.of(5)).isEqualTo(Compression.LZ4);
    assertThat(Compression.of(6)).isEqualTo(Compression.ZSTD);
    assertThatThrownBy(() -> Compression.of(2)).hasMessageContaining("pack the snap with xz or lzo");
    assertThatThrownBy(() -> Compression.of(0)).hasMessageContaining("its compression id 0 is none of");
  }
}
