package dev.plugpull.sim.ubuntucore.gadget;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges a {@code gadget.yaml} by the V rules.
 *
 * <p>snapd stops at the first rule that is broken; here all of them are reported. Rules about content are in
 * {@link ContentRules}.
 */
public final class GadgetValidator {

  private static final List<String> BOOTLOADERS = List.of("grub", "u-boot", "android-boot", "piboot", "lk");

  private GadgetValidator() {}

  /**
   * All findings about a gadget.yaml, those of its parsing first; empty if snapd would take it without a word.
   *
   * <p>A line whose value could not be used gets no second finding that only follows from that.
   */
  public static List<Finding> validate(GadgetYaml yaml, Target target) {
    Set<Integer> refused = new TreeSet<>();
    yaml.findings().stream().filter(Finding::isError).forEach(finding -> refused.add(finding.line()));
    List<Finding> all = new ArrayList<>(yaml.findings());
    validate(yaml.info(), target).stream().filter(finding -> !refused.contains(finding.line())).forEach(all::add);
    return List.copyOf(all);
  }

  private static List<Finding> validate(GadgetInfo gadget, Target target) {
    Findings findings = new Findings(gadget.file());
    boolean mayLackVolumes = target.kind().isClassic();
    if (!gadget.volumes().isEmpty() || !mayLackVolumes) {
      bootloader(gadget, target, findings);
    }
    List<VolumeLayout> layouts = new ArrayList<>();
    for (Volume volume : gadget.volumes()) {
      VolumeLayout layout = VolumeLayout.of(volume, target.kind());
      layouts.add(layout);
      VolumeRules.check(layout, findings);
      PlaceRules.check(layout, findings);
    }
    RoleRules.check(layouts, target, findings);
    KernelArgumentRules.check(gadget.kernelCommandLine(), findings);
    AssignmentRules.check(gadget, findings);
    return findings.list();
  }

  private static void bootloader(GadgetInfo gadget, Target target, Findings findings) {
    List<Volume> naming = gadget.volumes().stream().filter(volume -> !volume.bootloader().isEmpty()).toList();
    if (naming.isEmpty()) {
      int line = gadget.volumes().isEmpty() ? 0 : gadget.volumes().getFirst().line();
      findings.add(GadgetRule.V1, line, "no volume names a boot loader",
          "add \"bootloader:\" to the volume the device boots from");
    }
    if (naming.size() > 1) {
      findings.add(GadgetRule.V1, naming.get(1).line(), naming.size() + " volumes name a boot loader",
          "leave it on the volume the device boots from");
    }
    for (Volume volume : naming) {
      if (!BOOTLOADERS.contains(volume.bootloader())) {
        findings.add(GadgetRule.V1, volume.line(), "boot loader \"" + volume.bootloader() + "\" is not known",
            "use one of " + String.join(", ", BOOTLOADERS));
      }
      if (volume.bootloader().equals("piboot") && !target.kind().hasModes()) {
        findings.add(GadgetRule.V1, volume.line(), "piboot needs a model with a grade (Ubuntu Core 20 or later)",
            "use u-boot on this series");
      }
    }
  }

  /** The layouts of all volumes for a target, for those who build a device from a gadget. */
  public static List<VolumeLayout> layouts(GadgetInfo gadget, Target target) {
    return gadget.volumes().stream().map(volume -> VolumeLayout.of(volume, target.kind())).toList();
  }
}
