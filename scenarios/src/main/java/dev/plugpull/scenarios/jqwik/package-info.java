/**
 * Arbitraries for jqwik: devices, what is published for them, what strikes them, boot scripts, and stateful chains.
 *
 * <p>{@link dev.plugpull.scenarios.jqwik.Devices} makes profiles and trials, {@link
 * dev.plugpull.scenarios.jqwik.Published} what a store offers, {@link dev.plugpull.scenarios.jqwik.Histories} fault
 * plans that the device can follow, {@link dev.plugpull.scenarios.jqwik.DeviceChain} chains over a running device, and
 * {@link dev.plugpull.scenarios.jqwik.BootScripts} scripts that the loaders can parse. A history that fails is
 * printed with a file that {@code ./plugpull replay} accepts.
 *
 * <p>Fault model: that of the device. What a history does is chosen from what can strike the device at that moment, so
 * a shrunk history can be followed as well as the one it was shrunk from. Random histories find what exists; only a
 * search to the fixpoint shows that nothing does.
 */
package dev.plugpull.scenarios.jqwik;
