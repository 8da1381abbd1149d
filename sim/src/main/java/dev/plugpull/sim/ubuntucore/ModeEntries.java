package dev.plugpull.sim.ubuntucore;

/**
 * What {@code modeenv} says of recovery systems and of the model (specification section 4.2).
 *
 * @param current {@code current_recovery_systems}: labels that keys are sealed for. R5 adds, R11 and an undo drop, R12
 *     adds again
 * @param good {@code good_recovery_systems}: labels that were tried. Installation and R12 add, an undo drops
 * @param model the model that the device runs, by its number; 0 where a scenario does not speak of it. set-model writes
 *     it after the model file on ubuntu-boot
 * @param tryModel the model that is tried as well, 0 for none. R5 and set-model write it, R11 and set-model clear it
 */
record ModeEntries(String current, String good, int model, int tryModel) {
  static final ModeEntries NONE = new ModeEntries("", "", 0, 0);

  /** As an installation leaves them. */
  static ModeEntries installed(String label, int model) {
    return new ModeEntries(label, label, model, 0);
  }

  ModeEntries trying(String label, int asModel) {
    return new ModeEntries(Labels.with(current, label), good, model, asModel == model ? tryModel : asModel);
  }

  /** R11: the trial is over, whatever came of it. */
  ModeEntries tried(String label) {
    return new ModeEntries(Labels.without(current, label), good, model, 0);
  }

  ModeEntries promoted(String label) {
    return new ModeEntries(Labels.with(current, label), Labels.with(good, label), model, tryModel);
  }

  ModeEntries without(String label) {
    return new ModeEntries(Labels.without(current, label), Labels.without(good, label), model, tryModel);
  }

  ModeEntries models(int old, int next) {
    return new ModeEntries(current, good, old, next);
  }
}
