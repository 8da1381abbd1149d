package dev.plugpull.sim.filesystem;

import java.util.List;
import java.util.Optional;

/**
 * FAT (vfat, also the EFI system partition): no journal and no order; what a kernel and a boot loader see is the same.
 *
 * <p>Both a rename and a replacement are writes of one or more directory sectors: within one sector they are atomic,
 * over two a cut may leave either name, both or neither.
 */
public final class Fat extends Formatter<Fat> {
  private int bits = 32;
  private int clusterBytes = 4096;
  private int rootSlots = 512;
  private boolean bothFats;
  private boolean barriers = true;

  private Fat(String label) {
    super("vfat", label);
  }

  /** A new FAT32 volume with clusters of 4096 bytes. */
  public static Fat format(String label) {
    return new Fat(label);
  }

  /** 12, 16 or 32. FAT12 and FAT16 have a root directory of fixed size. */
  public Fat bits(int fatBits) {
    if (fatBits != 12 && fatBits != 16 && fatBits != 32) {
      throw new IllegalArgumentException("cannot format FAT" + fatBits + ": 12, 16 or 32 bits");
    }
    bits = fatBits;
    return this;
  }

  /** Bytes in a cluster: a power of two from 512 to 65536. */
  public Fat clusterBytes(int bytes) {
    if (Integer.bitCount(bytes) != 1 || bytes < 512 || bytes > 65536) {
      throw new IllegalArgumentException("cannot format clusters of " + bytes + " bytes: a power of two, 512 to 65536");
    }
    clusterBytes = bytes;
    return this;
  }

  /** Entries of the root directory of FAT12 and FAT16; 512 unless told. */
  public Fat rootSlots(int slots) {
    rootSlots = slots;
    return this;
  }

  /**
   * Whether writes of FAT 2 are told apart from those of FAT 1. Off unless told: the kernel, the loaders and fsck all
   * take FAT 1 while it can be read.
   */
  public Fat bothFats(boolean apart) {
    bothFats = apart;
    return this;
  }

  /** Opt-in fault: the disk acknowledges a flush and does nothing. A sync is issued to it and never flushed. */
  public Fat noBarrier() {
    barriers = false;
    return this;
  }

  /** What fsck.fat does with chains that belong to no file. */
  public enum LostChains {
    /** Frees them: the default answer of fsck.fat when it asks. */
    FREE,
    /** Makes files FSCKnnnn.REC of them: {@code fsck.fat -a} or {@code -p}, as at boot. */
    SALVAGE
  }

  /**
   * A checked volume.
   *
   * @param repairs what was wrong, in words; empty if nothing was
   */
  public record Checked(VolumeState state, List<String> repairs) {}

  /**
   * fsck.fat with automatic answers: FAT 1 counts, a file ends where its chain does, of two files with shared clusters
   * the second is emptied, of two equal names the second is renamed, the dirty flag is cleared. Its own writes count as
   * one: a cut during the check leaves the volume as it was.
   *
   * @throws IllegalArgumentException if this is no FAT volume
   */
  public static Checked fsck(VolumeState state, LostChains policy) {
    if (state instanceof FatState fat) {
      return new FatCheck(fat, policy == LostChains.SALVAGE).run();
    }
    throw new IllegalArgumentException("cannot check the volume: it is no FAT file system");
  }

  /**
   * Something that a cut has left in the FATs and that later writes will hit.
   *
   * @param path file or folder
   * @param what in words
   * @param other the file that it shares clusters with, else empty
   */
  public record LooseEnd(String path, String what, String other) {}

  /**
   * What beside names and contents decides how later writes hit the files of a volume, as long as the allocator has not
   * come round the whole of it.
   *
   * @return empty if a folder has broken or equal names: then every slot and cluster counts
   * @throws IllegalArgumentException if this is no FAT volume
   */
  public static Optional<List<LooseEnd>> looseEnds(VolumeState state) {
    if (state instanceof FatState fat) {
      return new FatLooseEnds(fat).all();
    }
    throw new IllegalArgumentException("cannot look for loose ends: it is no FAT file system");
  }

  /** Whether the volume was mounted when power failed. */
  public static boolean isDirty(VolumeState state) {
    return state instanceof FatState fat && fat.dirty;
  }

  @Override
  Fat self() {
    return this;
  }

  @Override
  public VolumeState state() {
    int perSector = bits == 32 ? 128 : bits == 16 ? 256 : 341;
    long reserved = bits == 32 ? 32L * 512 : 512;
    long root = bits == 32 ? 0 : rootSlots * 32L;
    long room = bytes() - reserved - root;
    long clusters = room / (clusterBytes + 2L * 512 / perSector);
    while (clusters > 0 && 2 * 512 * ((clusters + 2 + perSector - 1) / perSector) + clusters * clusterBytes > room) {
      clusters--;
    }
    FatVolume volume =
        new FatVolume(identity(), clusterBytes, clusters, perSector, bits == 32 ? 0 : rootSlots, bothFats, barriers);
    return FatState.of(volume, tree());
  }
}
