/**
 * The recording of everything that reached a disk: its file format, its reader, and what a power cut leaves at any of
 * its positions.
 *
 * <p>{@link dev.plugpull.faultinjection.disk.log.LogWriter} records, {@link
 * dev.plugpull.faultinjection.disk.log.DiskLog} answers. The format is described in {@code docs/disk-log-format.md}.
 *
 * <p><b>Fault model.</b> The recording process may be killed at any moment: the log is then readable up to its last
 * whole frame, and says that it has no end. The file may be truncated or damaged anywhere: checksums find that, and
 * reading stops before it. A full host disk ends a recording with an error and keeps what was recorded. A reader
 * allocates no more than a fixed multiple of the bytes that are really there.
 */
package dev.plugpull.faultinjection.disk.log;
