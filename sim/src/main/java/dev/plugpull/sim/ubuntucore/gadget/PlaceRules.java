package dev.plugpull.sim.ubuntucore.gadget;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** V10 to V14: structures of one volume beside each other. */
final class PlaceRules {

  /** GUID of the partition with U-Boot's environment. */
  static final String BOOT_STATE_TYPE = "3DE21764-95BD-54BD-A5C3-4ABE786F38A8";

  private static final long GPT_START_512 = 512;
  private static final long GPT_END_512 = 34 * 512L;
  private static final long GPT_START_4096 = 4096;
  private static final long GPT_END_4096 = 6 * 4096L;
  private static final long POINTER = 4;

  private final VolumeLayout layout;
  private final Findings findings;

  private PlaceRules(VolumeLayout layout, Findings findings) {
    this.layout = layout;
    this.findings = findings;
  }

  static void check(VolumeLayout layout, Findings findings) {
    PlaceRules rules = new PlaceRules(layout, findings);
    rules.names();
    rules.labels();
    if (layout.volume().isEmmc()) {
      return;
    }
    rules.overlaps();
    for (PlacedStructure placed : layout.inFileOrder()) {
      rules.partitionTable(placed);
      rules.offsetWrite(placed);
      if (placed.role().equals(Role.BOOT_STATE)) {
        rules.bootState(placed.structure());
      }
    }
  }

  private void names() {
    Map<String, Structure> seen = new HashMap<>();
    for (PlacedStructure placed : layout.inFileOrder()) {
      Structure structure = placed.structure();
      Structure before = structure.name().isEmpty() ? null : seen.putIfAbsent(structure.name(), structure);
      if (before != null) {
        findings.add(GadgetRule.V10, structure.lines().of("name"), "structure name \"" + structure.name()
            + "\" is used twice in volume \"" + layout.volume().name() + "\", first in line "
            + before.lines().of("name"), "give each structure a name of its own");
      }
    }
  }

  private void labels() {
    Map<String, List<PlacedStructure>> seen = new HashMap<>();
    for (PlacedStructure placed : layout.inFileOrder()) {
      if (placed.label().isEmpty()) {
        continue;
      }
      List<PlacedStructure> alike =
          seen.computeIfAbsent(placed.label().toLowerCase(Locale.ROOT), _ -> new ArrayList<>());
      alike.stream()
          .filter(before -> sameLabel(placed, before))
          .findFirst()
          .ifPresent(
              before ->
                  findings.add(GadgetRule.V10, placed.structure().lines().of("filesystem-label"),
                      "file-system label \"" + placed.label() + "\" of " + placed.title()
                          + " is also that of the one in line " + before.line(),
                      "give each file system a label of its own; roles imply one"));
      alike.add(placed);
    }
  }

  /** Of two labels that differ at most in case: FAT does not know case. */
  private static boolean sameLabel(PlacedStructure a, PlacedStructure b) {
    return a.structure().linuxFilesystem().equals("vfat")
        || b.structure().linuxFilesystem().equals("vfat")
        || a.label().equals(b.label());
  }

  private void overlaps() {
    long end = 0;
    PlacedStructure before = null;
    for (PlacedStructure placed : layout.byOffset()) {
      if (placed.isMbr() && placed.offset().orElse(-1) != 0 && placed.structure().offset().isEmpty()) {
        findings.add(GadgetRule.V11, placed.line(), "mbr " + placed.title() + " does not come to lie at offset 0",
            "make it the first structure");
      }
      if (placed.offset().isPresent() && placed.offset().getAsLong() < end && before != null) {
        findings.add(GadgetRule.V11, placed.structure().lines().of("offset"), placed.title() + " begins at "
            + placed.offset().getAsLong() + ", before the end of " + before.structure().title() + " (line "
            + before.line() + ") at " + end, "move it or make the one before smaller");
      }
      end = Quantity.plus(placed.offset().orElse(end), placed.structure().size());
      before = placed;
    }
  }

  private void partitionTable(PlacedStructure placed) {
    if (!layout.volume().effectiveSchema().equals(Volume.GPT) || placed.offset().isEmpty()) {
      return;
    }
    long start = placed.offset().getAsLong();
    long end = Quantity.plus(start, placed.structure().effectiveMinSize());
    boolean both = start < GPT_END_512 && end > GPT_START_4096;
    if (both || (start < GPT_END_4096 && end > GPT_START_512)) {
      String sure = both ? "overlaps" : "may overlap, depending on the block size,";
      findings.add(GadgetRule.V12, placed.structure().lines().of("offset"), placed.title() + " (bytes " + start
          + " to " + end + ") " + sure + " the partition table", "begin at 24576 or behind; 1 MiB is usual");
    }
  }

  private void offsetWrite(PlacedStructure placed) {
    Structure.OffsetWrite write = placed.structure().offsetWrite();
    if (write == null) {
      return;
    }
    String why = "";
    long end = Quantity.plus(write.offset(), POINTER);
    PlacedStructure first = layout.byOffset().getFirst();
    if (write.relativeTo().isEmpty()) {
      why = end > layout.minSize() ? "lies outside the volume of at least " + layout.minSize() + " bytes" : "";
    } else if (!write.relativeTo().equals(first.structure().name())) {
      why = "names \"" + write.relativeTo() + "\", which is not the first structure of the volume";
    } else if (first.offset().orElse(-1) != 0) {
      why = "names \"" + write.relativeTo() + "\", which does not begin at offset 0";
    } else if (end > first.structure().effectiveMinSize()) {
      why = "lies outside \"" + write.relativeTo() + "\" of " + first.structure().effectiveMinSize() + " bytes";
    }
    if (!why.isEmpty()) {
      findings.add(GadgetRule.V13, placed.structure().lines().of("offset-write"), "offset-write of " + placed.title()
          + " " + why, "point into the first structure, such as mbr+92");
    }
  }

  private void bootState(Structure structure) {
    String why = "";
    String key = "size";
    if (structure.offset().isEmpty()) {
      why = "has no offset of its own";
      key = "offset";
    } else if (structure.minSize() != 0 && structure.minSize() != structure.size()) {
      why = "has a min-size";
      key = "min-size";
    } else if (structure.size() < Quantity.MIB) {
      why = "has " + structure.size() + " bytes, less than 1 MiB";
    } else if (structure.hasFilesystem()) {
      why = "has a file system";
      key = "filesystem";
    } else if (!structure.type().equalsIgnoreCase(BOOT_STATE_TYPE)) {
      why = "has the type " + structure.type();
      key = "type";
    }
    if (!why.isEmpty()) {
      findings.add(GadgetRule.V14, structure.lines().of(key), "system-boot-state " + structure.title() + " " + why,
          "give it an offset, a fixed size of at least 1M, no file system and the type " + BOOT_STATE_TYPE);
    }
  }
}
