package dev.plugpull.sim.filesystem;

/**
 * ext4 in ordered mode with delayed allocation, as measured: metadata operations become durable in journal order, a
 * size
 * never before its data, data written in place in no order at all.
 *
 * <p>{@code Ext4.format("ubuntu-boot").size(750 << 20).bootReadable(true).with(path, content).state()}
 */
public final class Ext4 extends Formatter<Ext4> {
  private JournalRules rules = JournalRules.EXT4;
  private BootReads reads = BootReads.NOTHING;
  private long inodes = -1;
  private long overhead = -1;

  private Ext4(String label) {
    super("ext4", label);
  }

  /** A new volume with default options. */
  public static Ext4 format(String label) {
    return new Ext4(label);
  }

  /**
   * Whether a boot loader reads it. Then home blocks that lag behind the journal are part of its crash states: each
   * block
   * of a directory or of the inode table is as at mount, as at the last commit, or as one of the calls since left
   * it. That
   * it stays at an older commit in between while others go on is not looked at.
   */
  public Ext4 bootReadable(boolean readable) {
    reads = readable ? BootReads.EVERYTHING : BootReads.NOTHING;
    return this;
  }

  /**
   * As {@link #bootReadable(boolean)}, for a boot loader that reads what lies in one folder and nothing else. What it
   * reads elsewhere is read as recovered or as it lags, and states are not told apart by it: whoever runs the loader
   * sees to it that it does not.
   */
  public Ext4 bootReadable(String folder) {
    reads = new BootReads(folder);
    return this;
  }

  /** Mount option {@code noauto_da_alloc}: a rename or close does not force data out. */
  public Ext4 noAutoDaAlloc() {
    rules = rules.withoutDelayedAllocationFlush();
    return this;
  }

  /**
   * Mount option {@code data=writeback}: a size may reach the journal before its data, and no commit waits for data,
   * not that of a replacing rename either. Bytes come block by block.
   */
  public Ext4 dataWriteback() {
    rules = rules.writeback();
    return this;
  }

  /**
   * Opt-in fault: mount option {@code nobarrier}, or a disk that ignores flushes. A commit is issued to the device and
   * never flushed. The journal's own checksums keep its transactions in order; nothing keeps data before them.
   */
  public Ext4 noBarrier() {
    rules = rules.withoutBarriers();
    return this;
  }

  /** Number of usable inodes; one for each 16 KiB unless told. */
  public Ext4 inodes(long count) {
    inodes = count;
    return this;
  }

  /**
   * Blocks of 4096 bytes that metadata, journal and reservation take; estimated as mke2fs lays them out unless
   * told.
   */
  public Ext4 overheadBlocks(long blocks) {
    overhead = blocks;
    return this;
  }

  @Override
  Ext4 self() {
    return this;
  }

  @Override
  public VolumeState state() {
    long total = bytes() / JournalVolume.BLOCK_BYTES;
    long inodeCount = inodes >= 0 ? inodes : Math.max(16, bytes() / 16384);
    long taken = overhead >= 0 ? overhead : overhead(total, inodeCount);
    JournalVolume volume =
        new JournalVolume(identity(), rules, Math.max(0, total - taken), inodeCount, reads);
    return JournalState.of(volume, tree());
  }

  /** Inode tables, bitmaps and the journal; programs that run as root may use the reserved blocks. */
  private static long overhead(long total, long inodes) {
    long groups = (total + 32767) / 32768;
    long tables = inodes / JournalVolume.INODES_PER_BLOCK;
    long journal = total < 32768 ? 1024 : total < 262144 ? 4096 : total < 524288 ? 8192 : 16384;
    return Math.min(total, groups * 3 + tables + journal + 64);
  }
}
