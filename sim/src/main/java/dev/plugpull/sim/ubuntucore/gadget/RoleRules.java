package dev.plugpull.sim.ubuntucore.gadget;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** V20 to V26: rules that depend on the kind of system. */
final class RoleRules {

  private static final List<String> RESERVED_WITH_MODES =
      List.of("ubuntu-boot", "ubuntu-seed", "ubuntu-data", "ubuntu-save");
  private static final List<String> RESERVED_WITHOUT_MODES = List.of("ubuntu-seed", "ubuntu-data");
  private static final List<String> EMMC_NAMES = List.of("boot0", "boot1");

  private final List<VolumeLayout> layouts;
  private final Target target;
  private final Findings findings;
  private final Map<String, PlacedStructure> roles = new LinkedHashMap<>();

  private RoleRules(List<VolumeLayout> layouts, Target target, Findings findings) {
    this.layouts = layouts;
    this.target = target;
    this.findings = findings;
  }

  static void check(List<VolumeLayout> layouts, Target target, Findings findings) {
    if (layouts.isEmpty()) {
      return;
    }
    RoleRules rules = new RoleRules(layouts, target, findings);
    rules.unique();
    rules.reservedLabels();
    switch (target.kind()) {
      case CORE_WITH_MODES -> rules.coreWithModes();
      case HYBRID -> rules.hybrid();
      case CORE_WITHOUT_MODES, CLASSIC -> rules.withoutModes();
    }
    rules.encryption();
    layouts.stream().filter(layout -> layout.volume().isEmmc()).forEach(rules::emmc);
  }

  private void unique() {
    for (VolumeLayout layout : layouts) {
      for (PlacedStructure placed : layout.inFileOrder()) {
        if (Role.UNIQUE.contains(placed.role())) {
          PlacedStructure before = roles.putIfAbsent(placed.role(), placed);
          if (before != null) {
            findings.add(GadgetRule.V20, placed.structure().lines().of("role"), "role " + placed.role() + " of "
                + placed.title() + " is also that of the one in line " + before.line(),
                "give the role to one structure only");
          }
        }
      }
    }
    if (roles.containsKey(Role.SEED) && roles.containsKey(Role.SEED_NULL)) {
      findings.add(GadgetRule.V20, roles.get(Role.SEED_NULL).structure().lines().of("role"),
          "system-seed and system-seed-null are both there", "use one of them");
    }
  }

  private void reservedLabels() {
    List<String> reserved = target.kind().hasModes() ? RESERVED_WITH_MODES : RESERVED_WITHOUT_MODES;
    for (VolumeLayout layout : layouts) {
      for (PlacedStructure placed : layout.inFileOrder()) {
        if (placed.role().isEmpty() && reserved.stream().anyMatch(placed::hasLabel)) {
          findings.add(GadgetRule.V21, placed.structure().lines().of("filesystem-label"), "label \"" + placed.label()
              + "\" of " + placed.title() + " is reserved, and it has no role", "add the role or change the label");
        }
      }
    }
  }

  private void coreWithModes() {
    PlacedStructure seed = need(GadgetRule.V22, Role.SEED);
    need(GadgetRule.V22, Role.DATA);
    label(GadgetRule.V22, Role.SEED, "ubuntu-seed");
    label(GadgetRule.V22, Role.DATA, "ubuntu-data");
    label(GadgetRule.V22, Role.SAVE, "ubuntu-save");
    if (seed != null) {
      sameVolume(GadgetRule.V22, seed, List.of(Role.BOOT, Role.DATA, Role.SAVE));
    }
  }

  private void hybrid() {
    PlacedStructure boot = need(GadgetRule.V24, Role.BOOT);
    need(GadgetRule.V24, Role.DATA);
    label(GadgetRule.V24, Role.BOOT, "ubuntu-boot");
    label(GadgetRule.V24, Role.DATA, "ubuntu-data");
    label(GadgetRule.V24, Role.SEED, "ubuntu-seed");
    label(GadgetRule.V24, Role.SEED_NULL, "ubuntu-seed");
    label(GadgetRule.V24, Role.SAVE, "ubuntu-save");
    if (boot != null) {
      sameVolume(GadgetRule.V24, boot, List.of(Role.SEED, Role.SEED_NULL, Role.SAVE));
    }
  }

  private void withoutModes() {
    for (String role : List.of(Role.SEED, Role.SAVE)) {
      PlacedStructure placed = roles.get(role);
      if (placed != null) {
        findings.add(GadgetRule.V23, placed.structure().lines().of("role"), "role " + role + " of " + placed.title()
            + " needs a model with a grade (Ubuntu Core 20 or later)",
            "remove it, or judge the gadget for its own series");
      }
    }
    label(GadgetRule.V23, Role.DATA, "writable");
  }

  private PlacedStructure need(GadgetRule rule, String role) {
    PlacedStructure placed = roles.get(role);
    if (placed == null) {
      int line = layouts.getFirst().volume().line();
      findings.add(rule, line, "no structure has the role " + role, "add it to the volume the device boots from");
    }
    return placed;
  }

  private void label(GadgetRule rule, String role, String wanted) {
    PlacedStructure placed = roles.get(role);
    if (placed != null && !placed.label().isEmpty() && !placed.hasLabel(wanted)) {
      findings.add(rule, placed.structure().lines().of("filesystem-label"), "label \"" + placed.label() + "\" of "
          + placed.title() + " with role " + role + " is not \"" + wanted + "\"",
          "remove the label: the role implies it");
    }
  }

  private void sameVolume(GadgetRule rule, PlacedStructure with, List<String> others) {
    for (String role : others) {
      PlacedStructure placed = roles.get(role);
      if (placed != null && !placed.volume().name().equals(with.volume().name())) {
        findings.add(rule, placed.line(), "role " + role + " is in volume \"" + placed.volume().name() + "\", but "
            + with.role() + " in \"" + with.volume().name() + "\"", "put them into one volume");
      }
    }
  }

  private void encryption() {
    if (!target.encrypted()) {
      return;
    }
    int line = layouts.getFirst().volume().line();
    if (!target.kind().hasModes()) {
      findings.add(GadgetRule.V25, line, "encryption is planned on a system without modes",
          "use a model with a grade");
    } else if (!roles.containsKey(Role.SAVE)) {
      findings.add(GadgetRule.V25, line, "encryption is planned, but no structure has the role system-save",
          "add one of at least 16M");
    }
  }

  private void emmc(VolumeLayout layout) {
    Volume volume = layout.volume();
    List<String> unwanted = new ArrayList<>();
    if (!volume.bootloader().isEmpty()) {
      unwanted.add("bootloader");
    }
    if (!volume.id().isEmpty()) {
      unwanted.add("id");
    }
    if (!volume.partial().isEmpty()) {
      unwanted.add("partial");
    }
    for (String key : unwanted) {
      findings.add(GadgetRule.V26, volume.line(), "eMMC volume \"" + volume.name() + "\" sets \"" + key + "\"",
          "remove it");
    }
    layout.inFileOrder().forEach(placed -> emmcStructure(placed.structure()));
  }

  private void emmcStructure(Structure structure) {
    if (!EMMC_NAMES.contains(structure.name())) {
      findings.add(GadgetRule.V26, structure.lines().of("name"), structure.title()
          + " of an eMMC volume is neither boot0 nor boot1", "name it after the hardware partition");
    }
    Map<String, Boolean> set = new LinkedHashMap<>();
    set.put("size", structure.size() != 0);
    set.put("min-size", structure.minSize() != 0);
    set.put("filesystem-label", !structure.label().isEmpty());
    set.put("offset", structure.offset().orElse(0) != 0);
    set.put("offset-write", structure.offsetWrite() != null);
    set.put("filesystem", !structure.filesystem().isEmpty());
    set.put("type", !structure.type().isEmpty());
    set.put("id", !structure.id().isEmpty());
    set.put("role", !structure.role().isEmpty());
    set.forEach(
        (key, present) -> {
          if (present) {
            findings.add(GadgetRule.V26, structure.lines().of(key), "\"" + key + "\" of " + structure.title()
                + " is not allowed in an eMMC volume", "remove it");
          }
        });
  }
}
