package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The run-mode protocol of GRUB on UC20 and later, in Java: a twin of the script for tests of what comes after it. */
final class PerfectGrub implements PowerOn {
  private static final String FOLDER = "/EFI/ubuntu/";

  @Override
  public BootOutcome run(BootMachine machine) {
    BootVolume boot = machine.volumes().stream().filter(v -> v.label().equals("ubuntu-boot")).findFirst().orElseThrow();
    SortedMap<String, String> variables = new TreeMap<>();
    boot.read(FOLDER + "grubenv").flatMap(Content::bytes).filter(b -> b.length == 1024)
        .ifPresent(b -> variables.putAll(new GrubFormat().decode(b)));
    String status = variables.getOrDefault("kernel_status", "");
    String link = "kernel.efi";
    if (status.equals("try")) {
      variables.put("kernel_status", "trying");
      link = "try-kernel.efi";
      save(machine, boot, variables);
    } else if (!status.isEmpty()) {
      variables.remove("kernel_status");
      save(machine, boot, variables);
    }
    Optional<Content> kernel = boot.read(FOLDER + link);
    if (kernel.isEmpty() || kernel.get().isPart() || kernel.get().length() == 0) {
      return link.startsWith("try") ? new BootOutcome.Reset(false, "try kernel cannot be loaded")
          : new BootOutcome.Prompt("kernel.efi cannot be loaded");
    }
    return new BootOutcome.StartKernel(kernel.get(), link, null, "snapd_recovery_mode=run panic=-1");
  }

  private static void save(BootMachine machine, BootVolume boot, SortedMap<String, String> variables) {
    boot.overwrite(FOLDER + "grubenv", 0, new GrubFormat().encode(variables, new byte[1024]));
    machine.wrote("save_env", "", "saves " + variables);
  }
}
