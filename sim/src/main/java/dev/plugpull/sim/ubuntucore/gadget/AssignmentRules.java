package dev.plugpull.sim.ubuntucore.gadget;

import java.util.HashMap;
import java.util.Map;

/** V17: assignments of volumes to disks. */
final class AssignmentRules {

  private AssignmentRules() {}

  static void check(GadgetInfo gadget, Findings findings) {
    Map<Map<String, String>, String> seen = new HashMap<>();
    for (GadgetInfo.VolumeAssignment assignment : gadget.volumeAssignments()) {
      if (assignment.devices().isEmpty()) {
        findings.add(GadgetRule.V17, assignment.line(), "volume assignment \"" + assignment.name()
            + "\" assigns nothing", "assign at least one volume");
      }
      String same = seen.putIfAbsent(assignment.devices(), assignment.name());
      if (same != null) {
        findings.add(GadgetRule.V17, assignment.line(), "volume assignment \"" + assignment.name()
            + "\" is the same as \"" + same + "\"", "remove one of them");
      }
      assignment.devices().forEach((volume, device) -> device(gadget, assignment, volume, device, findings));
    }
  }

  private static void device(
      GadgetInfo gadget, GadgetInfo.VolumeAssignment assignment, String volume, String device, Findings findings) {
    if (gadget.volume(volume).isEmpty()) {
      findings.add(GadgetRule.V17, assignment.line(), "volume \"" + volume + "\" of assignment \""
          + assignment.name() + "\" is not defined", "define it under \"volumes:\"");
    }
    if (!device.startsWith("/dev/disk/by-path") && !device.startsWith("/dev/disk/by-id")) {
      findings.add(GadgetRule.V17, assignment.line(), "device \"" + device + "\" of assignment \""
          + assignment.name() + "\" is not stable", "use a path below /dev/disk/by-path or /dev/disk/by-id");
    }
  }
}
