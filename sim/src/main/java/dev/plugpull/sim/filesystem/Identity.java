package dev.plugpull.sim.filesystem;

/**
 * How a volume is found: label and UUID of the file system, place and name of the partition.
 *
 * @param disk number of the disk, from 0
 * @param partition number of the partition, from 1; 0 for a whole disk
 */
record Identity(String type, String label, String uuid, String partitionName, int disk, int partition) {

  Identity withUuid(String newUuid) {
    return new Identity(type, label, newUuid, partitionName, disk, partition);
  }

  Identity at(int newDisk, int newPartition) {
    return new Identity(type, label, uuid, partitionName, newDisk, newPartition);
  }

  Identity named(String newPartitionName) {
    return new Identity(type, label, uuid, newPartitionName, disk, partition);
  }
}
