/**
 * The HTTP face of stores, for real clients on this machine: the same answers and the same faults as in memory.
 *
 * <p>{@link dev.plugpull.conformance.http.StoreServer} serves a {@link dev.plugpull.sim.store.StoreFace} through Netty;
 * {@link dev.plugpull.conformance.http.FaultWindow} says which requests a fault strikes.
 *
 * <p>Fault model: whoever connects is hostile. Heads, bodies and connections are bounded ({@link
 * dev.plugpull.conformance.http.Limits}), a head must be whole in time, and a full house sends away who waited longest
 * without asking. It listens on the loopback interface only unless told otherwise. What it does not defend against:
 * somebody with more processor time than it has.
 */
package dev.plugpull.conformance.http;
