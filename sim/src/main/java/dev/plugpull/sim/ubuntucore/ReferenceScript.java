package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The reference boot scripts: the documented protocol and nothing else. Twins of the vendors' scripts. */
public enum ReferenceScript {
  /** UC20 and later, {@code boot.sel} in a file. */
  UBOOT_FILE("uboot/boot-sel-file.script"),
  /** UC20 and later, two raw copies. */
  UBOOT_RAW("uboot/boot-state-saveenv.script"),
  /** UC16 and UC18. */
  UBOOT_ENV("uboot/uboot-env.script"),
  /** The configuration of ubuntu-boot that snapd manages (UC20 and later). */
  GRUB_RUN("grub/uc20-run.cfg"),
  /** The configuration of ubuntu-seed that snapd manages (UC20 and later). */
  GRUB_SEED("grub/uc20-seed.cfg"),
  /** UC16 and UC18. */
  GRUB_SINGLE("grub/uc18.cfg"),
  /** config.txt of a Raspberry Pi (UC20 and later). */
  PIBOOT_CONFIG("piboot/config.txt"),
  /** cmdline.txt of a Raspberry Pi (UC20 and later). */
  PIBOOT_COMMAND_LINE("piboot/cmdline.txt");

  private final String path;

  ReferenceScript(String name) {
    path = "/dev/plugpull/sim/bootloader/" + name;
  }

  public Content content() {
    try (InputStream stream = ReferenceScript.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException("cannot find " + path + " in this build");
      }
      return Content.of(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
