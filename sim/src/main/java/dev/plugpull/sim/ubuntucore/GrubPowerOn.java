package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.bootloader.grub.Grub;
import dev.plugpull.sim.bootloader.grub.GrubConfig;
import java.util.List;

/**
 * UEFI or BIOS firmware that starts GRUB. On UC20 and later GRUB of ubuntu-seed chain-loads GRUB of ubuntu-boot, which
 * starts the kernel as an EFI program; on UC16 and UC18 one GRUB on system-boot loads the kernel out of its snap.
 */
public final class GrubPowerOn implements PowerOn {
  private static final String FOLDER = "/EFI/ubuntu";
  private static final List<String> FIRMWARE_STARTS = List.of("/EFI/boot/bootx64.efi", "/EFI/boot/grubx64.efi");

  private final int firstPartition;
  private final Grub first;
  private final Grub second;

  private GrubPowerOn(int firstPartition, Grub first, Grub second) {
    this.firstPartition = firstPartition;
    this.first = first;
    this.second = second;
  }

  /**
   * GRUB of UC20 and later.
   *
   * @param cpu what GRUB calls its processor: {@code x86_64} or {@code arm64}
   */
  public static GrubPowerOn chained(int seedPartition, int bootPartition, String cpu) {
    return new GrubPowerOn(seedPartition, grub(seedPartition, cpu), grub(bootPartition, cpu));
  }

  /** GRUB of UC16 and UC18. */
  public static GrubPowerOn single(int partition) {
    return new GrubPowerOn(partition, grub(partition, "x86_64"), null);
  }

  /** The builds in the order in which they run: one, or that of the seed partition and the one it starts. */
  public List<Grub> stages() {
    return second == null ? List.of(first) : List.of(first, second);
  }

  private static Grub grub(int partition, String cpu) {
    return new Grub(GrubConfig.stock("(hd0,gpt" + partition + ")" + FOLDER).withVariable("grub_cpu", cpu));
  }

  @Override
  public BootOutcome run(BootMachine machine) {
    if (second != null) {
      firmware(machine);
    }
    BootOutcome outcome = first.boot(machine).outcome();
    if (second != null && outcome instanceof BootOutcome.Chainload next && next.path().endsWith(".efi")
        && !isKernel(next)) {
      machine.started(next.program());
      outcome = second.boot(machine).outcome();
    }
    if (outcome instanceof BootOutcome.Chainload kernel && isKernel(kernel)) {
      machine.started(kernel.program());
      return new BootOutcome.StartKernel(kernel.program(), kernel.path(), null, kernel.arguments());
    }
    return outcome;
  }

  /** Shim and GRUB of the seed partition, where they are files of their own. */
  private void firmware(BootMachine machine) {
    for (BootVolume volume : machine.volumes()) {
      if (volume.partition() == firstPartition) {
        for (String path : FIRMWARE_STARTS) {
          volume.read(path).ifPresent(machine::started);
        }
      }
    }
  }

  private static boolean isKernel(BootOutcome.Chainload program) {
    return program.program().name().contains(".snap:");
  }
}
