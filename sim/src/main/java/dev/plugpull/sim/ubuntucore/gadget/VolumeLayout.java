package dev.plugpull.sim.ubuntucore.gadget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A volume laid out as snapd does before it looks at any disk.
 *
 * @param inFileOrder structures as written
 * @param byOffset the same, in the order of their place; those without a known offset stay behind the one they follow
 */
public record VolumeLayout(Volume volume, List<PlacedStructure> inFileOrder, List<PlacedStructure> byOffset) {

  /** Where the first structure that is not the boot sector may begin, in bytes. */
  public static final long FIRST_OFFSET = Quantity.MIB;

  /** Lays a volume out for a kind of system. */
  public static VolumeLayout of(Volume volume, SystemKind kind) {
    List<PlacedStructure> placed = new ArrayList<>();
    OptionalLong next = OptionalLong.of(0);
    for (Structure structure : volume.structures()) {
      PlacedStructure implied =
          new PlacedStructure(
              volume, structure, role(structure, kind), label(structure, kind), structure.offset());
      PlacedStructure at = volume.isEmmc() ? at(implied, OptionalLong.of(0)) : at(implied, start(implied, next));
      placed.add(at);
      next =
          at.offset().isPresent() && at.isFixedSize()
              ? OptionalLong.of(Quantity.plus(at.offset().getAsLong(), structure.size()))
              : OptionalLong.empty();
    }
    return new VolumeLayout(volume, List.copyOf(placed), ordered(placed));
  }

  private static PlacedStructure at(PlacedStructure structure, OptionalLong offset) {
    return new PlacedStructure(structure.volume(), structure.structure(), structure.role(), structure.label(), offset);
  }

  private static OptionalLong start(PlacedStructure structure, OptionalLong next) {
    if (structure.offset().isPresent() || next.isEmpty()) {
      return structure.offset();
    }
    long after = next.getAsLong();
    return OptionalLong.of(structure.role().equals(Role.MBR) ? after : Math.max(after, FIRST_OFFSET));
  }

  private static String role(Structure structure, SystemKind kind) {
    if (structure.role().isEmpty() && structure.type().equals(Role.MBR)) {
      return Role.MBR;
    }
    boolean oldBoot = !kind.hasModes() && structure.label().equals(Role.BOOT);
    return structure.role().isEmpty() && oldBoot ? Role.BOOT : structure.role();
  }

  private static String label(Structure structure, SystemKind kind) {
    if (!structure.label().isEmpty()) {
      return structure.label();
    }
    if (!kind.hasModes()) {
      return structure.role().equals(Role.DATA) ? "writable" : "";
    }
    return switch (structure.role()) {
      case Role.DATA -> "ubuntu-data";
      case Role.SEED, Role.SEED_NULL -> "ubuntu-seed";
      case Role.BOOT -> "ubuntu-boot";
      case Role.SAVE -> "ubuntu-save";
      default -> "";
    };
  }

  /** Runs of structures that begin with a known offset are sorted by it; inside a run the order of the file stays. */
  private static List<PlacedStructure> ordered(List<PlacedStructure> placed) {
    List<List<PlacedStructure>> runs = new ArrayList<>();
    for (PlacedStructure structure : placed) {
      if (structure.offset().isPresent() || runs.isEmpty()) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(structure);
    }
    runs.sort(Comparator.comparingLong(run -> run.getFirst().offset().orElse(0)));
    return runs.stream().flatMap(List::stream).toList();
  }

  /** The smallest disk it fits on, in bytes. */
  public long minSize() {
    long end = 0;
    for (PlacedStructure structure : byOffset) {
      end = Quantity.plus(structure.offset().orElse(end), structure.structure().effectiveMinSize());
    }
    return end;
  }

  /** The smallest start that a structure (by place) may have. */
  long minOffset(int index) {
    long others = 0;
    for (int i = index; i >= 0; i--) {
      if (byOffset.get(i).offset().isPresent()) {
        return Quantity.plus(byOffset.get(i).offset().getAsLong(), others);
      }
      others = i > 0 ? Quantity.plus(others, byOffset.get(i - 1).structure().effectiveMinSize()) : others;
    }
    return others;
  }

  /** The largest start that a structure (by place) may have; {@link Long#MAX_VALUE} if nothing bounds it. */
  long maxOffset(int index) {
    if (byOffset.get(index).offset().isPresent()) {
      return byOffset.get(index).offset().getAsLong();
    }
    return Math.min(maxFromBefore(index), maxFromBehind(index));
  }

  private long maxFromBefore(int index) {
    long others = 0;
    for (int i = index - 1; i >= 0; i--) {
      Structure structure = byOffset.get(i).structure();
      if (structure.hasOpenSize(volume)) {
        return Long.MAX_VALUE;
      }
      others = Quantity.plus(others, structure.size());
      if (byOffset.get(i).offset().isPresent()) {
        return Quantity.plus(byOffset.get(i).offset().getAsLong(), others);
      }
    }
    return 0;
  }

  private long maxFromBehind(int index) {
    long others = 0;
    for (int i = index; i < byOffset.size(); i++) {
      if (byOffset.get(i).offset().isPresent()) {
        return byOffset.get(i).offset().getAsLong() - others;
      }
      others = Quantity.plus(others, byOffset.get(i).structure().effectiveMinSize());
    }
    return Long.MAX_VALUE;
  }
}
