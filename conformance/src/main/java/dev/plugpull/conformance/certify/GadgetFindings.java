package dev.plugpull.conformance.certify;

import dev.plugpull.reports.Finding;
import dev.plugpull.sim.bootloader.grub.GrubConfig;
import dev.plugpull.sim.bootloader.grub.GrubFinding;
import dev.plugpull.sim.bootloader.grub.GrubLint;
import dev.plugpull.sim.bootloader.grub.GrubScript;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.bootloader.uboot.UbootFinding;
import dev.plugpull.sim.bootloader.uboot.UbootLint;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the static look at a gadget finds: rules of gadget.yaml, and the lint of its boot scripts. */
final class GadgetFindings {
  private static final Set<String> SNAPD_VARIABLES =
      Set.of("snap_mode", "snap_core", "snap_kernel", "snap_try_core", "snap_try_kernel");

  private GadgetFindings() {}

  static List<Finding> ofYaml(String origin, List<dev.plugpull.sim.ubuntucore.gadget.Finding> findings) {
    List<Finding> result = new ArrayList<>();
    for (dev.plugpull.sim.ubuntucore.gadget.Finding finding : findings) {
      String file = finding.file().startsWith(origin) && finding.file().length() > origin.length()
          ? finding.file().substring(origin.length() + 1)
          : finding.file();
      result.add(new Finding(
          finding.rule().name(),
          file,
          finding.line(),
          finding.isError() ? Finding.Severity.ERROR : Finding.Severity.WARNING,
          finding.message(),
          finding.remedy()));
    }
    return result;
  }

  /** A script's findings are warnings: whether they matter, exploration tells. */
  static List<Finding> ofScripts(GadgetBoard gadget) {
    List<Finding> result = new ArrayList<>();
    for (Map.Entry<String, String> script : gadget.scripts().entrySet()) {
      if (script.getKey().endsWith(".txt") || ShippedEnvironment.isOne(script.getKey())) {
        // Settings of a firmware, or scripts in variables: no one script to look at.
        continue;
      }
      if (gadget.board().loader() == CoreBoard.LoaderKind.GRUB) {
        GrubScript parsed = GrubScript.parse(script.getKey(), script.getValue());
        for (GrubFinding finding : GrubLint.check(parsed, GrubConfig.stock("(hd0,gpt1)/EFI/ubuntu"), SNAPD_VARIABLES,
            path -> true)) {
          result.add(warning(finding.kind().name(), finding.where(), finding.what(), finding.remedy()));
        }
      } else {
        for (UbootFinding finding : UbootLint.check(UbootBoard.standard(), script.getKey(), script.getValue(),
            List.of())) {
          result.add(warning(finding.kind().name(), finding.where(), finding.what(), finding.remedy()));
        }
      }
    }
    return result;
  }

  private static Finding warning(String kind, String where, String what, String remedy) {
    int colon = where.lastIndexOf(':');
    boolean line = colon > 0 && where.substring(colon + 1).matches("\\d{1,7}");
    return new Finding(
        kind,
        line ? where.substring(0, colon) : where,
        line ? Integer.parseInt(where.substring(colon + 1)) : 0,
        Finding.Severity.WARNING,
        what,
        remedy);
  }
}
