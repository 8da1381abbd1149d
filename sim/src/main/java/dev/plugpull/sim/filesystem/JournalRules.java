package dev.plugpull.sim.filesystem;

/**
 * What a journalled file system promises. Each flag is a row of the property table of the file-system facts.
 *
 * @param dataBeforeSize ordered mode: a size never reaches the journal before its data is on disk
 * @param replaceFlushesData a rename over an existing file takes the data of the new one with it (auto_da_alloc)
 * @param closeFlushesTruncated close after a truncation puts the new data before later metadata
 * @param zeroTail a file cut short may end in zeros up to its full size
 * @param barriers a commit flushes the device; without, a commit is merely issued
 * @param inlineDirectories small directories lie in the inode, so their home block is the inode's
 */
record JournalRules(
    boolean dataBeforeSize,
    boolean replaceFlushesData,
    boolean closeFlushesTruncated,
    boolean zeroTail,
    boolean barriers,
    boolean inlineDirectories) {

  static final JournalRules EXT4 = new JournalRules(true, true, true, false, true, false);
  static final JournalRules XFS = new JournalRules(true, false, true, true, true, true);

  JournalRules withoutDelayedAllocationFlush() {
    return new JournalRules(dataBeforeSize, false, false, zeroTail, barriers, inlineDirectories);
  }

  JournalRules writeback() {
    return new JournalRules(
        false, replaceFlushesData, closeFlushesTruncated, zeroTail, barriers, inlineDirectories);
  }

  /** What the kernel sends first may reach the medium last, so no order between data and journal is left. */
  JournalRules withoutBarriers() {
    return new JournalRules(false, false, false, zeroTail, false, inlineDirectories);
  }
}
