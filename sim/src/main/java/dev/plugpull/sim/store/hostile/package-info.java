/**
 * What can go wrong between a client and its store: on the wire, in the answer, in the world.
 *
 * <p>{@link dev.plugpull.sim.store.hostile.StoreFault} lists everything; {@link
 * dev.plugpull.sim.store.hostile.HostileStore} answers a request under one fault and gives a {@link
 * dev.plugpull.sim.store.hostile.Transmission}, which a simulated client reads in memory and the HTTP server plays to
 * real ones.
 *
 * <p>Fault model: this package is the fault model. The attacker sits on the path and owns mirrors: he can repeat, mix,
 * cut, change and delay everything, and may hold a key that was revoked; he holds no key that is still good. Without a
 * fault, bytes arrive in order and whole.
 */
package dev.plugpull.sim.store.hostile;
