package dev.plugpull.sim.chromeos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.RawVolume;
import dev.plugpull.sim.media.DeviceProfile;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of crash outcomes of one transaction ({@code chrome-os.md} 2.3), and what tools make of a bad table. */
class GptCopiesTest {
  private static final GptCopies.Region H1 = GptCopies.Region.HEADER1;
  private static final GptCopies.Region E1 = GptCopies.Region.ENTRIES1;
  private static final GptCopies.Region H2 = GptCopies.Region.HEADER2;
  private static final GptCopies.Region E2 = GptCopies.Region.ENTRIES2;

  private static LiveVolume disk() {
    return RawVolume.of(Partitions.SECTORS * GptCopies.SECTOR, DeviceProfile.EMMC, Partitions.disk()).state().open();
  }

  private static void write(LiveVolume disk, GptCopies table, Set<GptCopies.Region> regions) {
    regions.forEach(region -> disk.writeRaw(table.offset(region), table.bytes(region)));
  }

  private static LiveVolume afterCut(Set<GptCopies.Region> reached) {
    LiveVolume disk = disk();
    GptCopies table = GptCopies.read(disk, Partitions.SECTORS);
    table.set(Slot.B, new Attributes(2, 6, false, false));
    write(disk, table, reached);
    return disk;
  }

  private static String outcome(Set<GptCopies.Region> reached) {
    GptCopies table = GptCopies.read(afterCut(reached), Partitions.SECTORS);
    if (!table.readable()) {
      return "recovery";
    }
    return table.attributes(Slot.B).tries() == 6 ? "new" : "old";
  }

  @Test
  void everySubsetOfATransactionEndsAsVbootDoes() {
    TreeMap<String, String> outcomes = new TreeMap<>();
    for (int bits = 0; bits < 16; bits++) {
      EnumSet<GptCopies.Region> reached = EnumSet.noneOf(GptCopies.Region.class);
      for (GptCopies.Region region : GptCopies.Region.values()) {
        if ((bits >> region.ordinal() & 1) == 1) {
          reached.add(region);
        }
      }
      outcomes.put(reached.toString(), outcome(reached));
    }
    Set<Set<GptCopies.Region>> old = Set.of(EnumSet.noneOf(GptCopies.Region.class), EnumSet.of(H1), EnumSet.of(E1),
        EnumSet.of(H2), EnumSet.of(E2), EnumSet.of(E1, H2), EnumSet.of(H2, E2));
    Set<Set<GptCopies.Region>> bricked = Set.of(EnumSet.of(H1, H2), EnumSet.of(E1, E2));
    old.forEach(set -> assertThat(outcomes).containsEntry(set.toString(), "old"));
    bricked.forEach(set -> assertThat(outcomes).containsEntry(set.toString(), "recovery"));
    assertThat(outcomes.values()).filteredOn("new"::equals).hasSize(16 - old.size() - bricked.size());
  }

  @Test
  void repairMakesBothCopiesWholeAndKeepsTheValues() {
    LiveVolume disk = afterCut(EnumSet.of(H1, E1));
    GptCopies table = GptCopies.read(disk, Partitions.SECTORS);
    assertThat(table.whole()).isFalse();
    table.repair();
    write(disk, table, table.modified());
    GptCopies repaired = GptCopies.read(disk, Partitions.SECTORS);
    assertThat(repaired.whole()).isTrue();
    assertThat(repaired.attributes(Slot.B)).isEqualTo(new Attributes(2, 6, false, false));
  }

  @Test
  void aStaleSecondHeaderAndOneMoreHeaderLeaveNoTable() {
    // The first cut keeps the new entries of the second copy and loses its header; firmware then changes the first.
    LiveVolume disk = afterCut(EnumSet.of(H1, E1, E2));
    GptCopies table = GptCopies.read(disk, Partitions.SECTORS);
    table.repair();
    table.set(Slot.B, new Attributes(2, 5, false, false));
    write(disk, table, EnumSet.of(H1));
    assertThat(GptCopies.read(disk, Partitions.SECTORS).readable()).isFalse();
  }

  @Test
  void attributesSurviveARoundTrip() {
    Attributes all = new Attributes(15, 15, true, true);
    assertThat(Attributes.of(all.bits())).isEqualTo(all);
    assertThat(new Attributes(1, 0, true, false).candidate()).isTrue();
    assertThat(new Attributes(1, 0, false, false).candidate()).isFalse();
    assertThat(new Attributes(0, 6, true, false).candidate()).isFalse();
  }
}
