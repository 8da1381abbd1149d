package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.sealing.TrustedAssets;

/**
 * Installation and factory reset, write by write, unencrypted (specification section 7.7, and F1 to F7 of 4.7).
 * Neither looks at what is on the partitions that it makes anew; a factory reset keeps ubuntu-save.
 */
final class InstallMode {
  /** On ubuntu-data: a factory reset was performed (F6), until the first boot has tidied up (F8). */
  static final String MARKER = "/var/lib/snapd/device/factory-reset";

  /** On ubuntu-save, and on ubuntu-data where a reset restores it. */
  static final String SERIAL = "/device/serial";

  static final String RESTORED = "/var/lib/snapd/assertions/asserts-v0/serial";

  private final Machine machine;
  private final CoreSetup setup;
  private final RecoverySystem system;
  private final String label;
  private final boolean reset;

  InstallMode(Machine machine, RecoverySystem system, String label, boolean reset) {
    this.machine = machine;
    this.setup = machine.setup;
    this.system = system;
    this.label = label;
    this.reset = reset;
  }

  void run() {
    machine.actor("snapd in " + (reset ? "factory-reset" : "install") + " mode");
    makePartitions();
    prepareData();
    copySnaps();
    makeRunnable();
    if (reset) {
      Writes.atomic(machine, "F6", data(), MARKER, Content.opaque("marker", 64));
    }
    if (!setup.platform().departs(Departure.RUN_BEFORE_INSTALLED)) {
      handOver();
    }
    Writes.folders(data(), "/var/log");
    Writes.plain(machine, "7.7.logs", data(), "/var/log/install-mode.log", Content.opaque("log", 20_000));
  }

  private LiveVolume data() {
    return machine.data();
  }

  // partitions, file systems and the gadget's content

  private void makePartitions() {
    Fresh fresh = setup.fresh();
    Layout layout = setup.layout();
    boolean keepsSave = reset && !setup.platform().departs(Departure.RESET_REMAKES_SAVE);
    if (!reset) {
      become(layout.ubuntuBoot(), fresh.noBoot());
      become(layout.save(), fresh.noSave());
      become(layout.data(), fresh.noData());
      machine.point("7.7.partitions", says("removes the partitions of an earlier installation"));
    }
    become(layout.ubuntuBoot(), fresh.boot());
    machine.point(reset ? "F2.boot" : "7.7.boot", says("makes ubuntu-boot with the gadget's content"));
    if (!keepsSave) {
      become(layout.save(), fresh.save());
      machine.point(reset ? "F2.save" : "7.7.save", says("makes ubuntu-save"));
    }
    become(layout.data(), fresh.data());
    if (setup.series().hasDriversTree()) {
      DriversTree.build(machine, kernel());
      data().freeze();
    }
    machine.point(reset ? "F2.data" : "7.7.data", says("makes ubuntu-data"));
  }

  /** mkfs and, where there is content, an unmount: durable when they return. */
  private void become(int volume, VolumeState made) {
    machine.volumes.set(volume, made.open());
    machine.volumes.get(volume).mount();
  }

  // model, traits of the disk, and of a reset what ubuntu-save has kept

  private void prepareData() {
    Content traits = Content.opaque("disk-mapping.json", 900);
    Writes.folders(data(), "/var/lib/snapd/device");
    Writes.atomic(machine, "7.7.traits", data(), "/var/lib/snapd/device/disk-mapping.json", traits);
    LiveVolume save = machine.volumes.get(setup.layout().save());
    Writes.folders(save, "/device");
    Writes.atomic(machine, "7.7.traits-save", save, "/device/disk-mapping.json", traits);
    Writes.folders(machine.ubuntuBoot(), "/device");
    Writes.plain(machine, "7.7.model", machine.ubuntuBoot(), ModelFile.PATH, ModelFile.of(system.model()));
    if (reset && save.tree().exists(SERIAL)) {
      Writes.folders(data(), Writes.parent(RESTORED));
      Writes.atomic(machine, "F4", data(), RESTORED, save.tree().content(SERIAL));
    }
  }

  /** P11: copied by cp, then a sync of everything. */
  private void copySnaps() {
    Writes.folders(data(), CoreSetup.SNAPS);
    for (Part part : new Part[] {Part.BASE, Part.KERNEL, Part.GADGET}) {
      int revision = system.snaps().get(part);
      String path = Initramfs.SNAPS + setup.blob(part, revision);
      Writes.plain(machine, "7.7.copy", data(), path, setup.snap(part, revision));
      machine.syncAll();
      machine.point("7.7.copy.synced", says("syncs everything"));
    }
  }

  private int kernel() {
    return system.snaps().get(Part.KERNEL);
  }

  // makeRunnableSystem

  private void makeRunnable() {
    if (setup.platform().departs(Departure.RUN_BEFORE_INSTALLED)) {
      handOver();
    }
    setup.bootState().extractKernel(machine, kernel());
    ((BootState20) setup.bootState()).kernels().installed(machine, blob(Part.KERNEL));
    if (setup.seedLoader().isManaged()) {
      manage();
    }
    Modeenv modeenv = new Modeenv(blob(Part.BASE), "", "", java.util.List.of(blob(Part.KERNEL)), blob(Part.GADGET),
        ModeEntries.installed(label, system.model()), TrustedAssets.NONE);
    Writes.atomic(machine, "7.7.modeenv", data(), Modeenv.PATH, modeenv.content());
    SeedEnvironment.markGood(machine, "7.7.good", label);
  }

  /** The boot configuration of ubuntu-boot, and the variables of its command line: none. */
  private void manage() {
    Content config = setup.fresh().managedConfig();
    if (config != null) {
      Writes.atomic(machine, "7.7.config", machine.boot(), Fresh.CONFIG, config);
    }
    Content none = Content.of(new GrubFormat().encode(new java.util.TreeMap<>(), new byte[0]));
    Writes.truncating(machine, "7.7.cmdline", machine.boot(), setup.environmentPath(), none);
  }

  private String blob(Part part) {
    return setup.blob(part, system.snaps().get(part));
  }

  /** The last write that decides anything: F7. */
  private void handOver() {
    if (setup.platform().recovery().handOverSynced()) {
      machine.syncAll();
      machine.ubuntuBoot().freeze();
      machine.point("7.7.synced", says("syncs everything"));
    }
    SeedEnvironment.next(machine, reset ? "F7" : "7.7.mode", "run", label);
  }

  private String says(String what) {
    return machine.tracing() ? what : "";
  }
}
