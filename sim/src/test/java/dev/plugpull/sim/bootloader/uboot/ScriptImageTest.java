package dev.plugpull.sim.bootloader.uboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.uboot.ScriptImage.Result;
import dev.plugpull.sim.media.Content;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptImageTest {

  private static Result read(byte[] bytes) {
    return ScriptImage.read(Content.of(bytes), null, true, false);
  }

  @Test
  void aLegacyImageGivesItsText() {
    assertThat(read(ScriptImage.legacy("echo hi\n"))).isEqualTo(new Result.Script("echo hi\n"));
  }

  @ParameterizedTest
  @CsvSource({"8,Bad header crc", "70,Bad data crc", "0,Wrong image format for \"source\" command"})
  void aDamagedLegacyImageIsRefused(int at, String message) {
    byte[] image = ScriptImage.legacy("echo hi\n");
    image[at] ^= 1;
    assertThat(read(image)).isEqualTo(new Result.Refused(message));
  }

  @Test
  void aShortImageIsRefused() {
    assertThat(read(java.util.Arrays.copyOf(ScriptImage.legacy("echo hi\n"), 70)))
        .isEqualTo(new Result.Refused("Bad data crc"));
    assertThat(ScriptImage.read(Content.text("echo\n"), null, true, true)).isEqualTo(new Result.Script("echo\n"));
    assertThat(read("echo\n".getBytes(StandardCharsets.UTF_8))).isInstanceOf(Result.Refused.class);
  }

  /** Writes the structure block of a small tree. */
  private static final class Tree {
    private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();

    Tree open(String name) {
      number(1);
      padded(name.getBytes(StandardCharsets.ISO_8859_1), true);
      return this;
    }

    Tree close() {
      return number(2);
    }

    Tree property(String name, byte[] value) {
      int at = strings.size();
      strings.writeBytes((name + "\0").getBytes(StandardCharsets.ISO_8859_1));
      number(3).number(value.length).number(at);
      padded(value, false);
      return this;
    }

    Tree property(String name, String value) {
      return property(name, (value + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
      number(9);
      ByteBuffer all = ByteBuffer.allocate(40 + structure.size() + strings.size());
      all.putInt(FlatTree.MAGIC).putInt(all.capacity()).putInt(40).putInt(40 + structure.size());
      all.position(40);
      return all.put(structure.toByteArray()).put(strings.toByteArray()).array();
    }

    private Tree number(int value) {
      structure.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
      return this;
    }

    private void padded(byte[] value, boolean zero) {
      structure.writeBytes(value);
      int count = zero ? 1 : 0;
      while ((value.length + count) % 4 != 0) {
        count++;
      }
      structure.writeBytes(new byte[count]);
    }
  }

  private static byte[] fit(String script, int crcError) {
    byte[] text = script.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(text);
    byte[] value = ByteBuffer.allocate(4).putInt((int) crc.getValue() + crcError).array();
    return new Tree().open("").open("images").property("default", "one").open("one").property("type", "script")
        .property("data", text).open("hash").property("algo", "crc32").property("value", value).close().close().close()
        .close().bytes();
  }

  @Test
  void aFitGivesItsDefaultScriptAndItsHashIsChecked() {
    assertThat(read(fit("echo fit\n", 0))).isEqualTo(new Result.Script("echo fit\n"));
    assertThat(read(fit("echo fit\n", 1))).isEqualTo(new Result.Refused("Bad Data Hash"));
    assertThat(ScriptImage.read(Content.of(fit("echo fit\n", 0)), "two", true, false))
        .isEqualTo(new Result.Refused("Can't find 'two' FIT subimage"));
  }

  @Test
  void extlinuxTriesTheDefaultLabelThenTheOthers() {
    FakeMachine machine = new FakeMachine();
    machine.volume(1, "boot", "ext4").with("/extlinux/extlinux.conf", """
        default new
        label old
          kernel /old.img
          append root=old
        label new
          linux /new.img
          initrd ../initrd
          append root=new
        """).with("/old.img", Content.opaque("old", 9)).with("/new.img", Content.opaque("new", 9).prefix(4));
    BootOutcome outcome = new Uboot(UbootBoard.standard()).powerOn(machine).outcome();
    assertThat(outcome).isInstanceOf(BootOutcome.StartKernel.class);
    assertThat(((BootOutcome.StartKernel) outcome).commandLine()).isEqualTo("root=old");
  }
}
