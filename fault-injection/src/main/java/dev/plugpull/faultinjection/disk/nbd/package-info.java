/**
 * The server side of the NBD protocol (network block device), over Unix sockets.
 *
 * <p>{@link dev.plugpull.faultinjection.disk.nbd.NbdServer} is all there is to use. Spoken: fixed newstyle negotiation
 * with EXPORT_NAME, ABORT, LIST, INFO, GO, STRUCTURED_REPLY, LIST_META_CONTEXT and SET_META_CONTEXT ({@code
 * base:allocation}); READ, WRITE, DISC, FLUSH, TRIM, WRITE_ZEROES, BLOCK_STATUS; FUA, DF, REQ_ONE, NO_HOLE; several
 * exports and connections. Not spoken, and refused as the protocol says: TLS, extended headers, RESIZE, CACHE, fast
 * zero.
 *
 * <p><b>Fault model.</b> A client may send anything, stop anywhere and stay silent. It gets an error answer where the
 * protocol has one and its connection is closed where it has none; other connections go on. One connection holds a
 * bounded amount of memory (about 33 MiB at worst), and their number is bounded. The server's sockets are files of
 * the local user; there is no other way in.
 */
package dev.plugpull.faultinjection.disk.nbd;
