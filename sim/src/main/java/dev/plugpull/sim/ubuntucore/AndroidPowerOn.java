package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A loader that keeps snapd's variables in {@code androidboot.env} (UC16 and UC18). Snapd extracts nothing for it, so
 * it takes kernels out of the snap. No public loader of this kind exists: what it does is an assumption, the protocol
 * of specification section 4.1.
 */
public final class AndroidPowerOn implements PowerOn {
  /** Where the variables lie on system-boot. */
  static final String PATH = "/androidboot/androidboot.env";

  private final int bootPartition;

  /** A board with this number of system-boot. */
  public AndroidPowerOn(int bootPartition) {
    this.bootPartition = bootPartition;
  }

  @Override
  public BootOutcome run(BootMachine machine) {
    BootVolume boot = machine.volumes().stream()
        .filter(v -> v.partition() == bootPartition && !v.type().equals("none")).findFirst().orElseThrow();
    AndroidFormat format = new AndroidFormat();
    Optional<byte[]> stored = boot.read(PATH).flatMap(Content::bytes);
    if (stored.isEmpty()) {
      return new BootOutcome.Prompt("the loader finds no androidboot.env");
    }
    SortedMap<String, String> variables = format.decode(stored.get());
    String mode = variables.getOrDefault("snap_mode", "");
    boolean tries = mode.equals("try");
    if (!mode.isEmpty()) {
      SortedMap<String, String> next = new java.util.TreeMap<>(variables);
      next.put("snap_mode", tries ? "trying" : "");
      next.values().removeIf(String::isEmpty);
      boot.rewrite(PATH, Content.of(format.encode(next, new byte[0])));
      machine.wrote("android", "androidboot", "sets snap_mode=" + (tries ? "trying" : ""));
    }
    return start(machine, variables, tries);
  }

  private static BootOutcome start(BootMachine machine, SortedMap<String, String> variables, boolean tries) {
    String kernel = chosen(variables, tries, "snap_kernel", "snap_try_kernel");
    String base = chosen(variables, tries, "snap_core", "snap_try_core");
    String path = "/system-data" + Initramfs.SNAPS + kernel;
    for (BootVolume volume : machine.volumes()) {
      Optional<Content> image = volume.label().equals("writable") && !kernel.isEmpty()
          ? volume.read(path).flatMap(machine::inside).flatMap(snap -> snap.read("/kernel.img")) : Optional.empty();
      if (image.isPresent() && !image.get().isPart()) {
        return new BootOutcome.StartKernel(
            image.get(), path, null, "panic=-1 snap_core=" + base + " snap_kernel=" + kernel);
      }
    }
    return new BootOutcome.Reset(false, "the loader cannot read a kernel out of " + path);
  }

  private static String chosen(SortedMap<String, String> variables, boolean tries, String good, String candidate) {
    String other = variables.getOrDefault(candidate, "");
    return tries && !other.isEmpty() ? other : variables.getOrDefault(good, "");
  }
}
