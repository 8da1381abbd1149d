package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * piboot of UC20 and later: variables in {@code piboot.conf} on ubuntu-seed, and the firmware's own files made of them.
 * One change of variables is up to four writes: {@code tryboot.txt} goes, the variables are saved, then the kernel's
 * {@code cmdline.txt} and {@code config.txt} or {@code tryboot.txt} are written (specification section 4.3, H11).
 */
final class PibootSelector implements KernelSelector {
  static final String FOLDER = "/piboot/ubuntu";
  static final String CONFIG = "/config.txt";
  static final String TRY_CONFIG = "/tryboot.txt";
  static final String COMMAND_LINE = "/cmdline.txt";

  private final BootEnvironment environment;

  PibootSelector(BootEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public String status(Machine machine) {
    return environment.read(machine).getOrDefault("kernel_status", "");
  }

  @Override
  public String current(Machine machine) {
    return environment.read(machine).getOrDefault("snap_kernel", "");
  }

  @Override
  public String candidate(Machine machine) {
    return environment.read(machine).getOrDefault("snap_try_kernel", "");
  }

  @Override
  public void tryNext(Machine machine, String blob) {
    set(machine, "K18", "try", current(machine), blob);
  }

  @Override
  public void setGood(Machine machine, String blob) {
    set(machine, "U1", "", blob, "");
  }

  @Override
  public void promote(Machine machine, String booted) {
    set(machine, "M1'", "", booted, "");
  }

  @Override
  public void clearStatus(Machine machine) {
    set(machine, "K18", "", current(machine), "");
  }

  private void set(Machine machine, String point, String status, String good, String candidate) {
    SortedMap<String, String> next = new TreeMap<>();
    next.put("kernel_status", status);
    next.put("snap_kernel", good);
    next.put("snap_try_kernel", candidate);
    SortedMap<String, String> now = environment.read(machine);
    next.entrySet().removeIf(e -> now.getOrDefault(e.getKey(), "").equals(e.getValue()));
    if (next.isEmpty()) {
      return;
    }
    if (next.getOrDefault("snap_try_kernel", "none").isEmpty()) {
      Writes.remove(machine, point + ".tryboot-removed", machine.boot(), TRY_CONFIG);
    }
    SortedMap<String, String> merged = new TreeMap<>(now);
    merged.putAll(next);
    boolean atOnce = !machine.setup.platform().environmentInPlace();
    if (atOnce && next.containsKey("kernel_status")) {
      // No crash point lies between these files and the variables: all or nothing.
      configure(machine, point, merged);
    }
    environment.write(machine, point, next);
    if (!atOnce && next.containsKey("kernel_status")) {
      configure(machine, point, merged);
    }
  }

  /** Writes command line and configuration as the stored variables have them; also G8. */
  private static void configure(Machine machine, String point, SortedMap<String, String> now) {
    boolean tries = now.getOrDefault("kernel_status", "").equals("try");
    String kernel = now.getOrDefault(tries ? "snap_try_kernel" : "snap_kernel", "");
    String prefix = FOLDER + "/" + kernel;
    LiveVolume seed = machine.boot();
    Writes.folders(seed, prefix);
    atomic(machine, point + ".cmdline", prefix + COMMAND_LINE, commandLine(text(seed, COMMAND_LINE), tries));
    atomic(machine, point + ".config", tries ? TRY_CONFIG : CONFIG, withPrefix(text(seed, CONFIG), prefix + "/"));
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

  static String commandLine(String defaults, boolean tries) {
    String first = defaults.split("\n", -1)[0];
    return first + " snapd_recovery_mode=run" + (tries ? " kernel_status=trying" : "") + "\n";
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

  /** I4: the part of a boot script that the firmware cannot do. */
  @Override
  public void inInitramfs(Machine machine, String commandLine) {
    String status = status(machine);
    if (status.isEmpty()) {
      return;
    }
    boolean trying = Initramfs.argument(commandLine, "kernel_status").equals("trying") && status.equals("try");
    SortedMap<String, String> next = new TreeMap<>();
    next.put("kernel_status", trying ? "trying" : "");
    environment.write(machine, "I4", next);
  }

  @Override
  public void assetsWritten(Machine machine) {
    configure(machine, "G8", environment.read(machine));
  }

  /** The reboot that is to try a kernel carries the argument {@code 0 tryboot}. */
  @Override
  public boolean rebootsToTry(Machine machine) {
    return status(machine).equals("try");
  }

  @Override
  public List<Variable> describe(Machine machine) {
    List<Variable> variables = new ArrayList<>(environment.describe(machine));
    for (String path : List.of(CONFIG, TRY_CONFIG)) {
      Content content = machine.boot().tree().content(path);
      String prefix = content == null ? "no file" : content.text().stream().flatMap(String::lines)
          .filter(line -> line.startsWith("os_prefix=")).findFirst().orElse("no os_prefix");
      variables.add(new Variable(path.substring(1), "os_prefix", prefix.replace("os_prefix=", "")));
    }
    return variables;
  }
}
