package dev.plugpull.sim.systemdboot;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.slots.Agent;
import dev.plugpull.sim.slots.SlotFace;
import dev.plugpull.sim.slots.SlotImage;
import dev.plugpull.sim.slots.SlotMachine;
import dev.plugpull.sim.slots.SlotWrites;
import java.util.Set;

/** systemd-sysupdate and systemd-bless-boot of the running system. */
final class Sysupdate implements Agent.Installer {
  static final int TRIES = 3;

  private final SlotMachine machine;
  private final Set<CountingDeparture> departures;
  private final LiveVolume esp;
  private final String running;

  Sysupdate(SlotMachine machine, Set<CountingDeparture> departures, String running) {
    this.machine = machine;
    this.departures = departures;
    this.esp = machine.volume(CountingDevice.ESP);
    this.running = running;
  }

  /** Blesses the entry that was booted. */
  @Override
  public boolean confirm() {
    Entry booted = Entry.of(machine.remembered(CountingDevice.BOOTED));
    if (booted != null && booted.counted() && esp.tree().exists(booted.path())) {
      rename("bless", booted, booted.blessed());
    }
    return true;
  }

  private void rename(String point, Entry from, Entry to) {
    esp.rename(from.path(), to.path());
    machine.point(point + ".renamed", "renames " + from.path() + " to " + to.path());
    esp.fsyncDirectory(Entry.FOLDER);
    esp.sync();
    machine.point(point, "syncs the boot entries");
  }

  /** bless-boot bad: the running entry is not started again while there is another. */
  @Override
  public boolean back() {
    for (String name : esp.tree().names(Entry.FOLDER)) {
      Entry entry = Entry.of(name);
      if (entry != null && Entry.slot(esp.tree().content(entry.path())).equals(running)) {
        rename("bad", entry, entry.bad());
        return true;
      }
    }
    return false;
  }

  @Override
  public String install(int target) {
    boolean booted = departures.contains(CountingDeparture.WRITES_BOOTED_SLOT);
    String slot = running.equals("A") == booted ? "A" : "B";
    try {
      if (!departures.contains(CountingDeparture.SKIPS_INTERRUPTED) || image(slot).superBlock() != target) {
        vacate(slot, booted);
        root(slot, target);
      } else {
        machine.step("the root partition of version " + target + " was begun: counts as transferred");
      }
      SlotWrites.atomic(machine, "T2", esp, Entry.kernel(target), SlotFace.kernel(target));
      entry(slot, target);
      return "";
    } catch (NoSpaceException e) {
      return "no space left";
    }
  }

  private SlotImage.Found image(String slot) {
    return SlotImage.read(machine.volume(CountingDevice.root(slot)).readRaw(0, SlotImage.BYTES));
  }

  /** Entry first, then kernel: no entry ever names something that is gone. */
  private void vacate(String slot, boolean keepEntries) {
    for (String name : esp.tree().names(Entry.FOLDER)) {
      Entry entry = Entry.of(name);
      String path = Entry.FOLDER + "/" + name;
      if (entry != null && !keepEntries && !Entry.slot(esp.tree().content(path)).equals(running)) {
        esp.unlink(path);
        esp.fsyncDirectory(Entry.FOLDER);
        machine.point("T0", "removes " + path);
        if (esp.tree().exists(Entry.kernel(entry.version()))) {
          esp.unlink(Entry.kernel(entry.version()));
          esp.fsyncDirectory("/os");
          machine.point("T0.kernel", "removes the kernel of version " + entry.version());
        }
      }
    }
    machine.step("slot " + slot + " is free");
  }

  private void root(String slot, int target) {
    LiveVolume partition = machine.volume(CountingDevice.root(slot));
    for (int block = 0; block < SlotImage.BLOCKS; block++) {
      partition.writeRaw((long) block * SlotImage.BLOCK, SlotImage.block(target, block));
      machine.point("T1.written", "writes block " + block + " of the root partition");
    }
    partition.fsyncRaw();
    machine.point("T1", "syncs the root partition");
  }

  private void entry(String slot, int target) {
    Entry fresh = new Entry(target, TRIES, 0);
    for (String name : esp.tree().names(Entry.FOLDER)) {
      Entry old = Entry.of(name);
      if (old != null && old.version() == target) {
        esp.unlink(Entry.FOLDER + "/" + name);
      }
    }
    SlotWrites.atomic(machine, "T3", esp, fresh.path(), Entry.text(target, slot));
  }
}
