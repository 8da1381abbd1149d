package dev.plugpull.sim.bootcount;

/** U-Boot's scripts of these boards, and the variables that loader and client share. */
final class Scripts {
  /** Partition of the system to boot: written by the client at the switch and by {@code altbootcmd}. */
  static final String PART = "boot_part";
  /** 1 while a new system is tried; the loader counts boots only then. */
  static final String AVAILABLE = "upgrade_available";
  /** Boots since the client last set it to 0. */
  static final String COUNT = "bootcount";
  /** Set while a single-copy update is in progress: the rescue system is started. */
  static final String PROGRESS = "recovery_status";
  /** 1: the next boot starts the rescue system, once. */
  static final String RESCUE = "boot_rescue";
  /** Partition that the loader gave up. */
  static final String UNBOOTABLE = "unbootable";
  /** Partition numbers of the two slots. */
  static final String A = "2";
  static final String B = "3";

  static final String START_SLOT =
      "if ext4load mmc 0:${boot_part} ${loadaddr} /boot/kernel; then setenv bootargs root=${boot_part};"
          + " bootz ${loadaddr}; fi";
  static final String TRY_TO_RECOVER = "if test \"${upgrade_available}\" = 1; then reset; fi";
  private static final String SWAP =
      "if test \"${boot_part}\" = 2; then setenv boot_part 3; else setenv boot_part 2; fi; ";

  private Scripts() {}

  static String bootcmd(BootCountBoard board) {
    if (board.rescue()) {
      return "if test \"${recovery_status}\" = in_progress; then setenv boot_part 3; else"
          + " if test \"${boot_rescue}\" = 1; then setenv boot_rescue 0; saveenv; setenv boot_part 3; else"
          + " setenv boot_part 2; fi; fi; run start_slot";
    }
    String refused = board.has(BootCountDeparture.UNBOOTABLE_MARK_STICKS)
        ? "if test \"${boot_part}\" = \"${unbootable}\"; then " + SWAP + "setenv upgrade_available 0; saveenv; fi; "
        : "";
    return refused + "run start_slot; run try_to_recover";
  }

  static String altbootcmd(BootCountBoard board) {
    if (board.has(BootCountDeparture.EMPTY_ALTBOOTCMD)) {
      return "";
    }
    String mark = board.has(BootCountDeparture.UNBOOTABLE_MARK_STICKS) ? "setenv unbootable ${boot_part}; " : "";
    return mark + SWAP + "setenv upgrade_available 0; setenv bootcount 0; saveenv; run bootcmd";
  }
}
