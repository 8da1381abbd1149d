/**
 * The disk of a real machine as a test instrument: it records all that reaches it, breaks on command, and can be set to
 * any state that a power cut would have left.
 *
 * <p>{@link dev.plugpull.faultinjection.disk.FaultDisk} is the disk, {@link
 * dev.plugpull.faultinjection.disk.nbd.NbdServer} hands it to a machine.
 *
 * <p><b>Fault model.</b> A disk keeps completed writes in a volatile cache; a flush makes durable what was completed
 * when it was issued, a write with FUA only itself. On command it fails ranges with EIO, ends early, is slow, ignores
 * flushes, or loses power. It does not return wrong data, and a unit of its atomic size is all old or all new. What
 * comes from the client is hostile: nothing it sends may reach beyond the export, stop the server, or make it
 * allocate without bound.
 */
package dev.plugpull.faultinjection.disk;
