package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.media.Content;

/** Where parsed scripts come from, so that a script is parsed once and not at every boot. */
interface ScriptSource {
  GrubScript script(String file, Content content);
}
