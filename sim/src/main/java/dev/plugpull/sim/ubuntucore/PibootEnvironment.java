package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables of piboot (UC20 and later), those of run mode and those of recovery systems, in {@code piboot.conf} on
 * ubuntu-seed, and the firmware's own files made of them. One change of variables is up to four writes: {@code
 * tryboot.txt} goes, the variables are saved, then the kernel's {@code cmdline.txt} and {@code config.txt} or {@code
 * tryboot.txt} are written, but only if {@code kernel_status} or {@code snapd_recovery_mode} differ from what is saved
 * (specification section 4.3, H11).
 */
final class PibootEnvironment implements BootEnvironment {
  static final String FOLDER = "/piboot/ubuntu";
  static final String PATH = FOLDER + "/piboot.conf";
  static final String CONFIG = "/config.txt";
  static final String TRY_CONFIG = "/tryboot.txt";
  static final String COMMAND_LINE = "/cmdline.txt";
  private static final String STATUS = "kernel_status";

  private final FileEnvironment file;

  PibootEnvironment(FileEnvironment file) {
    this.file = file;
  }

  @Override
  public SortedMap<String, String> read(Machine machine) {
    return file.read(machine);
  }

  @Override
  public void write(Machine machine, String point, SortedMap<String, String> changes) {
    SortedMap<String, String> now = read(machine);
    SortedMap<String, String> next = new TreeMap<>(changes);
    next.entrySet().removeIf(e -> now.getOrDefault(e.getKey(), "").equals(e.getValue()));
    if (next.getOrDefault("snap_try_kernel", "none").isEmpty()) {
      Writes.remove(machine, point + ".tryboot-removed", machine.boot(), TRY_CONFIG);
    }
    SortedMap<String, String> merged = new TreeMap<>(now);
    merged.putAll(next);
    boolean atOnce = !machine.setup.platform().environmentInPlace();
    boolean configures = next.containsKey(STATUS) || next.containsKey(SeedEnvironment.MODE);
    if (atOnce && configures) {
      // No crash point lies between these files and the variables: all or nothing.
      configure(machine, point, merged);
    }
    file.write(machine, point, next);
    if (!atOnce && configures) {
      configure(machine, point, merged);
    }
  }

  /** The variables alone: what the initramfs writes in place of a boot script (I4). */
  void save(Machine machine, String point, SortedMap<String, String> changes) {
    file.write(machine, point, changes);
  }

  /** Writes command line and configuration as the stored variables have them; also G8. */
  void configure(Machine machine, String point) {
    configure(machine, point, read(machine));
  }

  private static void configure(Machine machine, String point, SortedMap<String, String> now) {
    String prefix = prefix(now);
    LiveVolume seed = machine.boot();
    Writes.folders(seed, prefix);
    atomic(machine, point + ".cmdline", prefix + COMMAND_LINE, commandLine(text(seed, COMMAND_LINE), now));
    atomic(machine, point + ".config", runs(now) && tries(now) ? TRY_CONFIG : CONFIG,
        withPrefix(text(seed, CONFIG), prefix + "/"));
  }

  private static boolean runs(SortedMap<String, String> now) {
    return now.getOrDefault(SeedEnvironment.MODE, "").equals("run");
  }

  private static boolean tries(SortedMap<String, String> now) {
    return now.getOrDefault(STATUS, "").equals("try");
  }

  /** The folder that the firmware starts from: that of a kernel, or of a recovery system's. */
  static String prefix(SortedMap<String, String> now) {
    if (!runs(now)) {
      return RecoverySystem.kernelFolder(now.getOrDefault(SeedEnvironment.SYSTEM, ""));
    }
    String kernel = now.getOrDefault(tries(now) ? "snap_try_kernel" : "snap_kernel", "");
    return kernel.isEmpty() ? FOLDER : FOLDER + "/" + kernel;
  }

  private static void atomic(Machine machine, String point, String path, String text) {
    Content content = Content.text(text);
    if (machine.setup.platform().environmentInPlace()) {
      Writes.atomic(machine, point, machine.boot(), path, content);
      return;
    }
    // The reference platform: with the variables all or nothing, so no crash point of its own.
    LiveVolume seed = machine.boot();
    if (!seed.tree().exists(path)) {
      seed.create(path);
    } else {
      seed.truncate(path);
    }
    seed.write(path, content);
    seed.close(path);
    seed.freeze();
  }

  private static String text(LiveVolume seed, String path) {
    Content content = seed.tree().content(path);
    if (content == null || content.text().isEmpty()) {
      throw new SnapdError("cannot configure piboot: open " + path + ": no such file or directory");
    }
    return content.text().get();
  }

  /** The kernel's arguments: the gadget's, and what the variables say. */
  static String commandLine(String defaults, SortedMap<String, String> now) {
    String mode = now.getOrDefault(SeedEnvironment.MODE, "");
    String system = runs(now) ? "" : " snapd_recovery_system=" + now.getOrDefault(SeedEnvironment.SYSTEM, "");
    return defaults.split("\n", -1)[0] + " snapd_recovery_mode=" + mode + system
        + (tries(now) ? " kernel_status=trying" : "") + "\n";
  }

  /** The first line that sets the prefix is replaced, others become comments; without any, one is added at the end. */
  static String withPrefix(String config, String prefix) {
    List<String> lines = new ArrayList<>(List.of(config.split("\n", -1)));
    boolean replaced = false;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("os_prefix=")) {
        lines.set(i, replaced ? "# " + lines.get(i) : "os_prefix=" + prefix);
        replaced = true;
      }
    }
    if (!replaced) {
      lines.add("os_prefix=" + prefix);
      lines.add("");
    }
    return String.join("\n", lines);
  }

  @Override
  public String where() {
    return file.where();
  }
}
