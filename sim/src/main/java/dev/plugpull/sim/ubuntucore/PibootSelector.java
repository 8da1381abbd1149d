package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** piboot of UC20 and later: the variables of a U-Boot, and files of the firmware that are made of them. */
final class PibootSelector extends VariableSelector {
  private final PibootEnvironment environment;

  PibootSelector(PibootEnvironment environment) {
    super(environment);
    this.environment = environment;
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
    environment.save(machine, "I4", next);
  }

  @Override
  public void assetsWritten(Machine machine) {
    environment.configure(machine, "G8");
  }

  /** The reboot that is to try a kernel carries the argument {@code 0 tryboot}. */
  @Override
  public boolean rebootsToTry(Machine machine) {
    return status(machine).equals("try");
  }

  @Override
  public List<Variable> describe(Machine machine) {
    List<Variable> variables = new ArrayList<>(environment.describe(machine));
    for (String path : List.of(PibootEnvironment.CONFIG, PibootEnvironment.TRY_CONFIG)) {
      Content content = machine.boot().tree().content(path);
      String prefix = content == null ? "no file" : content.text().stream().flatMap(String::lines)
          .filter(line -> line.startsWith("os_prefix=")).findFirst().orElse("no os_prefix");
      variables.add(new Variable(path.substring(1), "os_prefix", prefix.replace("os_prefix=", "")));
    }
    return variables;
  }
}
