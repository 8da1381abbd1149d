/**
 * OSTree repositories in archive mode as the real tools read them: objects, refs, summary and signatures (spec ostree 1
 * and 2).
 *
 * <p>{@link dev.plugpull.sim.store.ostree.OstreeRepository} is the server's side: a map from path to bytes, which a web
 * server can serve as it is. {@link dev.plugpull.sim.store.ostree.OstreePull} is the client's side: it fetches one ref,
 * judging summary, commit and every object before it believes them, object by object or by a static delta.
 *
 * <p>Fault model: whatever is fetched is untrusted: cut, flipped, of another commit, older, unsigned, signed by a
 * revoked or expired key. A name that is a digest cannot lie once the digest is checked; a ref and a summary can be
 * old, which only time stamps tell.
 */
package dev.plugpull.sim.store.ostree;
