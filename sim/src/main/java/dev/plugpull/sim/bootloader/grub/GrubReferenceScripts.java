package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Our own configurations that keep the protocols of {@code ubuntu-core.md} 4.1 and 4.3: twins of the real ones. */
public final class GrubReferenceScripts {

  private GrubReferenceScripts() {}

  /** Run mode of UC20 and later, {@code EFI/ubuntu/grub.cfg} on ubuntu-boot. */
  public static Content uc20Run() {
    return script("uc20-run.cfg");
  }

  /** The seed partition of UC20 and later, {@code EFI/ubuntu/grub.cfg} on ubuntu-seed. */
  public static Content uc20Seed() {
    return script("uc20-seed.cfg");
  }

  /** A gadget's {@code grub.cfg} of UC16 and UC18. */
  public static Content uc18() {
    return script("uc18.cfg");
  }

  private static Content script(String name) {
    try (InputStream in = GrubReferenceScripts.class.getResourceAsStream(name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Content.parsed(text, GrubScript.parse(name, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
