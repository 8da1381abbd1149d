/**
 * What every family of devices has in common, seen from outside.
 *
 * <p>{@link dev.plugpull.sim.device.UpdatingDevice} is what an explorer drives, {@link
 * dev.plugpull.sim.device.Observation} is what the contract judges.
 *
 * <p>Fault model: power may fail at every crash point that a boot announces; then only what the volumes' rules keep and
 * what {@link dev.plugpull.sim.device.BootListener.Surviving} names is left.
 */
package dev.plugpull.sim.device;
