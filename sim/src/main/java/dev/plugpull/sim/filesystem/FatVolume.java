package dev.plugpull.sim.filesystem;

/**
 * What never changes about a FAT volume.
 *
 * @param clusterBytes bytes in a cluster
 * @param clusters clusters for data
 * @param entriesPerSector links in a FAT sector: 128 of FAT32, 256 of FAT16, 341 of FAT12
 * @param rootSlots entries of the root directory of FAT12 and FAT16; 0 for FAT32, where it grows
 * @param bothFats true if FAT 2 is written apart from FAT 1
 * @param barriers a sync flushes the device; without, it is merely issued
 */
record FatVolume(
    Identity identity, int clusterBytes, long clusters, int entriesPerSector, int rootSlots, boolean bothFats,
    boolean barriers) {

  int sectorsPerCluster() {
    return clusterBytes / Sectors.BYTES;
  }

  long clustersOf(long bytes) {
    return (bytes + clusterBytes - 1) / clusterBytes;
  }

  long fatSector(long cluster) {
    return cluster / entriesPerSector;
  }

  int rootSectors() {
    return rootSlots > 0 ? rootSlots / FatDirectory.SLOTS : sectorsPerCluster();
  }
}
