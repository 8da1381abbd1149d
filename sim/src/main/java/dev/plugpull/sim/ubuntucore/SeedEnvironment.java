package dev.plugpull.sim.ubuntucore;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recovery loader's variables (specification section 4.2), in the environment that {@link SeedLoader} names.
 *
 * <ul>
 *   <li>{@code snapd_recovery_mode}, {@code snapd_recovery_system}: what boots next. Written by the image build, by a
 *       request for a reboot to a mode, by GRUB (a recovery is one-shot), by the initramfs, and by an installation as
 *       its last step; absence of the mode means install
 *   <li>{@code try_recovery_system}, {@code recovery_system_status}: a system on trial (R6, R10, R11); absence: none
 *   <li>{@code snapd_good_recovery_systems}: labels, the newest last; for people who choose at GRUB's menu
 * </ul>
 */
final class SeedEnvironment {
  static final String MODE = "snapd_recovery_mode";
  static final String SYSTEM = "snapd_recovery_system";
  static final String TRIED = "try_recovery_system";
  static final String STATUS = "recovery_system_status";
  private static final String GOOD = "snapd_good_recovery_systems";

  private SeedEnvironment() {}

  private static SeedLoader loader(Machine machine) {
    return machine.setup.seedLoader();
  }

  static SortedMap<String, String> read(Machine machine) {
    return loader(machine).environment().read(machine);
  }

  static void write(Machine machine, String point, Map<String, String> changes) {
    loader(machine).environment().set(machine, point, new TreeMap<>(changes));
  }

  /** What boots next. */
  static void next(Machine machine, String point, String mode, String label) {
    write(machine, point, Map.of(MODE, mode, SYSTEM, label));
  }

  /** The variables of an image that was never started, or of a device that runs. */
  static SortedMap<String, String> installed(String mode, boolean listed) {
    String label = RecoverySystem.label(Revisions.OLD);
    SortedMap<String, String> variables = new TreeMap<>(Map.of(MODE, mode, SYSTEM, label));
    if (listed) {
      variables.put(GOOD, label);
    }
    return variables;
  }

  /** The system goes to the end of the list of those that a device can be recovered with, where there is one. */
  static void markGood(Machine machine, String point, String label) {
    if (loader(machine).isManaged()) {
      write(machine, point, Map.of(GOOD, Labels.moved(read(machine).getOrDefault(GOOD, ""), label)));
    }
  }

  static void unmarkGood(Machine machine, String point, String label) {
    if (loader(machine).isManaged()) {
      write(machine, point, Map.of(GOOD, Labels.without(read(machine).getOrDefault(GOOD, ""), label)));
    }
  }
}
