package dev.plugpull.sim.ubuntucore.gadget;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** V2 to V9: what volumes and structures may say, each looked at on its own. */
final class VolumeRules {

  private static final Pattern VOLUME_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]+");
  private static final Pattern MBR_CODE = Pattern.compile("[0-9A-F]{2}");
  private static final Pattern GUID =
      Pattern.compile("(?i)[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}");
  private static final Set<String> PARTIAL = new TreeSet<>(List.of("schema", "structure", "size", "filesystem"));
  private static final List<String> SCHEMAS = List.of(Volume.GPT, Volume.MBR, Volume.EMMC);
  private static final List<String> FILESYSTEMS = List.of("ext4", "vfat", "vfat-16", "vfat-32", "none");
  private static final long MBR_SIZE = 446;

  private final Volume volume;
  private final Findings findings;

  private VolumeRules(Volume volume, Findings findings) {
    this.volume = volume;
    this.findings = findings;
  }

  static void check(VolumeLayout layout, Findings findings) {
    VolumeRules rules = new VolumeRules(layout.volume(), findings);
    rules.volume();
    for (PlacedStructure placed : layout.inFileOrder()) {
      if (layout.volume().isEmmc()) {
        rules.emmcContent(placed.structure());
      } else {
        rules.structure(placed);
      }
      rules.preserve(placed.structure());
    }
  }

  private void volume() {
    if (!VOLUME_NAME.matcher(volume.name()).matches()) {
      findings.add(GadgetRule.V2, volume.line(), "volume name \"" + volume.name() + "\" is not valid",
          "use at least two letters, digits or dashes, and no dash first");
    }
    if (volume.isPartial("schema") && !volume.schema().isEmpty()) {
      findings.add(GadgetRule.V2, volume.line(), "volume \"" + volume.name()
          + "\" leaves its schema open and names one as well", "remove one of the two");
    } else if (!volume.isPartial("schema") && !SCHEMAS.contains(volume.effectiveSchema())) {
      findings.add(GadgetRule.V2, volume.line(), "schema \"" + volume.schema() + "\" is not known",
          "use gpt, mbr or emmc");
    }
    List<String> seen = new ArrayList<>();
    for (String property : volume.partial()) {
      if (!PARTIAL.contains(property)) {
        findings.add(GadgetRule.V2, volume.line(), "\"" + property + "\" cannot be left open by \"partial\"",
            "use " + String.join(", ", PARTIAL));
      } else if (seen.contains(property)) {
        findings.add(GadgetRule.V2, volume.line(), "\"" + property + "\" is repeated in \"partial\"",
            "write it once");
      }
      seen.add(property);
    }
  }

  private void structure(PlacedStructure placed) {
    Structure structure = placed.structure();
    size(structure);
    type(structure);
    role(structure);
    if (placed.isMbr()) {
      mbr(structure);
    }
    if (!structure.filesystem().isEmpty() && !FILESYSTEMS.contains(structure.filesystem())) {
      findings.add(GadgetRule.V7, structure.lines().of("filesystem"), "file system \"" + structure.filesystem()
          + "\" of " + structure.title() + " is not known", "use one of " + String.join(", ", FILESYSTEMS));
    }
    for (VolumeContent content : structure.content()) {
      if (placed.hasFilesystem()) {
        fileContent(structure, content);
      } else {
        rawContent(structure, content);
      }
    }
  }

  private void size(Structure structure) {
    if (structure.hasOpenSize(volume)) {
      return;
    }
    if (structure.size() == 0) {
      findings.add(GadgetRule.V3, structure.lines().of("size"), structure.title() + " has no size",
          "add \"size:\", or leave sizes open with \"partial: [size]\"");
    } else if (structure.minSize() > structure.size()) {
      findings.add(GadgetRule.V3, structure.lines().of("min-size"), "min-size " + structure.minSize() + " of "
          + structure.title() + " is above its size " + structure.size(), "lower min-size or raise size");
    }
  }

  private void type(Structure structure) {
    String why = typeProblem(structure.type());
    if (!why.isEmpty()) {
      findings.add(GadgetRule.V4, structure.lines().of("type"), "type \"" + structure.type() + "\" of "
          + structure.title() + ": " + why,
          "use bare, two hex digits on mbr, a GUID on gpt, or XX,GUID on both");
    }
  }

  private String typeProblem(String type) {
    if (type.isEmpty()) {
      return "no type is given";
    }
    if (type.equals(Structure.BARE) || type.equals(Role.MBR)) {
      return "";
    }
    int comma = type.indexOf(',');
    if (comma >= 0) {
      boolean both =
          MBR_CODE.matcher(type.substring(0, comma)).matches() && GUID.matcher(type.substring(comma + 1)).matches();
      return both ? "" : "it is not XX,GUID (hex digits in upper case before the comma)";
    }
    boolean code = MBR_CODE.matcher(type).matches();
    if (!code && !GUID.matcher(type).matches()) {
      return "it is neither two hex digits in upper case nor a GUID";
    }
    if (volume.isPartial("schema")) {
      return "an open schema needs both forms";
    }
    String schema = volume.effectiveSchema();
    if (code && schema.equals(Volume.GPT)) {
      return "an MBR code on schema gpt";
    }
    // An unknown schema is V2's business alone.
    return !code && schema.equals(Volume.MBR) ? "a GUID on schema mbr" : "";
  }

  private void role(Structure structure) {
    int line = structure.lines().of("role");
    if (!structure.role().isEmpty() && !Role.KNOWN.contains(structure.role())) {
      findings.add(GadgetRule.V5, line, "role \"" + structure.role() + "\" of " + structure.title() + " is not known",
          "use one of " + String.join(", ", Role.KNOWN));
    }
    boolean otherRole = !structure.role().isEmpty() && !structure.role().equals(Role.MBR);
    if (otherRole && (structure.type().equals(Structure.BARE) || structure.type().equals(Role.MBR))) {
      findings.add(GadgetRule.V5, line, "role \"" + structure.role() + "\" of " + structure.title()
          + " conflicts with its type \"" + structure.type() + "\"", "give it a partition type or remove the role");
    }
  }

  private void mbr(Structure structure) {
    String why = "";
    String key = "size";
    if (structure.size() > MBR_SIZE) {
      why = "has " + structure.size() + " bytes, more than the " + MBR_SIZE + " before the partition table";
    } else if (structure.offset().orElse(0) != 0) {
      why = "starts at " + structure.offset().getAsLong() + " and not at 0";
      key = "offset";
    } else if (!structure.id().isEmpty()) {
      why = "has a partition id";
      key = "id";
    } else if (structure.hasFilesystem()) {
      why = "has a file system";
      key = "filesystem";
    }
    if (!why.isEmpty()) {
      findings.add(GadgetRule.V6, structure.lines().of(key), "mbr " + structure.title() + " " + why,
          "keep the boot sector within bytes 0 to 446, with an image only");
    }
  }

  private void fileContent(Structure structure, VolumeContent content) {
    String why = "";
    if (!content.image().isEmpty() || content.offset().isPresent() || content.size() != 0) {
      why = "uses image, offset or size, which are for raw structures";
    } else if (content.source().isEmpty()) {
      why = "has no source";
    } else if (content.target().isEmpty()) {
      why = "has no target";
    }
    if (!why.isEmpty()) {
      findings.add(GadgetRule.V8, content.line(), "content of " + structure.title() + " " + why,
          "on a file system write source and target");
    }
  }

  private void rawContent(Structure structure, VolumeContent content) {
    String why = "";
    if (!content.source().isEmpty() || !content.target().isEmpty()) {
      why = "uses source or target, but the structure has no file system";
    } else if (content.image().isEmpty()) {
      why = "has no image";
    }
    if (!why.isEmpty()) {
      findings.add(GadgetRule.V8, content.line(), "content of " + structure.title() + " " + why,
          "on a raw structure write image");
    }
  }

  private void emmcContent(Structure structure) {
    for (VolumeContent content : structure.content()) {
      boolean imageOnly =
          !content.image().isEmpty() && content.source().isEmpty() && content.target().isEmpty()
              && content.offset().isEmpty() && content.size() == 0;
      if (!imageOnly) {
        findings.add(GadgetRule.V8, content.line(), "content of " + structure.title()
            + " is not just an image, but it is a hardware partition of an eMMC", "write image alone");
      }
    }
  }

  private void preserve(Structure structure) {
    List<String> preserve = structure.update().preserve();
    int line = structure.update().lines().of("preserve");
    if (!preserve.isEmpty() && !structure.hasFilesystem(volume)) {
      findings.add(GadgetRule.V9, line, structure.title() + " has no file system, but a preserve list",
          "remove the list: raw content cannot be kept in part");
    }
    List<String> seen = new ArrayList<>();
    for (String path : preserve) {
      if (seen.contains(path)) {
        findings.add(GadgetRule.V9, line, "\"" + path + "\" is preserved twice in " + structure.title(),
            "write it once");
      }
      seen.add(path);
    }
  }
}
