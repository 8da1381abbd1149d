package dev.plugpull.sim.tryboot;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.slots.Agent;
import dev.plugpull.sim.slots.SlotImage;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotWrites;
import java.util.Set;

/** The updater of the running system. */
final class TrybootInstaller implements Agent.Installer {
  /** Name that a command-line file has while its system is tried, where a departure says so; as long as the others. */
  private static final String TRIED = "/cmdline-t.txt";

  private final SlotMachine machine;
  private final Set<TrybootDeparture> departures;
  private final LiveVolume boot;
  private final char running;

  TrybootInstaller(SlotMachine machine, Set<TrybootDeparture> departures, char running) {
    this.running = running;
    this.machine = machine;
    this.departures = departures;
    this.boot = machine.volume(TrybootDevice.BOOT);
  }

  private Autoboot autoboot() {
    return Autoboot.read(boot.tree().content(Autoboot.PATH));
  }

  /** P3: a system that runs on trial and is well becomes the one to boot. */
  @Override
  public boolean confirm() {
    if (machine.remembered(TrybootDevice.TRYING).isEmpty()) {
      return true;
    }
    // Absolute, not a toggle: an updater that was killed in here does it again.
    Autoboot next = autoboot().partition() == running ? autoboot() : autoboot().swapped();
    if (departures.contains(TrybootDeparture.STALE_REFERENCE) && boot.tree().exists(TRIED)) {
      boot.rename(TRIED, Autoboot.line(next.partition()));
      boot.sync();
      machine.point("P3.line", "renames the command-line file");
    }
    SlotWrites.inPlace(machine, "P3", boot, Autoboot.PATH, next.content());
    machine.remember(TrybootDevice.TRYING, "");
    return true;
  }

  @Override
  public boolean back() {
    SlotWrites.inPlace(machine, "P4", boot, Autoboot.PATH,
        (autoboot().partition() == running ? autoboot().swapped() : autoboot()).content());
    return true;
  }

  @Override
  public String install(int target) {
    Autoboot now = autoboot();
    if (departures.contains(TrybootDeparture.FLAG_BEFORE_FILES)) {
      machine.set(TrybootDevice.FLAG, "yes");
    }
    LiveVolume slot = machine.volume(TrybootDevice.slot(now.tried()));
    for (int block = 0; block < SlotImage.BLOCKS; block++) {
      slot.writeRaw((long) block * SlotImage.BLOCK, SlotImage.block(target, block));
      slot.fsyncRaw();
      machine.point("P1", "writes block " + block + " of the slot");
    }
    commandLine(now, target);
    if (departures.contains(TrybootDeparture.COMMIT_BEFORE_TRIAL)) {
      SlotWrites.inPlace(machine, "P3", boot, Autoboot.PATH, now.swapped().content());
    } else {
      machine.set(TrybootDevice.FLAG, "yes");
    }
    return "";
  }

  private void commandLine(Autoboot now, int target) {
    boolean stale = departures.contains(TrybootDeparture.STALE_REFERENCE);
    String path = stale ? TRIED : Autoboot.line(now.tried());
    SlotWrites.synced(machine, "P2", boot, path, Content.text("release=" + target));
    if (stale) {
      Autoboot tried = new Autoboot(now.partition(), now.line(), now.tried(), TRIED);
      SlotWrites.inPlace(machine, "P2.name", boot, Autoboot.PATH, tried.content());
    }
  }
}
