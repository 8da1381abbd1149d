package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.media.Content;
import java.util.EnumMap;
import java.util.Map;

/** Tasks of a change that belong to no snap: recovery systems and the model (specification section 4.7). */
final class SystemTasks {
  private static final String MODELS = "/var/lib/snapd/assertions/asserts-v0/model/";

  private final Snapd snapd;
  private final Machine machine;
  private final CoreSetup setup;
  private final int number;
  private final String label;

  private SystemTasks(Snapd snapd) {
    this.snapd = snapd;
    this.machine = snapd.machine;
    this.setup = snapd.setup;
    this.number = snapd.record.device().wanted();
    this.label = RecoverySystem.label(number);
  }

  static void perform(Snapd snapd, TaskKind kind) {
    SystemTasks tasks = new SystemTasks(snapd);
    switch (kind) {
      case CREATE_SYSTEM -> tasks.create();
      case FINALIZE_SYSTEM -> tasks.finish();
      case SET_MODEL -> tasks.setModel();
      default -> throw new IllegalStateException("cannot perform " + kind + ": it belongs to a snap");
    }
  }

  static void undo(Snapd snapd, TaskKind kind) {
    SystemTasks tasks = new SystemTasks(snapd);
    switch (kind) {
      case CREATE_SYSTEM -> tasks.remove("U17");
      case FINALIZE_SYSTEM -> tasks.undoFinish();
      case SET_MODEL -> {
        // no undo handler
      }
      default -> throw new IllegalStateException("cannot undo " + kind + ": it belongs to a snap");
    }
  }

  /** Once the change is through: the log of what was copied has no use any more. */
  static void cleanUp(Snapd snapd) {
    SystemTasks tasks = new SystemTasks(snapd);
    Writes.remove(tasks.machine, "R12.log", tasks.seed(), RecoverySystem.log(tasks.label));
  }

  private LiveVolume seed() {
    return machine.seed();
  }

  private boolean remodels() {
    return setup.scenario().is(Circumstance.REMODELS);
  }

  // create-recovery-system, R1 to R9

  private void create() {
    try {
      build();
      tryNext();
    } catch (SnapdError | NoSpaceException e) {
      remove("R1.undo");
      snapd.record = snapd.record.with(snapd.record.device().tried(""));
      throw e;
    }
    snapd.rebootNow = true;
  }

  private void build() {
    String folder = RecoverySystem.folder(label);
    if (seed().tree().exists(folder) && setup.platform().recovery().creationRepeated()) {
      remove("R1.again");
    }
    if (seed().tree().exists(folder)) {
      throw new SnapdError("cannot create a recovery system: system " + label + " already exists");
    }
    seed().mkdir(folder);
    machine.point("R1", says("makes the folder of"));
    RecoverySystem system = described();
    system.snaps().forEach(this::copy);
    for (String name : RecoverySystem.FILES) {
      Writes.folders(seed(), Writes.parent(folder + name));
      Writes.plain(machine, "R3" + name.replace('/', '.'), seed(), folder + name, system.file(name));
    }
    makeBootable(system);
    if (setup.platform().recovery().seedFilesSynced()) {
      seed().sync();
      seed().freeze();
      machine.point("R4.synced", says("syncs"));
    }
  }

  /** R4. */
  private void makeBootable(RecoverySystem system) {
    switch (setup.seedLoader().kernels()) {
      case NAMED ->
          Writes.truncating(machine, "R4", seed(), RecoverySystem.variables(label), system.variables(setup));
      case EXTRACTED -> KernelFiles.extract(
          machine, "R4", seed(), RecoverySystem.kernelFolder(label), system.snaps().get(Part.KERNEL));
      case OF_IMAGE -> throw new SnapdError("cannot make recovery system " + label + " bootable: extracting recovery"
          + " kernel assets is not supported for a runtime lk bootloader");
    }
  }

  private RecoverySystem described() {
    Map<Part, Integer> snaps = new EnumMap<>(Part.class);
    for (Part part : setup.parts()) {
      int current = snapd.record.snap(part).current();
      snaps.put(part, snapd.record.change().target().getOrDefault(part, current));
    }
    return new RecoverySystem(snaps, remodels() ? number : snapd.record.device().model());
  }

  /** R2. A blob that lies there is taken for the snap, whatever is in it. */
  private void copy(Part part, int revision) {
    String path = RecoverySystem.blob(setup, part, revision);
    Content there = seed().tree().content(path);
    boolean looked = setup.platform().recovery().creationRepeated();
    if (there != null && (!looked || there.equals(setup.snap(part, revision)))) {
      return;
    }
    String log = RecoverySystem.log(label);
    Content before = seed().tree().content(log);
    String copied = before == null ? "" : before.text().orElse("");
    Writes.atomic(machine, "R2.log", seed(), log, Content.text(copied + path + "\n"));
    Writes.plain(machine, "R2", seed(), path, setup.snap(part, revision));
  }

  private void tryNext() {
    Modeenv modeenv = BootState20.modeenv(machine);
    int model = remodels() ? number : modeenv.entries().model();
    write("R5", modeenv, modeenv.with(modeenv.entries().trying(label, model)));
    SeedEnvironment.write(machine, "R6", Map.of(SeedEnvironment.TRIED, label, SeedEnvironment.STATUS, "try"));
    SeedEnvironment.next(machine, "R8", "recover", label);
  }

  private void write(String point, Modeenv before, Modeenv after) {
    if (!after.equals(before)) {
      Writes.atomic(machine, point, machine.data(), Modeenv.PATH, after.content());
    }
  }

  /** What the creation's own error path and its undo remove: by the log, the folder, and from modeenv. */
  private void remove(String point) {
    Content log = seed().tree().content(RecoverySystem.log(label));
    if (log != null) {
      log.text().orElse("").lines().forEach(path -> Writes.remove(machine, point + ".blob", seed(), path));
    }
    if (seed().tree().exists(RecoverySystem.folder(label))) {
      Writes.removeTree(machine, point + ".folder", seed(), RecoverySystem.folder(label));
    }
    drop(point + ".modeenv");
  }

  private void drop(String point) {
    Modeenv modeenv = BootState20.modeenv(machine);
    write(point, modeenv, modeenv.with(modeenv.entries().without(label)));
  }

  // finalize-recovery-system, R12

  private void finish() {
    String tried = snapd.record.device().tried();
    if (tried.isEmpty()) {
      throw new SnapdError("cannot obtain tried recovery systems");
    }
    if (!Labels.contain(tried, label)) {
      throw new SnapdError("tried recovery system " + label + " failed");
    }
    if (remodels()) {
      // set-model promotes it, when all of the change has gone well
      return;
    }
    promote();
    snapd.record = snapd.record.with(snapd.record.device().system(number));
    SeedEnvironment.markGood(machine, "R12", label);
    snapd.record = snapd.record.with(snapd.record.device().tried(""));
  }

  private void promote() {
    Modeenv modeenv = BootState20.modeenv(machine);
    write("R12.modeenv", modeenv, modeenv.with(modeenv.entries().promoted(label)));
  }

  private void undoFinish() {
    if (!remodels()) {
      SeedEnvironment.unmarkGood(machine, "U18", label);
    }
    drop("U18.modeenv");
  }

  // set-model

  private void setModel() {
    String assertion = MODELS + number;
    if (!machine.data().tree().exists(assertion)) {
      Writes.folders(machine.data(), Writes.parent(assertion));
      Writes.atomic(machine, "remodel.0", machine.data(), assertion, ModelFile.of(number));
    }
    if (!Labels.contain(snapd.record.device().tried(), label)) {
      throw new SnapdError("system has not been successfully tried");
    }
    promote();
    try {
      changeDevice();
    } catch (SnapdError | NoSpaceException e) {
      // No way back from here: snapd writes it to its log and calls the change done.
      machine.step("cannot complete remodel: " + e.getMessage(), "");
    }
  }

  private void changeDevice() {
    int old = snapd.record.device().model();
    Modeenv modeenv = BootState20.modeenv(machine);
    write("remodel.1", modeenv, modeenv.with(modeenv.entries().models(old, number)));
    Writes.atomic(machine, "remodel.3", machine.ubuntuBoot(), ModelFile.PATH, ModelFile.of(number));
    Modeenv both = BootState20.modeenv(machine);
    write("remodel.4", both, both.with(both.entries().models(number, 0)));
    snapd.record = snapd.record.with(snapd.record.device().system(number).model(number));
    SeedEnvironment.markGood(machine, "R12", label);
  }

  private String says(String what) {
    return machine.tracing() ? what + " recovery system " + label : "";
  }
}
