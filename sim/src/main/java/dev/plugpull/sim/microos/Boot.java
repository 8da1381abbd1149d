package dev.plugpull.sim.microos;

import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.device.Resting;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Subvolumes;
import dev.plugpull.sim.filesystem.Tree;

/** What the programs of one boot share. RAM: a reset ends it. */
final class Boot {
  final MicroOsSetup setup;
  final PoweredOn<World, Seen> machine;
  final LiveVolume volume;
  /** The EFI system partition; null where GRUB reads the default subvolume. */
  final LiveVolume esp;
  final FileCalls files;
  final Etc etc;
  final Snapper snapper;
  /** Root file system of this boot, 0 before it is mounted. */
  int running;
  int kernel;
  /** The boot entry that was started, under its name of now; null where there are none. */
  BootEntry entry;
  String trouble = "";
  boolean waiting;

  Boot(MicroOsSetup setup, Resting<World, Seen> state, BootListener<Resting<World, Seen>> listener) {
    this.setup = setup;
    this.machine = new PoweredOn<>(state, listener, setup.ideal(), 0);
    this.volume = machine.volume(0);
    this.esp = setup.hasBootEntries() ? machine.volume(1) : null;
    this.files = new FileCalls(machine, volume);
    this.etc = setup.overlay() ? new EtcOverlay(this) : new EtcSubvolume(this);
    this.snapper = new Snapper(this);
  }

  Tree tree() {
    return volume.tree();
  }

  Subvolumes subvolumes() {
    return Subvolumes.of(volume);
  }

  World world() {
    return machine.remains();
  }

  void world(World.Draft draft) {
    machine.remains(draft.world());
  }

  int defaultSnapshot() {
    return Layout.defaultSnapshot(tree());
  }

  /** The release that the next boot would start if nothing went wrong. */
  int defaultRelease() {
    if (esp == null) {
      return Release.of(tree(), defaultSnapshot(), "usr/base");
    }
    BootEntry next = SystemdBoot.chosen(esp.tree(), world().variables());
    return next == null ? Release.NONE : Release.of(tree(), next.snapshot(), "usr/base");
  }

  void point(String name, String what) {
    machine.point(name, what);
  }

  Seen seen() {
    return new Seen(running, kernel, trouble, waiting);
  }
}
