package dev.plugpull.sim.bootloader.uboot;

/** Where a build keeps its environment ({@code bootloaders.md} 2.1). */
public sealed interface EnvironmentStore {

  /** Nowhere: always the default environment, and {@code saveenv} fails. */
  record Nowhere() implements EnvironmentStore {}

  /**
   * Files on FAT or ext4.
   *
   * @param disk number of the disk
   * @param partition number of the partition, or 0: then by {@code label}
   * @param label file-system label or partition name, used when {@code partition} is 0
   * @param path of the environment
   * @param redundantPath of the second copy, empty for a single copy
   */
  record Files(int disk, int partition, String label, String path, String redundantPath) implements EnvironmentStore {}

  /**
   * Raw sectors.
   *
   * @param disk number of the disk
   * @param partition number of the partition, 0 for the whole disk unless {@code label} is given
   * @param label partition name, empty if {@code partition} says which
   * @param offset of the first copy in bytes
   * @param redundantOffset of the second copy in bytes, negative for a single copy
   */
  record Raw(int disk, int partition, String label, long offset, long redundantOffset) implements EnvironmentStore {}

  /** True if there are two copies. */
  default boolean redundant() {
    return switch (this) {
      case Nowhere nowhere -> false;
      case Files files -> !files.redundantPath().isEmpty();
      case Raw raw -> raw.redundantOffset() >= 0;
    };
  }
}
