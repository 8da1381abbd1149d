/**
 * The update server that Chrome OS asks: releases by track, rolled out to a fraction of the devices (spec chrome-os
 * 7.4).
 *
 * <p>{@link dev.plugpull.sim.store.omaha.OmahaServer} answers the protocol's requests and serves the payloads; which
 * devices are inside a fraction is drawn by {@link dev.plugpull.sim.store.Phasing}. The answer itself is not signed:
 * what a device may believe of it is the payload's business.
 *
 * <p>Fault model: none of its own. Requests are untrusted.
 */
package dev.plugpull.sim.store.omaha;
