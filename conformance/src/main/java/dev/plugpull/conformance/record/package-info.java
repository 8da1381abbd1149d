/**
 * Record one real update, then crash it everywhere.
 *
 * <p>{@link dev.plugpull.conformance.record.Recorder} lets a real machine update itself on a recorded disk. {@link
 * dev.plugpull.conformance.record.CrashRun} builds the states that a power cut could have left at any position of the
 * recording, boots them, or answers them by the read set of a boot that saw the same bytes.
 *
 * <p><b>Fault model.</b> One power cut at any request of the recording, then any loss, reordering or tearing of what no
 * flush covered. What is claimed is "all crash states of this recording", not of all timings of write-back: another
 * recording has other positions. The emulator and a busy host can fail a boot that a real device would pass; a bad
 * outcome is therefore repeated on the same disk and from the crash state again, and a state whose repetitions
 * disagree is {@code unknown}. A boot that ran out of time never answers another state.
 */
package dev.plugpull.conformance.record;
