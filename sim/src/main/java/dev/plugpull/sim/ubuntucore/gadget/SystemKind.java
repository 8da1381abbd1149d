package dev.plugpull.sim.ubuntucore.gadget;

/**
 * The kind of system a gadget is for; it decides which rules hold and which labels are implied.
 *
 * <p>"Modes" are install, run, recover and factory-reset: the model has a grade.
 */
public enum SystemKind {
  /** Ubuntu Core 16 and 18. */
  CORE_WITHOUT_MODES(false, false),
  /** Ubuntu Core 20 and later. */
  CORE_WITH_MODES(false, true),
  /** Classic with a kernel snap and modes. */
  HYBRID(true, true),
  /** Classic without modes: snapd takes no part in booting. */
  CLASSIC(true, false);

  private final boolean classic;
  private final boolean modes;

  SystemKind(boolean classic, boolean modes) {
    this.classic = classic;
    this.modes = modes;
  }

  public boolean isClassic() {
    return classic;
  }

  public boolean hasModes() {
    return modes;
  }
}
