package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.grub.GrubEnvironment;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import java.util.Optional;

/**
 * {@code grubenv} from user space.
 *
 * <p>boot_counter: written by greenboot when an update is staged (or after a failed check), by GRUB at each boot;
 * absent means no countdown. boot_success: 1 written by greenboot after passed checks, 0 by GRUB at each boot.
 * greenboot_next_deployment_id and fallback: written by greenboot-rs before finalization, unset after the next boot.
 */
final class GrubEnv {
  private final Machine machine;
  private final String path;

  GrubEnv(Machine machine) {
    this.machine = machine;
    this.path = machine.setup.boot() + "/grub2/grubenv";
  }

  /** The value of a variable, empty if it is not set or the file is no environment block. */
  String get(String name) {
    return block().flatMap(block -> block.get(name)).orElse("");
  }

  private Optional<GrubEnvironment> block() {
    Content content = machine.boot().tree().content(path);
    return content == null ? Optional.empty() : GrubEnvironment.grub(content);
  }

  /** Sets a variable, or removes it where the value is empty; one call is one run of the tool. */
  void set(String point, String name, String value) {
    GrubEnvironment block = block().orElseThrow(
        () -> new SysrootError("cannot set " + name + " in " + path + ": invalid environment block"));
    GrubEnvironment changed = value.isEmpty() ? block.unset(name) : block.set(name, value).orElseThrow(
        () -> new SysrootError("cannot set " + name + " in " + path + ": environment block too small"));
    LiveVolume boot = machine.boot();
    machine.step("sets " + name + "=" + value + " in " + path);
    if (machine.setup.board().atomicEnvironment()) {
      Writes.replaceSynced(machine, point, boot, path, changed.content());
    } else {
      Writes.truncating(machine, point, boot, path, changed.content());
    }
  }
}
