package dev.plugpull.sim.ubuntucore;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recovery loader's environment: GRUB's {@code grubenv} on ubuntu-seed, written with P4 (specification section
 * 4.2).
 *
 * <ul>
 *   <li>{@code snapd_recovery_mode}, {@code snapd_recovery_system}: what boots next. Written by the image build, by a
 *       request for a reboot to a mode, by GRUB (a recovery is one-shot), by the initramfs, and by an installation as
 *       its last step; absence of the mode means install
 *   <li>{@code try_recovery_system}, {@code recovery_system_status}: a system on trial (R6, R10, R11); absence: none
 *   <li>{@code snapd_good_recovery_systems}: labels, the newest last; for people who choose at the loader's menu
 * </ul>
 */
final class SeedEnvironment {
  static final String PATH = "/EFI/ubuntu/grubenv";
  static final String MODE = "snapd_recovery_mode";
  static final String SYSTEM = "snapd_recovery_system";
  static final String TRIED = "try_recovery_system";
  static final String STATUS = "recovery_system_status";
  private static final String GOOD = "snapd_good_recovery_systems";

  private SeedEnvironment() {}

  private static FileEnvironment file() {
    return FileEnvironment.onSeed(PATH, new GrubFormat(), FileEnvironment.Rewrite.TRUNCATING);
  }

  static SortedMap<String, String> read(Machine machine) {
    return file().read(machine);
  }

  static void write(Machine machine, String point, Map<String, String> changes) {
    file().write(machine, point, new TreeMap<>(changes));
  }

  /** What boots next. */
  static void next(Machine machine, String point, String mode, String label) {
    write(machine, point, Map.of(MODE, mode, SYSTEM, label));
  }

  /** The variables of an image that was never started, or of a device that runs. */
  static SortedMap<String, String> installed(String mode) {
    String label = RecoverySystem.label(Revisions.OLD);
    return new TreeMap<>(Map.of(MODE, mode, SYSTEM, label, GOOD, label));
  }

  /** The system goes to the end of the list of those that a device can be recovered with. */
  static void markGood(Machine machine, String point, String label) {
    write(machine, point, Map.of(GOOD, Labels.moved(read(machine).getOrDefault(GOOD, ""), label)));
  }

  static void unmarkGood(Machine machine, String point, String label) {
    write(machine, point, Map.of(GOOD, Labels.without(read(machine).getOrDefault(GOOD, ""), label)));
  }
}
