package dev.plugpull.sim.filesystem;

/** One directory entry of 32 bytes that is in use. A free or deleted one is null. */
sealed interface FatSlot {

  /**
   * A part of a long name; it stands before its short entry.
   *
   * @param owner identity of the name, in place of sequence number and checksum
   * @param ordinal its distance from the short entry, from 1
   */
  record Long(int owner, int ordinal) implements FatSlot {}

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
   */
  record Short(int owner, String longName, String alias, int parts, int directory, int chain, long size)
      implements FatSlot {
    Short pointing(int newChain, long newSize) {
      return new Short(owner, longName, alias, parts, directory, newChain, newSize);
    }

    boolean isDirectory() {
      return directory >= 0;
    }
  }
}
