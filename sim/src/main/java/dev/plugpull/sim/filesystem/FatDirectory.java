package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sectors of one directory, 16 entries each. Immutable; a change copies one sector and the list of sectors.
 *
 * @see FatSlot
 */
final class FatDirectory {
  static final int SLOTS = 16;

  private final FatSlot[][] sectors;
  /** Sectors that the cluster chain reaches; entries behind them are on disk but not seen. */
  private final int linked;
  private List<Visible> visible;
  private Boolean tidy;
  private Hash128 layout;

  /** An entry as a reader sees it. */
  record Visible(String name, FatSlot.Short entry, int slot, long high, long low) {}

  FatDirectory(int sectorCount) {
    this(new FatSlot[sectorCount][SLOTS], sectorCount);
  }

  private FatDirectory(FatSlot[][] sectors, int linked) {
    this.sectors = sectors;
    this.linked = linked;
  }

  int sectorCount() {
    return sectors.length;
  }

  int slotCount() {
    return sectors.length * SLOTS;
  }

  FatSlot slot(int index) {
    return sectors[index / SLOTS][index % SLOTS];
  }

  /** This directory with some slots of one sector changed. */
  FatDirectory with(int sector, int[] slots, FatSlot[] values) {
    FatSlot[][] changed = sectors.length > sector ? sectors.clone() : Arrays.copyOf(sectors, sector + 1);
    for (int i = sectors.length; i <= sector; i++) {
      changed[i] = new FatSlot[SLOTS];
    }
    changed[sector] = changed[sector].clone();
    for (int i = 0; i < slots.length; i++) {
      changed[sector][slots[i] % SLOTS] = values[i];
    }
    return new FatDirectory(changed, linked);
  }

  /** This directory with room for more entries. */
  FatDirectory grown(int sectorCount) {
    FatSlot[][] more = Arrays.copyOf(sectors, Math.max(sectors.length, sectorCount));
    for (int i = sectors.length; i < more.length; i++) {
      more[i] = new FatSlot[SLOTS];
    }
    return new FatDirectory(more, Math.max(linked, sectorCount));
  }

  /** First slot of the lowest run of free ones that is long enough; the slot count if there is none. */
  int freeRun(int length) {
    int run = 0;
    for (int i = 0; i < slotCount(); i++) {
      run = slot(i) == null ? run + 1 : 0;
      if (run == length) {
        return i - length + 1;
      }
    }
    return slotCount() - run;
  }

  /** The entries that a reader sees, in slot order. */
  List<Visible> visible() {
    if (visible == null) {
      List<Visible> found = new ArrayList<>();
      int end = Math.min(linked, sectors.length) * SLOTS;
      for (int i = 0; i < end; i++) {
        if (slot(i) instanceof FatSlot.Short entry) {
          String name = entry.longName() != null && isWhole(entry, i) ? entry.longName() : entry.alias();
          found.add(new Visible(name, entry, i, PathHash.high(name), PathHash.low(name)));
        }
      }
      visible = found;
    }
    return visible;
  }

  private boolean isWhole(FatSlot.Short entry, int at) {
    for (int part = 1; part <= entry.parts(); part++) {
      boolean fits =
          at >= part
              && slot(at - part) instanceof FatSlot.Long piece
              && piece.owner() == entry.owner()
              && piece.ordinal() == part;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  Visible find(String name) {
    Visible alias = null;
    for (Visible entry : visible()) {
      if (entry.name().equalsIgnoreCase(name)) {
        return entry;
      }
      if (alias == null && entry.entry().alias().equalsIgnoreCase(name)) {
        alias = entry;
      }
    }
    return alias;
  }

  boolean hasAlias(String alias) {
    for (int i = 0; i < slotCount(); i++) {
      if (slot(i) instanceof FatSlot.Short entry && entry.alias().equalsIgnoreCase(alias)) {
        return true;
      }
    }
    return false;
  }

  /** No orphaned parts of long names, none missing, no name twice, every sector reached. */
  boolean isTidy() {
    if (tidy == null) {
      tidy = computeTidy();
    }
    return tidy;
  }

  private boolean computeTidy() {
    int parts = 0;
    for (int i = 0; i < slotCount(); i++) {
      parts += slot(i) instanceof FatSlot.Long ? 1 : 0;
    }
    List<Visible> entries = visible();
    for (int i = 0; i < entries.size(); i++) {
      FatSlot.Short entry = entries.get(i).entry();
      if (!isWhole(entry, entries.get(i).slot())) {
        return false;
      }
      parts -= entry.parts();
      for (int other = 0; other < i; other++) {
        if (entries.get(other).name().equalsIgnoreCase(entries.get(i).name())) {
          return false;
        }
      }
    }
    return parts == 0 && linked >= sectors.length;
  }

  /** Fingerprint of every slot at its place. */
  Hash128 layout() {
    if (layout == null) {
      long high = linked * 0x9E3779B97F4A7C15L + sectors.length;
      long low = ~high;
      for (int i = 0; i < slotCount(); i++) {
        FatSlot slot = slot(i);
        if (slot != null) {
          long mark = slot.fingerprint();
          high += Hash128.mix(mark + i);
          low += Hash128.mix(mark * 0x9FB21C651E98DF25L ^ i);
        }
      }
      layout = new Hash128(high, low);
    }
    return layout;
  }
}
