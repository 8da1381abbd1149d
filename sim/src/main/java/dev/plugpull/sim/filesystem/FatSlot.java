package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Hash128;

/** One directory entry of 32 bytes that is in use. A free or deleted one is null. */
sealed interface FatSlot {

  /** Fingerprint of all that stands in the slot. */
  long fingerprint();

  /**
   * A part of a long name; it stands before its short entry.
   *
   * @param owner identity of the name, in place of sequence number and checksum
   * @param ordinal its distance from the short entry, from 1
   */
  record Long(int owner, int ordinal) implements FatSlot {
    @Override
    public long fingerprint() {
      return Hash128.mix(owner * 0xC2B2AE3D27D4EB4FL + ordinal);
    }
  }

  /**
   * The entry itself.
   *
   * @param owner identity that its long-name parts carry
   * @param longName seen while all parts of it stand before the entry; null if the alias says it all
   * @param alias the 8.3 name
   * @param parts number of long-name slots
   * @param directory identity of the directory, -1 for a regular file
   * @param chain identity of the cluster chain, -1 for none
   * @param size in bytes
   * @param names fingerprint of both names
   */
  record Short(
      int owner, String longName, String alias, int parts, int directory, int chain, long size, long names)
      implements FatSlot {
    Short(int owner, String longName, String alias, int parts, int directory, int chain, long size) {
      this(owner, longName, alias, parts, directory, chain, size,
          PathHash.high(longName == null ? alias : longName) * 31 + PathHash.low(alias));
    }

    Short pointing(int newChain, long newSize) {
      return new Short(owner, longName, alias, parts, directory, newChain, newSize, names);
    }

    @Override
    public long fingerprint() {
      long place = Hash128.mix(owner * 0x9E3779B97F4A7C15L + parts) ^ Hash128.mix(directory * 0xD1B54A32D192ED03L + 1);
      return Hash128.mix(names + place + Hash128.mix(chain * 0x9FB21C651E98DF25L ^ size));
    }

    boolean isDirectory() {
      return directory >= 0;
    }
  }
}
