package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.reports.Hazard;
import dev.plugpull.reports.Party;
import dev.plugpull.scenarios.contract.Predictable;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Hazards of platform and medium that the specification knows by id, and how one recognises a violation as one of them.
 * They explain why a violation is not the gadget's; they are never an input of the exploration.
 */
enum KnownHazard {
  H2("a damaged state.json ends snapd, and the failure handler cannot help",
      "a disk that ignores flushes keeps the rename and loses what was renamed; what boots and runs goes on, and no"
          + " update is possible any more",
      w -> w.why().contains("no readable state")),
  H3("a mount unit that is written but not enabled is not enabled on repeat",
      "power fails between writing and enabling the unit; the refresh fails, the device survives",
      w -> w.why().contains("never became active")),
  H5("a partial drivers tree is accepted on repeat",
      "power fails while the tree is built (UC24 and later)",
      w -> w.series() >= 24 && (w.why().contains("incomplete")
          || w.property().equals(Predictable.ID) && w.cutsAt("K9"))),
  H8("an empty seed environment means install mode, which removes everything and then refuses that environment",
      "power fails while the environment on the seed is rewritten in place: a reboot to a mode, a recovery system that"
          + " is tried, a remodel; data and identity are lost, and the installation never ends",
      w -> w.property().equals("NOBRICK") && w.why().contains("install mode fails: cannot read")),
  H6("the data trash is overwritten on repeat",
      "power fails while data is copied after a revert",
      w -> w.property().equals("DATA")),
  H12("boot success is not marked again after an error",
      "marking fails once, as on a disk that is full just then; the next boot rolls back, or loops if its initramfs"
          + " cannot write either",
      w -> w.why().contains("no space left") && w.strikes("P17.boot-id|M4")),
  H4("boot files of the new kernel are not synced when their task is recorded as done",
      "power fails after mount-snap is recorded and before the next global sync; a board that resets falls back to"
          + " the old kernel",
      w -> w.series() >= 20 && (w.loses("/(kernel\\.(efi|img)|initrd\\.img)\\b")
          || w.why().contains("firmware cannot load"))),
  H16("content of the kernel on a boot partition is not rolled back with the kernel",
      "the kernel of a refresh that also replaced such content goes back; the device survives if the old kernel runs"
          + " with the new content, or if its loader takes what lies beside the kernel",
      w -> w.property().equals("ATOM")
          && Pattern.compile("kernel=(\\d+), kernel assets=of (?!revision \\1\\b)").matcher(w.why()).find()),
  H11("piboot: the variables are saved before config.txt names the new kernel",
      "power fails between the two writes of boot success; the old kernel runs with the new one's modules from then on,"
          + " and the update is reported as done",
      w -> w.loader().startsWith("piboot") && w.speaksOfTheKernel()),
  R10("piboot: the variables are saved before config.txt says what they say",
      "power fails between the two writes when a recovery, an installation or a reset asks for run mode; the variables"
          + " say so already, so config.txt is never written again, and the mode begins anew with every boot",
      w -> w.loader().startsWith("piboot") && w.why().startsWith("reboots for ever: ")
          && (w.why().contains("leaves the recovery system") || w.why().contains("mode ends"))),
  R8("a recovery is one-shot with GRUB only",
      "power fails after the new recovery system is asked for and before its files are written back; a boot loader that"
          + " does not clear the request starts what is not there for ever",
      w -> !w.loader().startsWith("grub") && (w.why().contains("recovery system '") && w.why().contains("is not whole")
          || w.loses("/systems/\\w+/kernel/"))),
  K7("lk: the boot image is not synced, and the boot selection that names it is",
      "power fails after mount-snap is recorded and before the image is written back; lk starts what lay there before,"
          + " an older kernel, and snapd takes it for the new one",
      w -> w.loader().startsWith("lk") && w.speaksOfTheKernel() && w.loses("raw bytes")),
  P7("lk: two cuts in a row can tear both copies of the boot selection",
      "power fails while snapd writes the backup and again while lk writes the primary at the next start",
      w -> w.loader().startsWith("lk") && w.why().contains("no boot selection with a good checksum")),
  H9("an environment of the wrong size or checksum is an endless reboot",
      "power fails while snapd or the boot script rewrites the run environment in place; only recovery from the"
          + " seed helps",
      w -> w.series() >= 20 && w.why().contains("cannot get information from boot loader")),
  H17("an empty loader environment of UC16 and UC18 names no kernel",
      "power fails while the one environment is rewritten in place; a person is needed",
      w -> w.series() < 20 && w.property().equals("NOBRICK")
          && (w.rewrites() || w.loses("/(grubenv|uboot\\.env)\\b"))),
  H14("raw gadget assets are written in place and not synced",
      "power fails before the images of a gadget refresh, or of its roll-back, are written back, also after the task"
          + " was recorded as done: then they are never written again; a board survives a mixture only if its boot ROM"
          + " finds a whole copy",
      w -> w.why().contains("neither the old nor the new one")
          || w.loses("raw bytes") && (w.property().equals("ATOM") && w.why().contains("gadget assets")
              || w.property().equals("ROLLBACK") && w.why().contains("the mixed system"))),
  G11("update-gadget-assets has no undo: the new assets stay when the change is undone",
      "a later task of the same change fails, or the kernel of the same change is rolled back",
      w -> w.property().equals("ATOM") && w.why().contains("gadget assets")),
  B13("the boot loader reads the file system as it was before its journal",
      "power fails within seconds after the boot state changed on an ext4 boot partition; the loader sees some blocks"
          + " old and some new until the kernel mounts the partition again",
      w -> w.loader().contains("ext4") && w.loses("^home block")),
  B7("a single copy of a U-Boot environment can be torn",
      "power fails while boot.sel or uboot.env is written in place",
      w -> w.loader().startsWith("u-boot") && !w.loader().contains("raw")
          && (w.rewrites() || w.loses("/(boot\\.sel|uboot\\.env)\\b"))),
  H15("a rename on FAT is several writes",
      "power fails between them: the old file's clusters are free before its entry names the new ones; the device"
          + " survives a loader of one cluster, and one such cut if firmware has a second path",
      w -> w.property().equals("NOBRICK")
          && (w.loader().contains("vfat") && w.loses("directory|entry|name") || w.why().contains("missing or short"))),
  H7("a power cut while the new system is tried rolls a good update back",
      "power fails between the loader's flip to trying and boot success, or before the kernel's boot files were written"
          + " back (H4); the device survives on the old system",
      w -> false),
  FULL("a full disk fails a good update", "the data partition has no room while the update runs; the device survives"
      + " and takes the update once there is room; but while a base is tried the initramfs must write, and a disk that"
      + " is full by then is an endless reboot",
      w -> w.why().contains("no space left"));

  /**
   * What is known of a violation. What happens without any fault is never a hazard of platform or medium: somebody's
   * logic is wrong, and exchanging parties tells whose.
   *
   * @param plan its shortest plan
   * @param loader as {@link GadgetBoard#loaderTitle}
   */
  record Witness(String property, String why, FaultPlan plan, String loader, int series) {

    /** True if a cut takes a pending write whose words contain this. */
    boolean loses(String words) {
      Pattern pattern = Pattern.compile(words);
      return plan.steps().stream()
          .filter(FaultPlan.Cut.class::isInstance)
          .flatMap(step -> ((FaultPlan.Cut) step).losses().stream())
          .flatMap(loss -> loss.lost().stream())
          .anyMatch(pending -> pattern.matcher(pending.write()).find());
    }

    /** True if it says that another kernel runs than snapd believes. */
    boolean speaksOfTheKernel() {
      return List.of("ATOM", "TRUTH", "DURAB").contains(property);
    }

    /** True if a cut strikes at a durability point or one of its steps. */
    boolean cutsAt(String name) {
      return plan.steps().stream().anyMatch(step -> step instanceof FaultPlan.Cut cut
          && (cut.point().equals(name) || cut.point().startsWith(name + ".")));
    }

    /** True if something other than a cut strikes at a durability point or one of its steps. */
    boolean strikes(String names) {
      Pattern pattern = Pattern.compile("(" + names + ")(\\..*)?");
      return plan.steps().stream().anyMatch(step ->
          step instanceof FaultPlan.Strike strike && pattern.matcher(strike.point()).matches());
    }

    /** True if the power fails in the middle of a file that is being rewritten in place. */
    boolean rewrites() {
      return plan.steps().stream().anyMatch(
          step -> step instanceof FaultPlan.Cut cut && cut.point().endsWith(".truncated"));
    }
  }

  private final String title;
  private final String condition;
  private final Predicate<Witness> explains;

  KnownHazard(String title, String condition, Predicate<Witness> explains) {
    this.title = title;
    this.condition = condition;
    this.explains = explains;
  }

  Hazard withCount(long durableStates) {
    return new Hazard(name(), title, condition, durableStates, Party.PLATFORM);
  }

  /** Why a good update ended rolled back; {@code why} as snapd reports it. */
  static KnownHazard ofRolledBack(String why) {
    if (why.contains("never became active")) {
      return H3;
    }
    return why.contains("no space left") ? FULL : H7;
  }

  /** The first hazard that explains a violation. */
  static Optional<KnownHazard> explaining(Witness witness) {
    boolean withoutFault = G11.explains.test(witness) || H16.explains.test(witness);
    if (witness.plan().steps().isEmpty() && !withoutFault) {
      return Optional.empty();
    }
    for (KnownHazard hazard : values()) {
      if (hazard.explains.test(witness)) {
        return Optional.of(hazard);
      }
    }
    return Optional.empty();
  }
}
